package io.millrace.engine.book;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.value.Streams;

/**
 * What the stage remembers of an instrument beside the levels of its book: plain numbers, so that they can be saved, put back
 * and hashed. Times in nanoseconds of engine time, 0 for none.
 */
final class SyncState {
    /** Values of {@link BookState} as plain numbers. */
    static final int NONE = BookState.NONE.value();
    /** Never synced, waits for its turn. */
    static final int QUEUED = BookState.QUEUED.value();
    /** Its turn has come: diffs are buffered, a snapshot is asked for. */
    static final int WAIT_SNAPSHOT = BookState.WAIT_SNAPSHOT.value();
    /** Holds a snapshot and waits for the first diff that fits on it. */
    static final int SYNCING = BookState.SYNCING.value();
    /** Right, as far as anybody can know. */
    static final int LIVE = BookState.LIVE.value();
    /** Was live; not to be used. */
    static final int STALE = BookState.STALE.value();

    /** No update is half done. */
    static final int IDLE = 0;
    /** Chunks of a diff go into the book. */
    static final int APPLYING = 1;
    /** Chunks of a diff go into the buffer. */
    static final int BUFFERING = 2;
    /** Chunks of a snapshot go into the book. */
    static final int LOADING = 3;
    /** Chunks of an update that is not wanted. */
    static final int DROPPING = 4;
    /** Chunks of a snapshot that answers our command and cannot be used. */
    static final int REFUSING = 5;

    /** Value of {@link #commandId} while no snapshot is asked for. */
    static final long NO_COMMAND = -1;

    int state;
    int mode;
    int subscribed;
    int staleStreams;
    int attempt;
    int resubscribeAttempt;
    boolean isDefined;
    boolean needsSnapshot;
    boolean isDepthSeen;
    boolean wasLive;
    long updateId;
    long bookUpdateId;
    long snapshotUpdateId;
    long bufferedUpdateId;
    long commandId = NO_COMMAND;
    long answerDueNs;
    long notBeforeNs;
    long waitingSinceNs;
    long liveSinceNs;
    long resubscribeAtNs;
    long floorUpdateId;
    /** Update id of the touch at which depth was last measured. */
    long measuredUpdateId;

    long tickerUpdateId;
    long bidTicks;
    long bidLots;
    long askTicks;
    long askLots;
    final long[] lastSeenNs = new long[Streams.COUNT];

    /** Forgets the last ticker. */
    void forgetTicker() {
        tickerUpdateId = 0;
        bidTicks = 0;
        bidLots = 0;
        askTicks = 0;
        askLots = 0;
    }

    /** Returns the state of a book that has to wait for its snapshot. */
    int stateOfWaiting() {
        if (commandId != NO_COMMAND) {
            return WAIT_SNAPSHOT;
        }
        return wasLive ? STALE : QUEUED;
    }

    /** Takes over all numbers of another one. */
    void copyFrom(SyncState other) {
        state = other.state;
        mode = other.mode;
        subscribed = other.subscribed;
        staleStreams = other.staleStreams;
        attempt = other.attempt;
        resubscribeAttempt = other.resubscribeAttempt;
        isDefined = other.isDefined;
        needsSnapshot = other.needsSnapshot;
        isDepthSeen = other.isDepthSeen;
        wasLive = other.wasLive;
        updateId = other.updateId;
        bookUpdateId = other.bookUpdateId;
        snapshotUpdateId = other.snapshotUpdateId;
        bufferedUpdateId = other.bufferedUpdateId;
        commandId = other.commandId;
        answerDueNs = other.answerDueNs;
        notBeforeNs = other.notBeforeNs;
        waitingSinceNs = other.waitingSinceNs;
        liveSinceNs = other.liveSinceNs;
        resubscribeAtNs = other.resubscribeAtNs;
        floorUpdateId = other.floorUpdateId;
        measuredUpdateId = other.measuredUpdateId;
        tickerUpdateId = other.tickerUpdateId;
        bidTicks = other.bidTicks;
        bidLots = other.bidLots;
        askTicks = other.askTicks;
        askLots = other.askLots;
        System.arraycopy(other.lastSeenNs, 0, lastSeenNs, 0, lastSeenNs.length);
    }

    /** Returns the hash of all numbers. */
    long hash() {
        long hash = Mix.fold(state, mode);
        hash = Mix.fold(hash, subscribed);
        hash = Mix.fold(hash, staleStreams);
        hash = Mix.fold(hash, attempt);
        hash = Mix.fold(hash, resubscribeAttempt);
        hash = Mix.fold(
                hash, (isDefined ? 1 : 0) | (needsSnapshot ? 2 : 0) | (isDepthSeen ? 4 : 0) | (wasLive ? 8 : 0));
        hash = Mix.fold(hash, updateId);
        hash = Mix.fold(hash, bookUpdateId);
        hash = Mix.fold(hash, snapshotUpdateId);
        hash = Mix.fold(hash, bufferedUpdateId);
        hash = Mix.fold(hash, commandId);
        hash = Mix.fold(hash, answerDueNs);
        hash = Mix.fold(hash, notBeforeNs);
        hash = Mix.fold(hash, waitingSinceNs);
        hash = Mix.fold(hash, liveSinceNs);
        hash = Mix.fold(hash, resubscribeAtNs);
        hash = Mix.fold(hash, floorUpdateId);
        hash = Mix.fold(hash, measuredUpdateId);
        hash = Mix.fold(hash, tickerUpdateId);
        hash = Mix.fold(hash, bidTicks);
        hash = Mix.fold(hash, bidLots);
        hash = Mix.fold(hash, askTicks);
        hash = Mix.fold(hash, askLots);
        for (long seenNs : lastSeenNs) {
            hash = Mix.fold(hash, seenNs);
        }
        return Mix.of(hash);
    }
}
