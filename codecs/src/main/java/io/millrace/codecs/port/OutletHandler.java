package io.millrace.codecs.port;

import org.agrona.DirectBuffer;

/** Receives messages from an {@link Outlet} on the thread that polls it. */
@FunctionalInterface
public interface OutletHandler {
    /**
     * One message. The buffer is lent for the call: nothing may keep it.
     *
     * @param sequence journal sequence of the event that the message is, or that caused it; goes on across runs.
     * @param buffer holds the message.
     * @param offset of its SBE message header.
     * @param length bytes of the message, header included.
     */
    void onMessage(long sequence, DirectBuffer buffer, int offset, int length);

    /**
     * The batch is over and the outlet's position is about to move.
     *
     * @param lastSequence sequence of the last message handed over in it.
     */
    default void onBatchEnd(long lastSequence) {}
}
