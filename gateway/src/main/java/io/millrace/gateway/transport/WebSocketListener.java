package io.millrace.gateway.transport;

import org.agrona.DirectBuffer;

/** What a WebSocket connection tells its owner, on the loop's thread. */
public interface WebSocketListener {
    /** The upgrade is done: messages may be sent, and will come. */
    void onOpen();

    /**
     * Asked before every message: whether one would be taken now. While not, the connection reads ahead within its bounds
     * and answers pings; {@link WebSocketConnection#resume()} makes it ask again.
     *
     * @return whether {@link #onText} may be called.
     */
    boolean isDelivering();

    /**
     * A whole text message. The bytes are lent for the call.
     *
     * @param buffer holds the message.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param ingressNs when its last bytes were read.
     */
    void onText(DirectBuffer buffer, int offset, int length, long ingressNs);

    /**
     * The connection is over; called once, after the last message that had arrived whole.
     *
     * @param closing why.
     */
    void onClosed(Closing closing);
}
