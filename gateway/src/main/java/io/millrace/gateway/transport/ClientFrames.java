package io.millrace.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;

/** Frames as a client has to send them: masked, in one piece. */
final class ClientFrames {
    private static final int FIN = 0x80;
    private static final int MASK = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    /** Longest header of a frame in bytes. */
    static final int MAX_HEADER = 14;

    private static final int MAX_REASON_BYTES = 123;

    private ClientFrames() {}

    static ByteBuf frame(ByteBufAllocator allocator, int opcode, byte[] payload, RandomGenerator random) {
        ByteBuf frame = header(allocator, opcode, payload.length);
        int mask = random.nextInt();
        frame.writeInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ maskByte(mask, i));
        }
        return frame;
    }

    /** Writes a text frame into a buffer of the caller's; nothing is allocated if it is large enough. */
    static void text(ByteBuf frame, DirectBuffer source, int offset, int length, int mask) {
        frame.clear();
        putHeader(frame, FrameParser.TEXT, length);
        frame.writeInt(mask);
        long wideMask = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            frame.writeLong(source.getLong(offset + at, ByteOrder.BIG_ENDIAN) ^ wideMask);
        }
        for (; at < length; at++) {
            frame.writeByte(source.getByte(offset + at) ^ maskByte(mask, at));
        }
    }

    static ByteBuf pong(
            ByteBufAllocator allocator, DirectBuffer source, int offset, int length, RandomGenerator random) {
        ByteBuf frame = header(allocator, FrameParser.PONG, length);
        int mask = random.nextInt();
        frame.writeInt(mask);
        for (int i = 0; i < length; i++) {
            frame.writeByte(source.getByte(offset + i) ^ maskByte(mask, i));
        }
        return frame;
    }

    static ByteBuf close(ByteBufAllocator allocator, int code, String reason, RandomGenerator random) {
        byte[] text = reason.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] payload = new byte[2 + Math.min(text.length, MAX_REASON_BYTES)];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return frame(allocator, FrameParser.CLOSE, payload, random);
    }

    private static ByteBuf header(ByteBufAllocator allocator, int opcode, int length) {
        ByteBuf frame = allocator.directBuffer(MAX_HEADER + length);
        putHeader(frame, opcode, length);
        return frame;
    }

    private static void putHeader(ByteBuf frame, int opcode, int length) {
        frame.writeByte(FIN | opcode);
        if (length < LENGTH_16) {
            frame.writeByte(MASK | length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(MASK | LENGTH_16).writeShort(length);
        } else {
            frame.writeByte(MASK | LENGTH_64).writeLong(length);
        }
    }

    private static int maskByte(int mask, int index) {
        return mask >>> (24 - 8 * (index & 3));
    }
}
