package io.millrace.codecs.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Instruments by id and by symbol bytes. Lookups allocate nothing; {@link #put} is for cold paths.
 *
 * <p><b>Thread:</b> confined to one thread; producers on several threads keep a table each.
 */
public final class InstrumentTable {
    /** Longest symbol in bytes of UTF-8. */
    public static final int MAX_SYMBOL_LENGTH = 64;

    private static final int INITIAL_SLOTS = 256;

    private InstrumentSpec[] byId = new InstrumentSpec[INITIAL_SLOTS];
    private byte[][] symbols = new byte[INITIAL_SLOTS][];
    private InstrumentSpec[] slots = new InstrumentSpec[INITIAL_SLOTS];
    private int size;
    private int revision;

    /**
     * Adds an instrument or replaces it by a newer version of itself.
     *
     * @param spec the definition.
     * @throws IllegalArgumentException if its id belongs to another symbol or its symbol to another id, or if the symbol is
     *     empty or longer than {@link #MAX_SYMBOL_LENGTH}.
     */
    public void put(InstrumentSpec spec) {
        InstrumentSpec old = byId(spec.id());
        if (old != null && !old.symbol().equals(spec.symbol())) {
            throw new IllegalArgumentException("instrument id " + spec.id() + " belongs to " + old.symbol()
                    + ", it cannot be given to " + spec.symbol());
        }
        byte[] symbol = spec.symbol().getBytes(StandardCharsets.UTF_8);
        if (symbol.length == 0 || symbol.length > MAX_SYMBOL_LENGTH) {
            throw new IllegalArgumentException("symbol " + spec.symbol() + " has " + symbol.length + " bytes, 1 to "
                    + MAX_SYMBOL_LENGTH + " are supported");
        }
        int slot = slotOf(symbol);
        if (slots[slot] != null && slots[slot].id() != spec.id()) {
            throw new IllegalArgumentException("symbol " + spec.symbol() + " has instrument id " + slots[slot].id()
                    + ", it cannot be given " + spec.id());
        }
        if (spec.id() >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(spec.id() + 1, byId.length * 2));
        }
        byId[spec.id()] = spec;
        if (slots[slot] == null) {
            size++;
        }
        slots[slot] = spec;
        symbols[slot] = symbol;
        revision++;
        if (size * 2 > slots.length) {
            grow();
        }
    }

    /** Returns the instrument of an id, or null. */
    public InstrumentSpec byId(int id) {
        return id >= 0 && id < byId.length ? byId[id] : null;
    }

    /** Returns the instrument of a symbol, or null; for cold paths. */
    public InstrumentSpec find(String symbol) {
        return slots[slotOf(symbol.getBytes(StandardCharsets.UTF_8))];
    }

    /**
     * Finds an instrument by the bytes of its symbol.
     *
     * @param buffer holds the symbol as UTF-8.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return the instrument, or null.
     */
    public InstrumentSpec find(DirectBuffer buffer, int offset, int length) {
        int mask = slots.length - 1;
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + buffer.getByte(offset + i);
        }
        int slot = spread(hash) & mask;
        while (slots[slot] != null) {
            if (isSame(symbols[slot], buffer, offset, length)) {
                return slots[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    /** Returns the number of instruments. */
    public int size() {
        return size;
    }

    /** Returns a number that differs after each {@link #put}, for those who keep what they found. */
    public int revision() {
        return revision;
    }

    /** Returns the highest id in use plus one. */
    public int nextId() {
        int id = byId.length;
        while (id > 0 && byId[id - 1] == null) {
            id--;
        }
        return id;
    }

    private static boolean isSame(byte[] symbol, DirectBuffer buffer, int offset, int length) {
        if (symbol.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (symbol[i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    private int slotOf(byte[] symbol) {
        int mask = slots.length - 1;
        int hash = 0;
        for (byte b : symbol) {
            hash = hash * 31 + b;
        }
        int slot = spread(hash) & mask;
        while (slots[slot] != null && !Arrays.equals(symbols[slot], symbol)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int spread(int hash) {
        int h = hash * 0x9E3779B9;
        return h ^ h >>> 15;
    }

    private void grow() {
        InstrumentSpec[] old = slots;
        slots = new InstrumentSpec[old.length * 2];
        symbols = new byte[old.length * 2][];
        for (InstrumentSpec spec : old) {
            if (spec != null) {
                byte[] symbol = spec.symbol().getBytes(StandardCharsets.UTF_8);
                int slot = slotOf(symbol);
                slots[slot] = spec;
                symbols[slot] = symbol;
            }
        }
    }
}
