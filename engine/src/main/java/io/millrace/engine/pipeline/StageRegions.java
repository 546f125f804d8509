package io.millrace.engine.pipeline;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stage's derived regions, parallel to the ring: what the stage says about the event of each slot.
 *
 * <pre>
 *   0  flags       int   FAULTED, VIEW, CHECKPOINT, EXTRA_VIEW
 *   4  commands    int   bytes of commands at COMMANDS_OFFSET behind the view
 *   8  engineNs    long  engine time at the event
 *  16  digest      long  digest of the stage's visible result
 *  24  stateHash   long  valid with CHECKPOINT
 *  32  view        viewLength bytes, valid with VIEW
 *      commands    the rest: whole SBE messages back to back
 * </pre>
 *
 * <p><b>Thread:</b> written by the stage's agent, read by agents behind it; the ring's sequences order the two.
 */
public final class StageRegions {
    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of the length of the commands. */
    public static final int COMMANDS_LENGTH_OFFSET = 4;
    /** Offset of the engine time. */
    public static final int ENGINE_NS_OFFSET = 8;
    /** Offset of the digest. */
    public static final int DIGEST_OFFSET = 16;
    /** Offset of the state hash. */
    public static final int STATE_HASH_OFFSET = 24;
    /** Offset of the stage's view. */
    public static final int VIEW_OFFSET = 32;

    /** The stage skipped the event: it threw, or an operator quarantined it. */
    public static final int FAULTED = 1;
    /** The view was written. */
    public static final int VIEW = 2;
    /** The state hash was written. */
    public static final int CHECKPOINT = 4;
    /** The stage wrote a second kind of view behind the first, which it names itself. */
    public static final int EXTRA_VIEW = 8;

    private final UnsafeBuffer buffer;
    private final int stride;
    private final int viewLength;
    private final int slotMask;

    /**
     * Allocates the regions.
     *
     * @param slots of the ring, a power of two.
     * @param viewLength bytes of the stage's view, a multiple of 8.
     * @param commandsLength bytes for the commands of one event, a multiple of 8.
     */
    public StageRegions(int slots, int viewLength, int commandsLength) {
        if (!BitUtil.isPowerOfTwo(slots)) {
            throw new IllegalArgumentException(
                    "slots=" + slots + " is not a power of two, use " + BitUtil.findNextPositivePowerOfTwo(slots));
        }
        this.viewLength = BitUtil.align(viewLength, 8);
        this.stride = BitUtil.align(
                VIEW_OFFSET + this.viewLength + BitUtil.align(commandsLength, 8), BitUtil.CACHE_LINE_LENGTH);
        this.slotMask = slots - 1;
        ByteBuffer bytes =
                BufferUtil.allocateDirectAligned(Math.multiplyExact(slots, stride), BitUtil.CACHE_LINE_LENGTH);
        this.buffer = new UnsafeBuffer(bytes);
    }

    /** Returns the buffer that holds all regions. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Returns where the region of a ring sequence begins in {@link #buffer()}. */
    public int offsetOf(long ringSequence) {
        return ((int) ringSequence & slotMask) * stride;
    }

    /** Returns the bytes of one view. */
    public int viewLength() {
        return viewLength;
    }

    /** Returns the bytes that one event's commands may take. */
    public int commandsCapacity() {
        return stride - VIEW_OFFSET - viewLength;
    }

    /** Returns where the commands of the region at {@code regionOffset} begin. */
    public int commandsOffset(int regionOffset) {
        return regionOffset + VIEW_OFFSET + viewLength;
    }

    /** Returns the address of the region at {@code regionOffset}, all of which was checked to be there. */
    long checkedAddress(int regionOffset) {
        buffer.boundsCheck(regionOffset, stride);
        return buffer.addressOffset() + regionOffset;
    }
}
