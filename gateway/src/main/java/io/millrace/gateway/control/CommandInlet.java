package io.millrace.gateway.control;

import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Where egress puts commands. Any thread may offer; the agent takes them out at its next turn. */
public final class CommandInlet implements Inlet {
    private static final int RANGE = 1;

    private final ManyToOneRingBuffer ring;
    private volatile boolean isClosed;

    /**
     * Makes an empty inlet.
     *
     * @param capacityBytes of the buffer, a power of two.
     */
    public CommandInlet(int capacityBytes) {
        ring = new ManyToOneRingBuffer(new UnsafeBuffer(
                java.nio.ByteBuffer.allocateDirect(capacityBytes + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        if (isClosed) {
            return CLOSED;
        }
        if (length > ring.maxMsgLength()) {
            return TOO_LONG;
        }
        if (!isWhole(buffer, offset, length)) {
            return MALFORMED;
        }
        return ring.write(RANGE, buffer, offset, length) ? ACCEPTED : BACK_PRESSURED;
    }

    /**
     * Hands over ranges of whole messages.
     *
     * @param handler gets one range at a call.
     * @param limit most ranges.
     * @return how many there were.
     */
    public int drain(MessageHandler handler, int limit) {
        return ring.read(handler, limit);
    }

    /** From now on nothing more is taken. */
    public void close() {
        isClosed = true;
    }

    /**
     * Calls back for each message in a range.
     *
     * @param buffer holds the range.
     * @param offset of it.
     * @param length of it.
     * @param action gets the offset of a message.
     */
    public static void forEachMessage(DirectBuffer buffer, int offset, int length, IntConsumer action) {
        int at = offset;
        while (at < offset + length) {
            action.accept(at);
            at += EventHeader.length(buffer, at);
        }
    }

    private static boolean isWhole(DirectBuffer buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at >= EventHeader.BODY_OFFSET) {
            int messageLength = EventHeader.length(buffer, at);
            if (messageLength < EventHeader.BODY_OFFSET || messageLength > end - at) {
                return false;
            }
            at += messageLength;
        }
        return at == end && length > 0;
    }
}
