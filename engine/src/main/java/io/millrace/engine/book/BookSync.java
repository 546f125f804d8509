package io.millrace.engine.book;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps one book after the other in step with the venue: the state machine of an instrument, from the first diff over the
 * snapshot to the live book, and back whenever something does not fit. The rules are those of USDⓈ-M futures:
 *
 * <ol>
 *   <li>diffs are buffered from when the instrument's turn has come, and a snapshot is asked for;
 *   <li>diffs with u &lt; lastUpdateId are dropped; the first one applied has U &lt;= lastUpdateId &lt;= u;
 *   <li>if the oldest one kept begins behind the snapshot, that is too old and another one is fetched;
 *   <li>from then on each diff's pu is the u of the one before; one that was seen already is dropped.
 * </ol>
 */
final class BookSync {
    private final BookSettings settings;
    private final Moment moment;
    private final DiffBuffers buffers;
    private final SnapshotScheduler scheduler;
    private final PagePool pages = new PagePool();

    BookSync(BookSettings settings, Moment moment, DiffBuffers buffers, SnapshotScheduler scheduler) {
        this.settings = settings;
        this.moment = moment;
        this.buffers = buffers;
        this.scheduler = scheduler;
    }

    /** Returns the pool of all books' pages. */
    PagePool pages() {
        return pages;
    }

    /** A diff, or a chunk of one. */
    void onDiff(BookInstrument in) {
        UnsafeBuffer event = moment.event();
        SyncState sync = in.sync;
        int flags = moment.flags();
        long updateId = DepthMessage.lastUpdateId(event, 0);
        if (EventFlags.isFirst(flags)) {
            abandonUpdate(in);
            sync.mode = modeOfDiff(in, event, updateId);
            sync.updateId = updateId;
        } else if (!isContinued(in, updateId)) {
            return;
        }
        if (sync.mode == SyncState.APPLYING) {
            if (!DepthMessage.applyLevels(in.book, event, 0, moment.length)) {
                refuseLevel(in);
            } else {
                moment.isInBook = true;
                if (EventFlags.isLast(flags)) {
                    finishDiff(in, updateId);
                }
            }
        } else if (sync.mode == SyncState.BUFFERING) {
            keep(in, EventFlags.isFirst(flags));
        }
        if (EventFlags.isLast(flags)) {
            sync.mode = SyncState.IDLE;
        }
    }

    /** A snapshot, or a chunk of one. */
    void onSnapshot(BookInstrument in) {
        UnsafeBuffer event = moment.event();
        SyncState sync = in.sync;
        int flags = moment.flags();
        long updateId = DepthMessage.snapshotUpdateId(event, 0);
        if (EventFlags.isFirst(flags)) {
            abandonUpdate(in);
            sync.mode = modeOfSnapshot(in, updateId);
            sync.updateId = updateId;
        } else if (!isContinued(in, updateId)) {
            return;
        }
        if (sync.mode == SyncState.LOADING) {
            if (!DepthMessage.applyLevels(in.book, event, 0, moment.length)) {
                refuseLevel(in);
            } else {
                moment.isInBook = true;
            }
        }
        if (EventFlags.isLast(flags)) {
            int mode = sync.mode;
            sync.mode = SyncState.IDLE;
            if (mode == SyncState.LOADING) {
                finishSnapshot(in, updateId);
            } else if (mode == SyncState.REFUSING) {
                scheduler.fail(in, 0);
            }
        }
    }

    /**
     * The book cannot be trusted any more: it is emptied at once and starts again. An instrument that has no book yet forgets
     * the diffs it has kept.
     */
    void desync(BookInstrument in) {
        SyncState sync = in.sync;
        in.buffer.clear();
        if (sync.mode != SyncState.IDLE) {
            sync.mode = SyncState.DROPPING;
        }
        boolean wasLive = in.isChained();
        if (!wasLive && sync.state != SyncState.SYNCING) {
            return;
        }
        in.tally.resyncs++;
        boolean wasStable = false;
        if (wasLive) {
            sync.floorUpdateId = Math.max(sync.floorUpdateId, sync.bookUpdateId);
            wasStable = moment.nowNs - sync.liveSinceNs >= settings.snapshots().stableNs();
        }
        // The first time at once, then after a pause that grows as long as the book does not stay live.
        sync.notBeforeNs = moment.nowNs + (wasStable ? 0 : settings.snapshots().delayNs(sync.attempt));
        sync.attempt = wasStable ? 0 : sync.attempt + 1;
        sync.waitingSinceNs = moment.nowNs;
        sync.needsSnapshot = true;
        emptyBook(in);
        sync.state = sync.stateOfWaiting();
        scheduler.kick();
        in.isViewDue = true;
    }

    /** The depth stream is gone: the book goes with it, and no turn comes before the stream is back. */
    void loseDepth(BookInstrument in) {
        desync(in);
        in.sync.isDepthSeen = false;
        in.isViewDue = true;
    }

    /** Depth was subscribed for an instrument whose definition does not name it; the touch stays as it is. */
    void beginDepth(BookInstrument in) {
        SyncState sync = in.sync;
        if (in.check == null) {
            in.check = new TickerCheck();
        }
        sync.state = SyncState.QUEUED;
        sync.needsSnapshot = true;
        sync.isDepthSeen = false;
        sync.attempt = 0;
        sync.notBeforeNs = 0;
        sync.waitingSinceNs = moment.nowNs;
        scheduler.kick();
        in.isViewDue = true;
    }

    /** Depth that the definition does not name has gone: nobody waits for it. */
    void endDepth(BookInstrument in) {
        SyncState sync = in.sync;
        scheduler.release(in);
        emptyBook(in);
        in.check.clear();
        sync.state = SyncState.NONE;
        sync.needsSnapshot = false;
        sync.wasLive = false;
        in.isViewDue = true;
    }

    /** An update whose end never came is given up. */
    void abandonUpdate(BookInstrument in) {
        SyncState sync = in.sync;
        if (sync.mode == SyncState.IDLE) {
            return;
        }
        in.tally.errors++;
        int mode = sync.mode;
        sync.mode = SyncState.IDLE;
        if (mode == SyncState.APPLYING) {
            desync(in);
        } else if (mode == SyncState.BUFFERING) {
            in.buffer.clear();
        } else if (mode == SyncState.LOADING) {
            abandonSnapshot(in);
        } else if (mode == SyncState.REFUSING) {
            scheduler.fail(in, 0);
        }
    }

    /** Returns to where an instrument begins whose depth is subscribed, keeping what its definition says. */
    void reset(BookInstrument in, int state) {
        SyncState sync = in.sync;
        scheduler.release(in);
        in.buffer.clear();
        emptyBook(in);
        if (in.check != null) {
            in.check.clear();
        } else if (in.hasDepth()) {
            in.check = new TickerCheck();
        }
        sync.mode = SyncState.IDLE;
        sync.updateId = 0;
        sync.bufferedUpdateId = 0;
        sync.state = in.hasDepth() ? state : SyncState.NONE;
        sync.needsSnapshot = in.hasDepth();
        sync.wasLive = state == SyncState.STALE;
        sync.isDepthSeen = false;
        sync.staleStreams = 0;
        sync.attempt = 0;
        sync.resubscribeAttempt = 0;
        sync.resubscribeAtNs = 0;
        sync.answerDueNs = 0;
        sync.notBeforeNs = 0;
        sync.liveSinceNs = 0;
        sync.waitingSinceNs = moment.nowNs;
        sync.forgetTicker();
        sync.floorUpdateId = 0;
        for (int stream = 0; stream < Streams.COUNT; stream++) {
            sync.lastSeenNs[stream] = moment.nowNs;
        }
        scheduler.kick();
        in.isImageOld = true;
        in.isViewDue = true;
    }

    /** Counts a comparison of depth with a ticker, and starts again where they differ. */
    void onCompared(BookInstrument in, int result, boolean isTickerFirst) {
        if (result == TickerCheck.NOTHING) {
            return;
        }
        if (result == TickerCheck.MATCH) {
            if (isTickerFirst) {
                in.tally.tickerFirstMatched++;
            } else {
                in.tally.diffFirstMatched++;
            }
            return;
        }
        in.tally.tickersMismatched++;
        if (settings.isResyncOnTickerMismatch() && in.isChained()) {
            desync(in);
        }
    }

    /** Gives an instrument a book when it first needs one. */
    void equip(BookInstrument in) {
        if (in.book == null) {
            in.book = new OrderBook(pages, settings.maxLevelsPerSide());
        }
    }

    private int modeOfDiff(BookInstrument in, UnsafeBuffer event, long updateId) {
        SyncState sync = in.sync;
        if (sync.state == SyncState.NONE || !isOnGrid(in)) {
            return SyncState.DROPPING;
        }
        if (in.isChained()) {
            if (updateId <= sync.bookUpdateId) {
                in.tally.diffsDropped++;
                return SyncState.DROPPING;
            }
            if (DepthMessage.prevUpdateId(event, 0) == sync.bookUpdateId) {
                return SyncState.APPLYING;
            }
            in.tally.gaps++;
            desync(in);
        } else if (sync.state == SyncState.SYNCING) {
            if (updateId < sync.snapshotUpdateId) {
                in.tally.diffsDropped++;
                return SyncState.DROPPING;
            }
            if (isBridge(event, 0, sync.snapshotUpdateId)) {
                return SyncState.APPLYING;
            }
            in.tally.snapshotsTooOld++;
            emptyBook(in);
            sync.state = SyncState.WAIT_SNAPSHOT;
            scheduler.retry(in, 0);
            in.isViewDue = true;
        }
        if (!sync.isDepthSeen) {
            sync.isDepthSeen = true;
            scheduler.kick();
        }
        if (sync.state != SyncState.WAIT_SNAPSHOT) {
            scheduler.pump();
        }
        return sync.state == SyncState.WAIT_SNAPSHOT ? modeOfKeeping(in, event, updateId) : SyncState.DROPPING;
    }

    private int modeOfKeeping(BookInstrument in, UnsafeBuffer event, long updateId) {
        SyncState sync = in.sync;
        if (in.buffer.messages() > 0) {
            if (updateId <= sync.bufferedUpdateId) {
                in.tally.diffsDropped++;
                return SyncState.DROPPING;
            }
            if (DepthMessage.prevUpdateId(event, 0) != sync.bufferedUpdateId) {
                in.tally.gaps++;
                in.buffer.clear();
            }
        }
        sync.bufferedUpdateId = updateId;
        return SyncState.BUFFERING;
    }

    private int modeOfSnapshot(BookInstrument in, long updateId) {
        SyncState sync = in.sync;
        long commandId = DepthMessage.commandId(moment.event(), 0);
        boolean isAnswer = sync.commandId != SyncState.NO_COMMAND && commandId == sync.commandId;
        int unwanted = isAnswer ? SyncState.REFUSING : SyncState.DROPPING;
        if (!in.hasDepth() || !isOnGrid(in)) {
            return unwanted;
        }
        boolean isOlder = sync.state == SyncState.SYNCING && updateId <= sync.snapshotUpdateId;
        if (in.isChained() || isOlder) {
            in.tally.snapshotsIgnored++;
            if (isAnswer) {
                scheduler.release(in);
            }
            return SyncState.DROPPING;
        }
        if (isTooOld(in, updateId)) {
            in.tally.snapshotsTooOld++;
            return unwanted;
        }
        equip(in);
        emptyBook(in);
        return SyncState.LOADING;
    }

    private void finishSnapshot(BookInstrument in, long updateId) {
        SyncState sync = in.sync;
        in.tally.snapshotsApplied++;
        scheduler.release(in);
        sync.snapshotUpdateId = updateId;
        sync.needsSnapshot = false;
        sync.state = SyncState.SYNCING;
        in.isViewDue = true;
        if (in.book.isCrossed()) {
            in.tally.crossed++;
            desync(in);
            return;
        }
        replayBuffer(in);
    }

    private void replayBuffer(BookInstrument in) {
        SyncState sync = in.sync;
        UnsafeBuffer kept = buffers.buffer();
        boolean isSkipping = false;
        in.buffer.rewind();
        while (in.buffer.advance()) {
            int at = in.buffer.offset();
            int flags = EventHeader.flags(kept, at);
            long updateId = DepthMessage.lastUpdateId(kept, at);
            if (EventFlags.isFirst(flags)) {
                isSkipping = sync.state == SyncState.SYNCING && updateId < sync.snapshotUpdateId;
                in.tally.diffsDropped += isSkipping ? 1 : 0;
            }
            if (isSkipping) {
                continue;
            }
            if (!DepthMessage.applyLevels(in.book, kept, at, in.buffer.length())) {
                refuseLevel(in);
                return;
            }
            if (EventFlags.isLast(flags)) {
                finishDiff(in, updateId);
                if (sync.state != SyncState.LIVE) {
                    return;
                }
            }
        }
        in.buffer.clear();
    }

    private void finishDiff(BookInstrument in, long updateId) {
        SyncState sync = in.sync;
        OrderBook book = in.book;
        sync.bookUpdateId = updateId;
        in.tally.diffsApplied++;
        in.isViewDue = true;
        if (book.isCrossed()) {
            in.tally.crossed++;
            desync(in);
            return;
        }
        if (sync.state != SyncState.LIVE) {
            if (sync.state == SyncState.SYNCING) {
                sync.liveSinceNs = moment.nowNs;
            }
            sync.state = SyncState.LIVE;
            sync.wasLive = true;
            in.isImageOld = true;
        }
        if (sync.tickerUpdateId > updateId) {
            book.cover(sync.bidTicks, sync.bidLots, sync.askTicks, sync.askLots);
        } else if (book.isCovered()) {
            book.uncover();
            in.isImageOld = true;
        }
        BookSide bids = book.bids();
        BookSide asks = book.asks();
        long touch = Mix.touch(bids.bestTicks(), bids.bestLots(), asks.bestTicks(), asks.bestLots());
        onCompared(in, in.check.onApplied(updateId, touch), true);
    }

    /** Keeps the event in the instrument's buffer. */
    private void keep(BookInstrument in, boolean isFirst) {
        int result = in.buffer.append(moment.event(), 0, moment.length);
        if (result == DiffBuffers.OK) {
            in.tally.diffsBuffered += isFirst ? 1 : 0;
            return;
        }
        in.tally.bufferOverflows++;
        in.buffer.clear();
        SyncState sync = in.sync;
        if (result == DiffBuffers.EXHAUSTED && sync.commandId == SyncState.NO_COMMAND) {
            // Others need the room: the turn is given back until a request can be sent.
            sync.state = sync.stateOfWaiting();
            in.isViewDue = true;
            sync.mode = SyncState.DROPPING;
        } else if (!isFirst || in.buffer.append(moment.event(), 0, moment.length) != DiffBuffers.OK) {
            sync.mode = SyncState.DROPPING;
        }
    }

    private boolean isContinued(BookInstrument in, long updateId) {
        if (in.sync.mode == SyncState.IDLE) {
            in.tally.errors++;
            return false;
        }
        if (in.sync.updateId != updateId) {
            abandonUpdate(in);
            return false;
        }
        return true;
    }

    private void abandonSnapshot(BookInstrument in) {
        emptyBook(in);
        if (in.sync.commandId == SyncState.NO_COMMAND) {
            in.sync.state = in.sync.stateOfWaiting();
            scheduler.retry(in, 0);
        } else {
            scheduler.fail(in, 0);
        }
        in.isViewDue = true;
    }

    private void refuseLevel(BookInstrument in) {
        in.tally.errors++;
        if (in.sync.mode == SyncState.LOADING) {
            abandonSnapshot(in);
            in.sync.mode = SyncState.DROPPING;
        } else {
            desync(in);
        }
    }

    private boolean isTooOld(BookInstrument in, long snapshotUpdateId) {
        UnsafeBuffer kept = buffers.buffer();
        in.buffer.rewind();
        while (in.buffer.advance()) {
            int at = in.buffer.offset();
            if (EventFlags.isFirst(EventHeader.flags(kept, at))
                    && DepthMessage.lastUpdateId(kept, at) >= snapshotUpdateId) {
                return !isBridge(kept, at, snapshotUpdateId);
            }
        }
        return false;
    }

    /** Returns whether a diff that ends at or behind a snapshot fits on it without a hole. */
    private boolean isBridge(UnsafeBuffer diff, int at, long snapshotUpdateId) {
        if (DepthMessage.firstUpdateId(diff, at) <= snapshotUpdateId) {
            return true;
        }
        return settings.snapshots().isBridgedByPrevious() && DepthMessage.prevUpdateId(diff, at) <= snapshotUpdateId;
    }

    private boolean isOnGrid(BookInstrument in) {
        if (moment.gridVersion() == in.gridVersion) {
            return true;
        }
        in.tally.errors++;
        return false;
    }

    private static void emptyBook(BookInstrument in) {
        if (in.book != null) {
            in.book.clear();
            in.check.forgetApplied();
        }
        in.sync.bookUpdateId = 0;
        in.sync.snapshotUpdateId = 0;
        in.isImageOld = true;
    }
}
