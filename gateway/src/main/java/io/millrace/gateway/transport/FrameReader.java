package io.millrace.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The receiving half of a connection: what arrived and was not taken yet, and the parser over it. While the listener takes
 * nothing it looks ahead for pings, which are then answered out of order with the data around them.
 */
final class FrameReader {
    private static final int MAX_FRAME_HEADER = 14;
    private static final int HEADROOM_BYTES = 64 * 1024;
    private static final int SHORT_HEADER = 2;
    private static final int HEADER_16 = 4;
    private static final int HEADER_64 = 10;
    private static final int LENGTH = 0x7F;
    private static final int OPCODE = 0x0F;

    private final WebSocketConnection connection;
    private final WebSocketListener listener;
    private final ConnectionCounters counters;
    private final FrameParser parser;
    private final ReceiveBuffer received;

    private int unreadBefore;
    /** Position in the stream of the first unread byte, and up to where pings have been answered. */
    private long consumedTo;

    private long scannedTo;

    FrameReader(
            TransportSettings settings,
            ConnectionCounters counters,
            WebSocketListener listener,
            WebSocketConnection connection) {
        this.connection = connection;
        this.listener = listener;
        this.counters = counters;
        this.parser = new FrameParser(settings.maxMessageBytes());
        int maxBytes = Math.max(settings.readAheadBytes(), settings.maxMessageBytes() + MAX_FRAME_HEADER);
        this.received = new ReceiveBuffer(settings.initialBufferBytes(), maxBytes + HEADROOM_BYTES);
    }

    ReceiveBuffer received() {
        return received;
    }

    /** Takes what the channel read: this reader's own buffer, filled, or one of the allocator's. */
    void onRead(ByteBuf message, long ingressNs) {
        if (!received.isSelf(message)) {
            received.append(message);
        }
        message.release();
        counters.add(ConnectionCounters.BYTES, received.unread() - unreadBefore);
        process(ingressNs);
    }

    /** Takes bytes to be looked at later. */
    void keep(ByteBuf message) {
        counters.add(ConnectionCounters.BYTES, message.readableBytes());
        received.append(message);
        message.release();
        unreadBefore = received.unread();
    }

    /** Hands over all that stands ready, as far as the listener takes it. */
    void process(long ingressNs) {
        int result = FrameParser.FRAGMENT;
        while (result > FrameParser.NEED_MORE && connection.isReading() && listener.isDelivering()) {
            result = parser.parse(received.view(), received.head(), received.tail());
            if (result > FrameParser.NEED_MORE) {
                onFrame(result, ingressNs);
            } else if (result < FrameParser.NEED_MORE) {
                counters.increment(ConnectionCounters.VIOLATIONS);
                connection.onViolation(result);
            }
        }
        if (result == FrameParser.NEED_MORE && connection.isReading()) {
            received.ensureWritable((int) parser.frameBytes() - received.unread());
        }
        boolean isDelivering = listener.isDelivering();
        if (!isDelivering && connection.isReading()) {
            scanAhead();
        }
        connection.setReading(isDelivering || received.room() >= HEADROOM_BYTES);
        unreadBefore = received.unread();
    }

    /** Returns how many bytes have arrived and were not taken. */
    int unread() {
        return received.unread();
    }

    private void onFrame(int kind, long ingressNs) {
        DirectBuffer payload = parser.payload();
        int offset = parser.payloadOffset();
        int length = parser.payloadLength();
        boolean isAnswered = consumedTo < scannedTo;
        consumedTo += parser.frameBytes();
        received.consume((int) parser.frameBytes());
        counters.increment(ConnectionCounters.FRAMES);
        switch (kind) {
            case FrameParser.TEXT -> {
                counters.increment(ConnectionCounters.TEXT_MESSAGES);
                listener.onText(payload, offset, length, ingressNs);
            }
            case FrameParser.FRAGMENT -> counters.increment(ConnectionCounters.FRAGMENTS);
            case FrameParser.PING -> {
                if (!isAnswered) {
                    connection.answerPing(payload, offset, length);
                }
            }
            case FrameParser.CLOSE -> connection.onCloseFrame(parser.closeCode());
            case FrameParser.BINARY -> connection.onBinary();
            default -> {
                // An unsolicited pong means nothing.
            }
        }
    }

    /** Answers the pings among the whole frames that stand behind what the listener does not take. */
    private void scanAhead() {
        DirectBuffer view = received.view();
        int tail = received.tail();
        scannedTo = Math.max(scannedTo, consumedTo);
        int offset = received.head() + (int) (scannedTo - consumedTo);
        long frame = frameBytes(view, offset, tail);
        while (frame > 0 && frame <= tail - offset) {
            int opcode = view.getByte(offset) & OPCODE;
            if (opcode == FrameParser.PING) {
                counters.increment(ConnectionCounters.PINGS_AHEAD);
                connection.answerPing(view, offset + SHORT_HEADER, (int) frame - SHORT_HEADER);
            }
            offset += (int) frame;
            scannedTo += frame;
            frame = frameBytes(view, offset, tail);
        }
    }

    /** Length of the frame at {@code offset}, 0 if it cannot be told yet or the parser is going to refuse it. */
    private static long frameBytes(DirectBuffer view, int offset, int tail) {
        if (tail - offset < SHORT_HEADER) {
            return 0;
        }
        int opcode = view.getByte(offset) & OPCODE;
        int length = view.getByte(offset + 1) & 0xFF;
        if (length > LENGTH || opcode == FrameParser.CLOSE) {
            return 0;
        }
        if (length < LENGTH - 1) {
            return (long) SHORT_HEADER + length;
        }
        if (opcode > FrameParser.CLOSE) {
            return 0;
        }
        if (length == LENGTH - 1) {
            int longLength = tail - offset < HEADER_16 ? -1 : view.getShort(offset + 2, ByteOrder.BIG_ENDIAN) & 0xFFFF;
            return longLength < 0 ? 0 : (long) HEADER_16 + longLength;
        }
        long longLength = tail - offset < HEADER_64 ? -1 : view.getLong(offset + 2, ByteOrder.BIG_ENDIAN);
        return longLength < 0 || longLength > Integer.MAX_VALUE ? 0 : HEADER_64 + longLength;
    }
}
