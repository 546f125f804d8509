package io.millrace.codecs.binance;

import java.nio.charset.StandardCharsets;

/** A table whose keys are given by name; a key's slot is its place in the list. */
final class KeyTable extends FieldTable {
    private static final int BUCKETS = 256;

    private final byte[][] names;
    private final byte[] buckets = new byte[BUCKETS];

    /**
     * Makes a table.
     *
     * @param names of the keys, at most {@link FieldTable#SLOTS}, each once.
     */
    KeyTable(String... names) {
        if (names.length > SLOTS) {
            throw new IllegalArgumentException(names.length + " keys are more than the limit of " + SLOTS);
        }
        this.names = new byte[names.length][];
        for (int slot = 0; slot < names.length; slot++) {
            byte[] name = names[slot].getBytes(StandardCharsets.US_ASCII);
            this.names[slot] = name;
            int bucket = bucketOf(name, 0, name.length);
            while (buckets[bucket] != 0) {
                bucket = (bucket + 1) & (BUCKETS - 1);
            }
            buckets[bucket] = (byte) (slot + 1);
        }
    }

    @Override
    int slotOf(byte[] bytes, int start, int end) {
        int bucket = bucketOf(bytes, start, end);
        while (buckets[bucket] != 0) {
            int slot = buckets[bucket] - 1;
            if (isName(slot, bytes, start, end)) {
                return slot;
            }
            bucket = (bucket + 1) & (BUCKETS - 1);
        }
        return NO_SLOT;
    }

    private boolean isName(int slot, byte[] bytes, int start, int end) {
        byte[] name = names[slot];
        if (name.length != end - start) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }

    private static int bucketOf(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ (hash >>> 8)) & (BUCKETS - 1);
    }
}
