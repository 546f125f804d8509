package io.millrace.engine.status;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The side buffer that carries telemetry messages (templates 100 to 119) to whoever watches. Full means dropped: nothing
 * in the engine waits for a reader.
 *
 * <p><b>Thread:</b> any number write, one reads. <b>Allocation:</b> in the constructor only.
 */
public final class Telemetry {
    private final ManyToOneRingBuffer ring;
    private final Counters counters;

    /**
     * Allocates the buffer.
     *
     * @param capacity in bytes, a power of two.
     * @param counters count what was written and dropped.
     */
    public Telemetry(int capacity, Counters counters) {
        this.ring = new ManyToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                capacity + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
        this.counters = counters;
    }

    /**
     * Writes one message or drops it.
     *
     * @param templateId of the message.
     * @param buffer holds the message.
     * @param offset of its SBE message header.
     * @param length bytes of the message.
     * @return whether it was written.
     */
    public boolean write(int templateId, DirectBuffer buffer, int offset, int length) {
        boolean isWritten = ring.write(templateId, buffer, offset, length);
        counters.addAtomic(isWritten ? CounterIds.TELEMETRY_WRITTEN : CounterIds.TELEMETRY_DROPPED, 1);
        return isWritten;
    }

    /**
     * Hands over what was written; for the one reader.
     *
     * @param handler gets the template id and the message.
     * @param limit the most messages.
     * @return the number of messages.
     */
    public int poll(MessageHandler handler, int limit) {
        return ring.read(handler, limit);
    }
}
