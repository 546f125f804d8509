package io.millrace.bench.market;

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

/** Slots and the registered book stage on one thread, without the ring's sequences. */
final class StagedBook {
    private static final int SLOTS = EngineContext.RING_SLOTS_DEFAULT;

    private final BookStage book = new BookStage(BookSettings.defaults());
    private final UnsafeBuffer slots =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOTS * Instruments.SLOT_LENGTH, 64));
    private final SlotContext slot =
            new SlotContext(StageIds.BOOK, new StageRegions(SLOTS, book.viewLength(), book.commandsLength()));
    private long sequence;

    /** Copies each message into the next slot and runs the stage on it. */
    void apply(DirectBuffer messages, int offset, int length) {
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

    /** Returns the sequence of the next message. */
    long nextSequence() {
        return sequence;
    }

    /** Returns the hash of the stage's whole state. */
    long stateHash() {
        return book.stateHash();
    }

    /** Returns the book. */
    OrderBook book() {
        return book.book(Instruments.BTC.id());
    }

    /** Returns the report of the book. */
    BookReport report() {
        return book.reports().get(0);
    }
}
