package io.millrace.app.inspect;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Some consecutive lines of a capture, off heap, with a place and a receive time for each frame. */
final class CaptureBlock {
    private static final int INITIAL_FRAMES = 1024;

    private final UnsafeBuffer buffer;
    private long[] receivedNs = new long[INITIAL_FRAMES];
    private int[] offsets = new int[INITIAL_FRAMES];
    private int[] lengths = new int[INITIAL_FRAMES];
    private int frames;
    private int used;

    /**
     * Makes an empty block.
     *
     * @param buffer of a capacity that the longest line fits.
     */
    CaptureBlock(UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    void clear() {
        frames = 0;
        used = 0;
    }

    boolean hasRoomFor(int length) {
        return used + length <= buffer.capacity();
    }

    void add(long ns, byte[] line, int offset, int length) {
        if (frames == offsets.length) {
            receivedNs = Arrays.copyOf(receivedNs, frames * 2);
            offsets = Arrays.copyOf(offsets, frames * 2);
            lengths = Arrays.copyOf(lengths, frames * 2);
        }
        buffer.putBytes(used, line, offset, length);
        receivedNs[frames] = ns;
        offsets[frames] = used;
        lengths[frames] = length;
        frames++;
        used += length;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int frames() {
        return frames;
    }

    long receivedNs(int frame) {
        return receivedNs[frame];
    }

    int offset(int frame) {
        return offsets[frame];
    }

    int length(int frame) {
        return lengths[frame];
    }

    byte[] bytes(int frame) {
        byte[] bytes = new byte[lengths[frame]];
        buffer.getBytes(offsets[frame], bytes);
        return bytes;
    }
}
