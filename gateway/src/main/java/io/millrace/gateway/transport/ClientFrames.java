package io.millrace.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;

/** Frames as a client has to send them: masked, in one piece. */
final class ClientFrames {
    private static final int FIN = 0x80;
    private static final int MASK = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_HEADER = 14;
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
        frame.writeByte(FIN | opcode);
        if (length < LENGTH_16) {
            frame.writeByte(MASK | length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(MASK | LENGTH_16).writeShort(length);
        } else {
            frame.writeByte(MASK | LENGTH_64).writeLong(length);
        }
        return frame;
    }

    private static int maskByte(int mask, int index) {
        return mask >>> (24 - 8 * (index & 3));
    }
}
