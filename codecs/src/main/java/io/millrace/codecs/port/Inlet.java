package io.millrace.codecs.port;

import org.agrona.DirectBuffer;

/**
 * Where encoded messages are handed over: a decoder or a journal reader into the engine's ring, egress into the gateway's
 * command executor. An inlet never blocks and copies what it accepts before it returns.
 *
 * <p><b>Thread:</b> each inlet says how many threads may offer; the engine's inlets take any number.
 */
public interface Inlet {
    /** The messages were taken. Every positive result means the same. */
    int ACCEPTED = 1;

    /** No room now; nothing was taken. Offer the same bytes again later, and stop reading what can wait. */
    int BACK_PRESSURED = -1;

    /** The inlet was closed for good; nothing was taken. */
    int CLOSED = -2;

    /** The range can never fit, however long the caller waits; nothing was taken. */
    int TOO_LONG = -3;

    /** The bytes are not whole messages (length fields do not add up); nothing was taken. */
    int MALFORMED = -4;

    /**
     * Offers one message, or several that must stand next to each other (the chunks of a long update).
     *
     * @param buffer holds complete messages back to back, each beginning with its SBE message header and the event header
     *     whose {@code length} says where the next one begins.
     * @param offset of the first message.
     * @param length bytes of all messages together; the sum of their {@code length} fields.
     * @return {@link #ACCEPTED} or one of the negative codes of this interface; all of the messages or none are taken.
     */
    int offer(DirectBuffer buffer, int offset, int length);
}
