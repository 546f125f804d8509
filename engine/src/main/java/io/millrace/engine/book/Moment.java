package io.millrace.engine.book;

import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.memory.RawWords;
import io.millrace.engine.pipeline.SlotContext;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event while it is applied: the slot, engine time, and what changes beside the event's own instrument. Numbers of other
 * instruments are saved before they are changed, so that an event that turns out to be poison leaves no trace in them.
 */
final class Moment {
    /** Most instruments that one event may change beside those it names. */
    static final int MAX_SAVED = 64;

    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private boolean isWrapped;
    private byte[] base;
    private long address;
    private long kind;
    private long lengthAndFlags;
    private long instrumentAndGrid;
    SlotContext slot;
    BookInstrument own;
    long nowNs;
    long sequence = -1;
    int length;
    int scope;
    /** Whether the levels of the event went into the book, whose hash then speaks for them. */
    boolean isInBook;

    private final BookInstrument[] saved = new BookInstrument[MAX_SAVED];
    private final SyncState[] states = new SyncState[MAX_SAVED];
    private final BookInstrument[] changed = new BookInstrument[MarketView.MAX_CHANGES];
    private int savedCount;
    private int changedCount;

    Moment() {
        Arrays.setAll(states, i -> new SyncState());
    }

    /** Moves to an event, whose bytes are checked to be there once and for all. */
    void begin(SlotContext slot) {
        this.slot = slot;
        sequence = slot.sequence();
        length = slot.length();
        DirectBuffer buffer = slot.buffer();
        int offset = slot.offset();
        buffer.boundsCheck(offset, Math.max(length, EventHeader.BODY_OFFSET));
        base = buffer.byteArray();
        address = buffer.addressOffset() + offset;
        kind = word(EventHeader.BLOCK_LENGTH_OFFSET);
        lengthAndFlags = word(EventHeader.LENGTH_OFFSET);
        instrumentAndGrid = word(EventHeader.INSTRUMENT_ID_OFFSET);
        isWrapped = false;
        own = null;
        scope = MarketView.SCOPE_INSTRUMENT;
        isInBook = false;
        savedCount = 0;
        changedCount = 0;
    }

    /** The event as a buffer, for what is rare or long. */
    UnsafeBuffer event() {
        if (!isWrapped) {
            event.wrap(slot.buffer(), slot.offset(), length);
            isWrapped = true;
        }
        return event;
    }

    /** Returns the event's template id. */
    int templateId() {
        return (int) (kind >>> (Byte.SIZE * EventHeader.TEMPLATE_ID_OFFSET)) & 0xFFFF;
    }

    /** Returns the event's flags. */
    int flags() {
        return (int) (lengthAndFlags >>> Integer.SIZE) & 0xFFFF;
    }

    /** Returns the event's instrument. */
    int instrumentId() {
        return (int) instrumentAndGrid;
    }

    /** Returns the version of the grid that the event is on. */
    int gridVersion() {
        return (int) (instrumentAndGrid >>> Integer.SIZE) & 0xFFFF;
    }

    /** Fails if the event is shorter than a message of its kind. */
    void require(int least) {
        if (length < least) {
            throw new IllegalArgumentException("event of template " + templateId() + " has " + length + " bytes, needs "
                    + least + ": the producer is at fault");
        }
    }

    /** Returns a word of the header, or of what {@link #require} has found to be there. */
    long word(int offset) {
        return RawWords.get(base, address + offset);
    }

    /** Returns the hash of the event's first bytes, no more than it has. */
    long hash(int bytes) {
        return Mix.bytes(base, address, bytes);
    }

    /** Returns whether one more instrument may be changed on the side. */
    boolean hasRoom() {
        return changedCount < MarketView.MAX_CHANGES && savedCount < MAX_SAVED;
    }

    /** Returns whether one more instrument may be saved. */
    boolean hasRoomToSave() {
        return savedCount < MAX_SAVED;
    }

    /** Keeps the numbers of an instrument as they were before the event. */
    void save(BookInstrument in) {
        if (in.savedAtSequence != sequence) {
            saved[savedCount] = in;
            states[savedCount].copyFrom(in.sync);
            savedCount++;
            in.savedAtSequence = sequence;
        }
    }

    /** Puts the numbers of all saved instruments back. */
    void restore() {
        for (int i = 0; i < savedCount; i++) {
            saved[i].sync.copyFrom(states[i]);
        }
        savedCount = 0;
        changedCount = 0;
    }

    /** State or silent streams of an instrument changed: the view of this event will say so. */
    void report(BookInstrument in) {
        in.isImageOld = true;
        if (in == own) {
            in.isViewDue = true;
            return;
        }
        for (int i = 0; i < changedCount; i++) {
            if (changed[i] == in) {
                return;
            }
        }
        changed[changedCount++] = in;
    }

    /** Returns how many other instruments changed. */
    int changedCount() {
        return changedCount;
    }

    /** Returns one of them. */
    BookInstrument changed(int index) {
        return changed[index];
    }
}
