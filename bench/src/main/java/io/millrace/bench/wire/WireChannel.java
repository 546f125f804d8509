package io.millrace.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's end of one WebSocket connection: shakes hands, then unmasks what the client sends. Time is taken where the
 * channel hands over what it read.
 *
 * <p><b>Thread:</b> the loop's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A broken connection shows in the answers that are missing.
final class WireChannel extends ChannelInboundHandlerAdapter {
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern REQUEST = Pattern.compile("GET (\\S+) ");
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final String HEADER_END = "\r\n\r\n";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ANSWER_BYTES = 2048;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG_HEADER = 0x8A;
    private static final int TEXT_HEADER = 0x81;
    private static final int MASK_BYTES = 4;

    private final LoopbackVenue.Listener listener;
    private final ByteBuf received = Unpooled.directBuffer(BUFFER_BYTES);
    private byte[] payload = new byte[BUFFER_BYTES];
    private ChannelHandlerContext context;
    private String path = "";
    private boolean isUpgraded;

    WireChannel(LoopbackVenue.Listener listener) {
        this.listener = listener;
    }

    /** Returns path and query of the request that opened it. */
    String path() {
        return path;
    }

    boolean isOpen() {
        return isUpgraded && context.channel().isActive();
    }

    /** Writes bytes of a frame; they leave with {@link #flush}. */
    void write(ByteBuf frame) {
        context.write(frame, context.voidPromise());
    }

    void flush() {
        context.flush();
    }

    /** Sends a text message. */
    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuf frame = context.alloc().directBuffer(bytes.length + MASK_BYTES);
        frame.writeByte(TEXT_HEADER);
        if (bytes.length < LENGTH_16) {
            frame.writeByte(bytes.length);
        } else {
            frame.writeByte(LENGTH_16).writeShort(bytes.length);
        }
        write(frame.writeBytes(bytes));
        flush();
    }

    /** Sends a message about an order. */
    void send(OrderAnswer answer, PlacedOrder order, long orderId, long nowMs) {
        ByteBuf frame = context.alloc().directBuffer(ANSWER_BYTES);
        answer.write(frame, order, orderId, nowMs);
        write(frame);
        flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext oldContext) {
        received.release();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        long arrivalNs = System.nanoTime();
        ByteBuf bytes = (ByteBuf) message;
        received.writeBytes(bytes);
        bytes.release();
        if (isUpgraded) {
            readFrames(arrivalNs);
        } else {
            shakeHands();
        }
        if (received.isReadable()) {
            received.discardSomeReadBytes();
        } else {
            received.clear();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        // The client has gone; whoever waits for its answers sees that.
        from.close();
    }

    private void shakeHands() {
        String request = received.toString(StandardCharsets.US_ASCII);
        int end = request.indexOf(HEADER_END);
        if (end < 0) {
            return;
        }
        Matcher line = REQUEST.matcher(request);
        Matcher key = KEY.matcher(request);
        if (!line.find() || !key.find()) {
            context.close();
            return;
        }
        received.skipBytes(end + HEADER_END.length());
        path = line.group(1);
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + HEADER_END;
        context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
        isUpgraded = true;
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-1, which WebSocket needs", e);
        }
    }

    private void readFrames(long arrivalNs) {
        while (received.readableBytes() >= 2) {
            int at = received.readerIndex();
            int opcode = received.getByte(at) & 0x0F;
            long length = received.getByte(at + 1) & LENGTH_64;
            int header = 2 + (length < LENGTH_16 ? 0 : length == LENGTH_16 ? Short.BYTES : Long.BYTES);
            if (received.readableBytes() < header) {
                return;
            }
            if (length == LENGTH_16) {
                length = received.getUnsignedShort(at + 2);
            } else if (length == LENGTH_64) {
                length = received.getLong(at + 2);
            }
            if (received.readableBytes() < header + MASK_BYTES + length) {
                return;
            }
            unmask(at + header, (int) length);
            received.skipBytes(header + MASK_BYTES + (int) length);
            onFrame(opcode, (int) length, arrivalNs);
        }
    }

    private void unmask(int maskAt, int length) {
        if (length > payload.length) {
            payload = new byte[2 * length];
        }
        received.getBytes(maskAt + MASK_BYTES, payload, 0, length);
        int mask = received.getInt(maskAt);
        for (int i = 0; i < length; i++) {
            payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
    }

    private void onFrame(int opcode, int length, long arrivalNs) {
        switch (opcode) {
            case TEXT -> listener.onText(this, payload, length, arrivalNs);
            case PING -> {
                ByteBuf pong = context.alloc().directBuffer(2 + length);
                write(pong.writeByte(PONG_HEADER).writeByte(length).writeBytes(payload, 0, length));
                flush();
            }
            case CLOSE -> context.close();
            default -> {
                // Pongs and binary messages mean nothing here.
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %s", path, isOpen() ? "open" : "closed");
    }
}
