package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.OrderBook;

/** Decoder, slots and book stage on one thread: what a market message costs before anybody looks at it. */
final class MarketPath {
    private final CaptureFrames frames;
    private final MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
    private final StagedBook staged = new StagedBook();
    private final ReferenceEvents reference;
    private long ingressNs;

    MarketPath(CaptureFrames frames) {
        this.frames = frames;
        this.reference = new ReferenceEvents(frames);
        staged.apply(reference.definition(), 0, reference.definition().capacity());
    }

    long decodeAll() {
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += decoder.decode(frames.buffer(), frames.offset(i), frames.length(i), 1, i);
        }
        return sum;
    }

    long decodeAndBookAll() {
        start();
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += take(i);
        }
        return sum;
    }

    /** Begins a pass. */
    void start() {
        staged.apply(reference.runStarted(), 0, reference.runStarted().capacity());
        staged.apply(reference.subscribed(), 0, reference.subscribed().capacity());
    }

    /** Takes one frame, and before it the snapshot if that came first. */
    int take(int i) {
        if (i == reference.snapshotBeforeFrame()) {
            staged.apply(reference.snapshot(), 0, reference.snapshot().capacity());
        }
        int length = decoder.decode(
                frames.buffer(), frames.offset(i), frames.length(i), 1, ingressNs += Instruments.MESSAGE_NS);
        if (length > 0) {
            staged.apply(decoder.encoded(), 0, length);
        }
        return Math.max(0, length);
    }

    /** Returns the hash of the book stage's whole state. */
    long stateHash() {
        return staged.stateHash();
    }

    /** Returns the depth after the last pass. */
    OrderBook book() {
        return staged.book();
    }

    /** Returns the report of the book after the last pass. */
    BookReport report() {
        return staged.report();
    }
}
