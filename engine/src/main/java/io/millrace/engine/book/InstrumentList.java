package io.millrace.engine.book;

import io.millrace.codecs.value.InstrumentSpec;
import java.util.Arrays;

/** The stage's instruments by id, and the hash over all of them, of which only what changed is worked out anew. */
final class InstrumentList {
    private final DiffBuffers buffers;
    private BookInstrument[] byId = new BookInstrument[64];
    private BookInstrument[] dirty = new BookInstrument[64];
    private int size;
    private int savedSize;
    private int dirtyCount;
    private long hash;

    InstrumentList(DiffBuffers buffers) {
        this.buffers = buffers;
    }

    /** Remembers what an event that turns out to be poison must not change. */
    void save() {
        savedSize = size;
    }

    /** Goes back to {@link #save}. */
    void restore() {
        size = savedSize;
    }

    /** Returns the highest id ever used plus one. */
    int size() {
        return size;
    }

    /** Returns the instrument of an id below {@link #size()}, or null. */
    BookInstrument at(int id) {
        return byId[id];
    }

    /** Returns the instrument of any id, or null if it is not defined. */
    BookInstrument defined(int id) {
        BookInstrument in = id >= 0 && id < size ? byId[id] : null;
        return in != null && in.sync.isDefined ? in : null;
    }

    /** Returns what is kept under any id, even if it is not defined, or null. */
    BookInstrument known(int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /** Returns the instrument of an id, made if need be; null if the id is out of range. */
    BookInstrument make(int id) {
        if (id < 0 || id >= InstrumentSpec.MAX_INSTRUMENTS) {
            return null;
        }
        if (id >= byId.length) {
            byId = Arrays.copyOf(byId, Math.min(InstrumentSpec.MAX_INSTRUMENTS, Math.max(id + 1, byId.length * 2)));
        }
        if (byId[id] == null) {
            byId[id] = new BookInstrument(id, buffers);
        }
        size = Math.max(size, id + 1);
        return byId[id];
    }

    /** Something of an instrument changes at this event. */
    void touch(BookInstrument in) {
        if (!in.isDirty) {
            in.isDirty = true;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, dirtyCount * 2);
            }
            dirty[dirtyCount++] = in;
        }
    }

    /** Returns the hash over all instruments. */
    long hash() {
        for (int i = 0; i < dirtyCount; i++) {
            BookInstrument in = dirty[i];
            long contribution = in.sync.isDefined ? in.stateHash() : 0;
            hash += contribution - in.contribution;
            in.contribution = contribution;
            in.isDirty = false;
            dirty[i] = null;
        }
        dirtyCount = 0;
        return hash;
    }

    /** Returns {@link #hash} worked out from all instruments anew, to check with. */
    long hashFromScratch() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            if (byId[i] != null && byId[i].sync.isDefined) {
                sum += byId[i].stateHash();
            }
        }
        return sum;
    }
}
