package io.millrace.engine.book;

import io.millrace.codecs.value.Streams;
import io.millrace.engine.memory.RawWords;

/** Everything the stage has of one instrument. */
final class BookInstrument {
    final int id;
    final SyncState sync = new SyncState();
    final Tally tally = new Tally();
    final DiffBuffers.Chain buffer;
    /** The last view up to its changes, as words in memory order. */
    final long[] image = new long[MarketView.CHANGES_OFFSET / Long.BYTES];
    /** Key of the worst level that the image knows, by side: a change behind it leaves the image as it is. */
    long bidHorizonKey = Long.MAX_VALUE;

    long askHorizonKey = Long.MAX_VALUE;
    String symbol = "";
    int gridVersion;
    /** Value of one lot at a price of one tick, in quote units. */
    double tickLotValue;

    int priority;
    /** Streams that the definition names; others may be subscribed beside them. */
    int definedStreams;
    /** Whether a view is due at the end of the event. */
    boolean isViewDue;
    /** Whether both sides of the image have to be made anew. */
    boolean isImageOld = true;

    boolean isDirty;
    long contribution;
    long savedAtSequence = -1;
    /** Made with the first snapshot. */
    OrderBook book;
    /** Made when the instrument first has depth. */
    TickerCheck check;

    BookInstrument(int id, DiffBuffers buffers) {
        this.id = id;
        this.buffer = buffers.new Chain();
        image[0] = RawWords.pair(id, 0);
    }

    /**
     * Returns how many whole lots a value is, 1 at least.
     *
     * @param notionalE8 value in quote units, 1e-8.
     * @param midHalfTicks twice the price in ticks, above 0.
     */
    long lotsWorth(long notionalE8, long midHalfTicks) {
        double lotE8 = tickLotValue * midHalfTicks * 0.5e8;
        return lotE8 > 0 ? Math.max(1, (long) Math.min(0x1p62, notionalE8 / lotE8)) : 1;
    }

    /** Returns whether depth is due to come: by the definition, or because it was subscribed beside that. */
    boolean hasDepth() {
        return ((definedStreams | sync.subscribed) & Streams.bit(Streams.DEPTH)) != 0;
    }

    boolean isLive() {
        return sync.state == SyncState.LIVE;
    }

    /** Returns whether the levels are those of {@code bookUpdateId}, even if the stream has fallen silent since. */
    boolean isChained() {
        return sync.state == SyncState.LIVE || (sync.state == SyncState.STALE && !sync.needsSnapshot);
    }

    /** Returns the hash of everything that later behaviour depends on. */
    long stateHash() {
        long hash = Mix.fold(sync.hash(), ((long) gridVersion << 32) | priority);
        hash = Mix.fold(hash, definedStreams);
        hash = Mix.fold(hash, book == null ? 0 : book.hash());
        hash = Mix.fold(hash, hasDepth() ? check.hash() : 0);
        hash = Mix.fold(hash, buffer.messages() == 0 ? 0 : buffer.hash());
        return Mix.of(Mix.fold(hash, id + 1L));
    }

    /** Counts for reports; nothing depends on them, so they are in no hash. */
    static final class Tally {
        long diffsApplied;
        long diffsDropped;
        long diffsBuffered;
        long snapshotsApplied;
        long snapshotsIgnored;
        long snapshotsTooOld;
        long snapshotsFailed;
        long bufferOverflows;
        long gaps;
        long crossed;
        long resyncs;
        long errors;
        long silences;
        long tickers;
        long tickersIgnored;
        long tickerFirstMatched;
        long diffFirstMatched;
        long tickersMismatched;
    }
}
