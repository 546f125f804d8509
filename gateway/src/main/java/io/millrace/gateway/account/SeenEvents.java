package io.millrace.gateway.account;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.message.EventHeader;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What was told lately, to tell it once although several connections bring it: a set of 64-bit digests of whole events, but
 * for what says when and over which connection they came. The oldest are forgotten first.
 *
 * <p><b>Thread:</b> confined to its owner. <b>Allocation:</b> in the constructor only.
 */
final class SeenEvents {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int CONNECTION_SHIFT = 48;

    private final long[] ring;
    private final long[] table;
    private int next;

    /**
     * Makes a memory.
     *
     * @param capacity events remembered, a power of two.
     */
    SeenEvents(int capacity) {
        ring = new long[capacity];
        table = new long[capacity * 4];
    }

    /** Returns whether these messages were not told yet, and remembers them. */
    boolean isNew(DirectBuffer buffer, int offset, int length) {
        long digest = digest(buffer, offset, length);
        if (find(digest) >= 0) {
            return false;
        }
        if (ring[next] != 0) {
            remove(find(ring[next]));
        }
        ring[next] = digest;
        next = (next + 1) & (ring.length - 1);
        table[-find(digest) - 1] = digest;
        return true;
    }

    /** Forgets everything: what comes over new connections with a new key was never told. */
    void clear() {
        Arrays.fill(ring, 0);
        Arrays.fill(table, 0);
        next = 0;
    }

    private static long digest(DirectBuffer buffer, int offset, int length) {
        long hash = length * MIX;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int messageEnd = at + EventHeader.length(buffer, at);
            long ids = buffer.getLong(at + EventHeader.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
            hash = mix(hash, buffer.getLong(at, LITTLE_ENDIAN));
            hash = mix(hash, buffer.getLong(at + EventHeader.LENGTH_OFFSET, LITTLE_ENDIAN));
            hash = mix(hash, ids << (Long.SIZE - CONNECTION_SHIFT));
            hash = mix(hash, buffer.getLong(at + EventHeader.EVENT_TIME_MS_OFFSET, LITTLE_ENDIAN));
            hash = mix(hash, buffer.getLong(at + EventHeader.TRANSACT_TIME_MS_OFFSET, LITTLE_ENDIAN));
            at += EventHeader.BODY_OFFSET;
            while (at + Long.BYTES <= messageEnd) {
                hash = mix(hash, buffer.getLong(at, LITTLE_ENDIAN));
                at += Long.BYTES;
            }
            while (at < messageEnd) {
                hash = mix(hash, buffer.getByte(at));
                at++;
            }
        }
        return hash == 0 ? 1 : hash;
    }

    private static long mix(long hash, long word) {
        long h = (hash ^ word) * MIX;
        return h ^ (h >>> 32);
    }

    /** Returns the digest's slot; minus the free slot for it, minus 1, if it is not there. */
    private int find(long digest) {
        int slot = (int) (digest >>> 7) & (table.length - 1);
        while (table[slot] != 0) {
            if (table[slot] == digest) {
                return slot;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -slot - 1;
    }

    /** Takes a slot's digest out and moves those behind it up, so that no search ends too early. */
    private void remove(int removed) {
        int hole = removed;
        int slot = removed;
        table[hole] = 0;
        while (true) {
            slot = (slot + 1) & (table.length - 1);
            if (table[slot] == 0) {
                return;
            }
            int home = (int) (table[slot] >>> 7) & (table.length - 1);
            boolean isBetween = hole <= slot ? hole < home && home <= slot : hole < home || home <= slot;
            if (!isBetween) {
                table[hole] = table[slot];
                table[slot] = 0;
                hole = slot;
            }
        }
    }
}
