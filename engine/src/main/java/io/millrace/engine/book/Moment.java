package io.millrace.engine.book;

import io.millrace.engine.pipeline.SlotContext;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event while it is applied: the slot, engine time, and what changes beside the event's own instrument. Numbers of other
 * instruments are saved before they are changed, so that an event that turns out to be poison leaves no trace in them.
 */
final class Moment {
    /** Most instruments that one event may change beside those it names. */
    static final int MAX_SAVED = 64;

    final UnsafeBuffer event = new UnsafeBuffer(0, 0);
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

    /** Moves to an event. */
    void begin(SlotContext slot, long nowNs) {
        this.slot = slot;
        this.nowNs = nowNs;
        this.sequence = slot.sequence();
        this.length = slot.length();
        event.wrap(slot.buffer(), slot.offset(), length);
        own = null;
        scope = MarketView.SCOPE_INSTRUMENT;
        isInBook = false;
        savedCount = 0;
        changedCount = 0;
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
