package io.millrace.gateway.transport;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads WebSocket frames (RFC 6455) that a server sends, from bytes that stand one behind the other in memory. A message
 * in one frame is handed over where it stands; only a fragmented one is put together in a buffer of the parser's own.
 * It allocates nothing but that buffer, throws nothing, and never looks past {@code limit}.
 *
 * <p>Text is not checked to be UTF-8: the decoder behind reads bytes and refuses what it does not know.
 *
 * <p><b>Thread:</b> confined to one thread, one parser a connection.
 */
public final class FrameParser {
    /** The frame is not complete; see {@link #frameBytes()}. Nothing was consumed. */
    public static final int NEED_MORE = 0;
    /** A whole text message. */
    public static final int TEXT = 1;
    /** A whole binary message. */
    public static final int BINARY = 2;
    /** A part of a message was kept. */
    public static final int FRAGMENT = 3;
    /** The peer closes; the payload holds code and reason. */
    public static final int CLOSE = 8;
    /** A ping; the payload has to be sent back. */
    public static final int PING = 9;
    /** A pong. */
    public static final int PONG = 10;

    /** Reserved bits are set although no extension was agreed. */
    public static final int RESERVED_BITS = -1;
    /** The opcode has no meaning. */
    public static final int BAD_OPCODE = -2;
    /** A server must not mask. */
    public static final int MASKED = -3;
    /** A control frame is fragmented. */
    public static final int CONTROL_FRAGMENTED = -4;
    /** A control frame is longer than 125 bytes. */
    public static final int CONTROL_TOO_LONG = -5;
    /** A length is not written in the shortest form, or is negative. */
    public static final int BAD_LENGTH = -6;
    /** A continuation without a beginning. */
    public static final int UNEXPECTED_CONTINUATION = -7;
    /** A new message begins inside another. */
    public static final int EXPECTED_CONTINUATION = -8;
    /** The payload of a close frame is one byte, or its code is not a code. */
    public static final int BAD_CLOSE = -9;
    /** The message is longer than allowed. */
    public static final int MESSAGE_TOO_LONG = -10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0F;
    private static final int MASK = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int LENGTH_16 = 126;
    private static final int OP_CONTINUATION = 0;
    private static final int SHORT_HEADER = 2;
    private static final int HEADER_16 = 4;
    private static final int HEADER_64 = 10;

    private final int maxMessageBytes;
    private final UnsafeBuffer assembly = new UnsafeBuffer(new byte[0]);
    private int assembledBytes;
    private int assemblingOpcode;

    private DirectBuffer payload;
    private int payloadOffset;
    private int payloadLength;
    private long frameBytes;

    /**
     * Makes a parser that stands between two messages.
     *
     * @param maxMessageBytes longest message, all its fragments together.
     */
    public FrameParser(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Reads the frame that begins at {@code offset}.
     *
     * @param buffer holds the bytes.
     * @param offset of the frame's first byte.
     * @param limit end of the bytes that have arrived.
     * @return what was read, {@link #NEED_MORE}, or a negative violation after which the connection is of no use. A frame
     *     that was read is {@link #frameBytes()} long.
     */
    public int parse(DirectBuffer buffer, int offset, int limit) {
        int available = limit - offset;
        frameBytes = SHORT_HEADER;
        if (available < SHORT_HEADER) {
            return NEED_MORE;
        }
        int first = buffer.getByte(offset);
        int second = buffer.getByte(offset + 1);
        if ((second & MASK) != 0) {
            return MASKED;
        }
        if ((first & RESERVED) != 0) {
            return RESERVED_BITS;
        }
        int length = second & LENGTH;
        int header = SHORT_HEADER;
        if (length >= LENGTH_16) {
            header = length == LENGTH_16 ? HEADER_16 : HEADER_64;
            frameBytes = header;
            if ((first & OPCODE) >= CLOSE) {
                return CONTROL_TOO_LONG;
            }
            if (available < header) {
                return NEED_MORE;
            }
            length = longLength(buffer, offset, header);
            if (length < 0) {
                return length;
            }
        }
        frameBytes = (long) header + length;
        int opcode = first & OPCODE;
        int code = (first & (FIN | OPCODE)) == (FIN | TEXT) ? wholeText(length) : checkKind(first, opcode, length);
        if (code < 0) {
            return code;
        }
        if (available < frameBytes) {
            return NEED_MORE;
        }
        payload = buffer;
        payloadOffset = offset + header;
        payloadLength = length;
        return code == TEXT || opcode >= CLOSE ? finishWhole(code) : finishData(code, first, opcode);
    }

    /** Returns the buffer that holds the payload of the frame or message that was read last. */
    public DirectBuffer payload() {
        return payload;
    }

    /** Returns where the payload begins in {@link #payload()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Returns the payload's length in bytes. */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * Returns the length in bytes, header included, of the frame that was read, or, after {@link #NEED_MORE}, of what has
     * to be there before the next attempt can get any further.
     */
    public long frameBytes() {
        return frameBytes;
    }

    /**
     * Returns the close code of the close frame that was read last, 1005 if it had none.
     *
     * @return a code as RFC 6455 section 7.4 has it.
     */
    public int closeCode() {
        return payloadLength >= 2
                ? payload.getShort(payloadOffset, ByteOrder.BIG_ENDIAN) & 0xFFFF
                : CloseCodes.NO_STATUS;
    }

    /** Returns the WebSocket close code that answers a violation. */
    public static int closeCodeFor(int violation) {
        return violation == MESSAGE_TOO_LONG ? CloseCodes.TOO_BIG : CloseCodes.PROTOCOL_ERROR;
    }

    /** Returns the name of a violation for logs and counters. */
    public static String violationName(int violation) {
        return switch (violation) {
            case RESERVED_BITS -> "reserved bits set";
            case BAD_OPCODE -> "unknown opcode";
            case MASKED -> "masked by the server";
            case CONTROL_FRAGMENTED -> "fragmented control frame";
            case CONTROL_TOO_LONG -> "control frame above 125 bytes";
            case BAD_LENGTH -> "bad length";
            case UNEXPECTED_CONTINUATION -> "continuation of nothing";
            case EXPECTED_CONTINUATION -> "message inside a message";
            case BAD_CLOSE -> "bad close frame";
            case MESSAGE_TOO_LONG -> "message too long";
            default -> "violation " + violation;
        };
    }

    private int longLength(DirectBuffer buffer, int offset, int header) {
        if (header == HEADER_16) {
            int length = buffer.getShort(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFF;
            return length < LENGTH_16 ? BAD_LENGTH : length;
        }
        long length = buffer.getLong(offset + 2, ByteOrder.BIG_ENDIAN);
        if (length < 0 || length <= 0xFFFF) {
            return BAD_LENGTH;
        }
        return length > maxMessageBytes ? MESSAGE_TOO_LONG : (int) length;
    }

    private int wholeText(int length) {
        if (assemblingOpcode != 0) {
            return EXPECTED_CONTINUATION;
        }
        return length > maxMessageBytes ? MESSAGE_TOO_LONG : TEXT;
    }

    /** Everything but a text message in one frame. */
    private int checkKind(int first, int opcode, int length) {
        if (opcode >= CLOSE) {
            if (opcode > PONG) {
                return BAD_OPCODE;
            }
            return (first & FIN) == 0 ? CONTROL_FRAGMENTED : opcode;
        }
        if (opcode > BINARY) {
            return BAD_OPCODE;
        }
        if (opcode == OP_CONTINUATION && assemblingOpcode == 0) {
            return UNEXPECTED_CONTINUATION;
        }
        if (opcode != OP_CONTINUATION && assemblingOpcode != 0) {
            return EXPECTED_CONTINUATION;
        }
        return (long) assembledBytes + length > maxMessageBytes ? MESSAGE_TOO_LONG : FRAGMENT;
    }

    private int finishWhole(int code) {
        boolean isBadClose =
                code == CLOSE && payloadLength > 0 && (payloadLength == 1 || !CloseCodes.isValidOnWire(closeCode()));
        return isBadClose ? BAD_CLOSE : code;
    }

    private int finishData(int code, int first, int opcode) {
        boolean isFinal = (first & FIN) != 0;
        if (isFinal && opcode == BINARY) {
            return BINARY;
        }
        append();
        if (opcode != OP_CONTINUATION) {
            assemblingOpcode = opcode;
        }
        if (!isFinal) {
            return code;
        }
        int result = assemblingOpcode;
        payload = assembly;
        payloadOffset = 0;
        payloadLength = assembledBytes;
        assembledBytes = 0;
        assemblingOpcode = 0;
        return result;
    }

    private void append() {
        int needed = assembledBytes + payloadLength;
        if (needed > assembly.capacity()) {
            byte[] grown = new byte[Math.min(maxMessageBytes, Math.max(needed, 2 * assembly.capacity()))];
            assembly.getBytes(0, grown, 0, assembledBytes);
            assembly.wrap(grown);
        }
        assembly.putBytes(assembledBytes, payload, payloadOffset, payloadLength);
        assembledBytes = needed;
    }
}
