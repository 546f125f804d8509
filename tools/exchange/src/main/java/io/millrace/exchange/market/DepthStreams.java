package io.millrace.exchange.market;

import io.millrace.exchange.venue.LadderBook;

/**
 * The book streams of one symbol: diffs at four speeds, the best levels at three, and the diffs that hold retail orders too.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class DepthStreams {
    /** Diff streams; the chain of each one's ids is also that of the partial streams at its speed. */
    private static final StreamKind[] DIFFS = {
        StreamKind.DEPTH_0MS,
        StreamKind.DEPTH_100MS,
        StreamKind.DEPTH_250MS,
        StreamKind.DEPTH_500MS,
        StreamKind.RPI_DEPTH
    };

    private static final StreamKind[][] PARTIALS = {
        {},
        {StreamKind.PARTIAL_5_100MS, StreamKind.PARTIAL_10_100MS, StreamKind.PARTIAL_20_100MS},
        {StreamKind.PARTIAL_5_250MS, StreamKind.PARTIAL_10_250MS, StreamKind.PARTIAL_20_250MS},
        {StreamKind.PARTIAL_5_500MS, StreamKind.PARTIAL_10_500MS, StreamKind.PARTIAL_20_500MS},
        {}
    };
    private static final int[] PARTIAL_LEVELS = {5, 10, 20};

    private final int symbol;
    private final LadderBook book;
    private final JsonWriter out;
    private final PayloadWriter writer;
    private final DepthChain[] chains = new DepthChain[DIFFS.length];

    DepthStreams(int symbol, LadderBook book, JsonWriter out, PayloadWriter writer) {
        this.symbol = symbol;
        this.book = book;
        this.out = out;
        this.writer = writer;
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new DepthChain(book.lastUpdateId());
        }
    }

    void begin(FrameSink sink) {
        for (int i = 0; i < chains.length; i++) {
            chains[i].track(sink.isWanted(symbol, DIFFS[i]));
        }
    }

    void onChange(boolean isBid, long tick, long updateId) {
        for (DepthChain chain : chains) {
            chain.onChange(isBid, tick, updateId);
        }
    }

    /** Publishes what is not batched. */
    void end(long timeMs, FrameSink sink) {
        if (chains[0].isPending()) {
            flush(0, timeMs, sink);
        }
    }

    void onTimer(long count, long nowMs, FrameSink sink) {
        for (int i = 1; i < chains.length; i++) {
            if (count % DIFFS[i].periodUnits() == 0 && chains[i].isPending()) {
                flush(i, nowMs, sink);
            }
        }
    }

    /** Publishes what the batched streams have gathered. */
    void flush(long nowMs, FrameSink sink) {
        for (int i = 1; i < chains.length; i++) {
            if (chains[i].isPending()) {
                flush(i, nowMs, sink);
            }
        }
    }

    private void flush(int index, long eventMs, FrameSink sink) {
        DepthChain chain = chains[index];
        StreamKind kind = DIFFS[index];
        if (chain.isComplete() && sink.isWanted(symbol, kind)) {
            out.clear();
            writer.depth(chain, book, eventMs, kind == StreamKind.RPI_DEPTH);
            sink.onFrame(symbol, kind, out.bytes(), out.length());
        }
        for (int i = 0; i < PARTIALS[index].length; i++) {
            StreamKind partial = PARTIALS[index][i];
            if (sink.isWanted(symbol, partial)) {
                out.clear();
                writer.partialDepth(chain, book, eventMs, PARTIAL_LEVELS[i]);
                sink.onFrame(symbol, partial, out.bytes(), out.length());
            }
        }
        chain.next(book.lastUpdateId());
    }
}
