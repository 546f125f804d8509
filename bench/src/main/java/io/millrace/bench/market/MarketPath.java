package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.memory.RawWords;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Decoder, slots and book stage on one thread: what a market message costs before anybody looks at it. */
final class MarketPath {
    private static final int SLOTS = EngineContext.RING_SLOTS_DEFAULT;

    private final CaptureFrames frames;
    private final MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
    private final BookStage book = new BookStage(BookSettings.defaults());
    private final UnsafeBuffer slots =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOTS * Instruments.SLOT_LENGTH, 64));
    private final SlotContext slot =
            new SlotContext(StageIds.BOOK, new StageRegions(SLOTS, book.viewLength(), book.commandsLength()));
    private final ReferenceEvents reference;
    private long sequence;
    private long ingressNs;

    MarketPath(CaptureFrames frames) {
        this.frames = frames;
        this.reference = new ReferenceEvents(frames);
        apply(reference.definition(), 0, reference.definition().capacity());
    }

    long decodeAll() {
        long sum = 0;
        for (int i = 0; i < frames.count(); i++) {
            sum += decoder.decode(frames.buffer(), frames.offset(i), frames.length(i), 1, sequence + i);
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
        apply(reference.runStarted(), 0, reference.runStarted().capacity());
        apply(reference.subscribed(), 0, reference.subscribed().capacity());
    }

    /** Takes one frame, and before it the snapshot if that came first. */
    int take(int i) {
        if (i == reference.snapshotBeforeFrame()) {
            apply(reference.snapshot(), 0, reference.snapshot().capacity());
        }
        int length = decoder.decode(
                frames.buffer(), frames.offset(i), frames.length(i), 1, ingressNs += Instruments.MESSAGE_NS);
        if (length > 0) {
            apply(decoder.encoded(), 0, length);
        }
        return Math.max(0, length);
    }

    /** Copies each message into the next slot and runs the stage on it. */
    private void apply(DirectBuffer messages, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            int messageLength = EventHeader.length(messages, position);
            int slotOffset = ((int) sequence & (SLOTS - 1)) * Instruments.SLOT_LENGTH;
            RawWords.copy(messages, position, slots, slotOffset, messageLength);
            slot.moveTo(sequence, sequence, slots, slotOffset, messageLength);
            book.onEvent(slot);
            sequence++;
            position += messageLength;
        }
    }

    /** Returns the depth after the last pass. */
    OrderBook book() {
        return book.book(Instruments.BTC.id());
    }

    /** Returns the report of the book after the last pass. */
    BookReport report() {
        return book.reports().get(0);
    }
}
