package io.millrace.gateway.orders;

import io.millrace.codecs.event.Lane;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands that have to wait, in one queue for each lane, first in first out; copies in memory that was there before.
 */
final class WaitingCommands {
    /** Longest command that can wait: a cancel of ten orders has 176 bytes. */
    static final int MAX_LENGTH = 512;

    private static final int PER_LANE = 256;
    private static final int LANES = Lane.HISTORY.value();

    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(LANES * PER_LANE * MAX_LENGTH));
    private final int[] lengths = new int[LANES * PER_LANE];
    private final int[] heads = new int[LANES];
    private final int[] counts = new int[LANES];

    /** Keeps a copy; returns false if the lane's queue is full. */
    boolean add(Lane lane, DirectBuffer command, int offset, int length) {
        int queue = lane.value() - 1;
        if (counts[queue] == PER_LANE || length > MAX_LENGTH) {
            return false;
        }
        int slot = queue * PER_LANE + (heads[queue] + counts[queue]) % PER_LANE;
        memory.putBytes(slot * MAX_LENGTH, command, offset, length);
        lengths[slot] = length;
        counts[queue]++;
        return true;
    }

    /** Returns whether nothing waits in a lane or in one above it. */
    boolean isFree(Lane lane) {
        for (int i = 0; i < lane.value(); i++) {
            if (counts[i] > 0) {
                return false;
            }
        }
        return true;
    }

    int size(int queue) {
        return counts[queue];
    }

    int lanes() {
        return LANES;
    }

    DirectBuffer memory() {
        return memory;
    }

    /** Returns where the first of a lane stands in {@link #memory()}. */
    int headOffset(int queue) {
        return (queue * PER_LANE + heads[queue]) * MAX_LENGTH;
    }

    int headLength(int queue) {
        return lengths[queue * PER_LANE + heads[queue]];
    }

    void removeHead(int queue) {
        heads[queue] = (heads[queue] + 1) % PER_LANE;
        counts[queue]--;
    }
}
