package io.millrace.exchange.server;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.market.StreamKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One client's socket after its handshake. Frames are encoded straight into a buffer that is handed to the channel when it
 * is large or when the loop's turn ends.
 *
 * <p><b>Thread:</b> the loop; the counters may be read by any.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which is noticed
final class StreamConnection {
    static final int CHUNK_BYTES = 64 * 1024;

    /** FIN and opcode of a text frame. */
    static final int TEXT_FRAME = 0x81;
    /** FIN and opcode of a ping. */
    static final int PING_FRAME = 0x89;
    /** FIN and opcode of a pong. */
    static final int PONG_FRAME = 0x8A;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_LENGTH_16 = 0xFFFF;
    private static final int LONGEST_HEADER = 10;
    private static final double NS_PER_SECOND = 1e9;

    final int id;
    final Channel channel;
    final Door door;
    /** Streams by name, in order of subscription; -1 for a stream that is never delivered here. */
    final Map<String, Integer> streams = new LinkedHashMap<>();

    final AtomicLongArray sent = new AtomicLongArray(StreamKind.count());
    final ArrayDeque<Long> inboundNs = new ArrayDeque<>();
    boolean isCombined;
    boolean isDirty;
    long openedNs;
    long lastPingNs;
    long lastPongNs;

    private final Runnable onWritten;
    private Map<Integer, byte[]> held;
    private ByteBuf outbox;
    private long inFlightBytes;
    private ActiveFault throttle;
    private double throttleAllowance;
    private long throttleNs;

    StreamConnection(int id, Channel channel, Door door, Runnable onWritten) {
        this.id = id;
        this.channel = channel;
        this.door = door;
        this.onWritten = onWritten;
    }

    /** Appends one frame; {@code prefix} names the stream in combined mode. */
    void append(StreamKind kind, byte[] prefix, byte[] payload, int length) {
        appendPayload(prefix, payload, length);
        sent.lazySet(kind.index(), sent.get(kind.index()) + 1);
    }

    /** Appends one frame that is not counted by its stream; {@code prefix} names the stream in combined mode. */
    void appendPayload(byte[] prefix, byte[] payload, int length) {
        int body = isCombined ? prefix.length + length + 1 : length;
        ByteBuf out = begin(TEXT_FRAME, body);
        if (isCombined) {
            out.writeBytes(prefix).writeBytes(payload, 0, length).writeByte('}');
        } else {
            out.writeBytes(payload, 0, length);
        }
        if (out.readableBytes() >= CHUNK_BYTES && !isThrottled()) {
            write(out);
            outbox = null;
        }
    }

    /**
     * Appends a frame that is not a payload of the market: behind all that was published before it, which on a slowed
     * connection may end in the middle of a frame.
     *
     * @param firstByte FIN and opcode.
     * @param body of the frame.
     */
    void appendControl(int firstByte, byte[] body) {
        if (channel.isActive()) {
            begin(firstByte, body.length).writeBytes(body);
        }
    }

    private ByteBuf begin(int firstByte, int body) {
        ByteBuf out = outbox(body + LONGEST_HEADER);
        out.writeByte(firstByte);
        if (body < LENGTH_16) {
            out.writeByte(body);
        } else if (body <= MAX_LENGTH_16) {
            out.writeByte(LENGTH_16).writeShort(body);
        } else {
            out.writeByte(LENGTH_64).writeLong(body);
        }
        return out;
    }

    private ByteBuf outbox(int more) {
        if (outbox == null) {
            outbox = channel.alloc().directBuffer(Math.max(4096, more));
        }
        return outbox;
    }

    /** Hands what was appended to the channel and flushes it. */
    void flush(long nowNs) {
        isDirty = false;
        if (outbox != null && outbox.isReadable()) {
            if (isThrottled()) {
                writeThrottled(nowNs);
            } else {
                write(outbox);
                outbox = null;
            }
        }
        channel.flush();
    }

    private void writeThrottled(long nowNs) {
        throttleAllowance +=
                (nowNs - throttleNs) / NS_PER_SECOND * throttle.fault().amount();
        throttleNs = nowNs;
        int count = (int) Math.min(throttleAllowance, outbox.readableBytes());
        if (count > 0) {
            throttleAllowance -= count;
            write(Unpooled.copiedBuffer(outbox.readSlice(count)));
            outbox.discardReadBytes();
        }
    }

    private void write(ByteBuf bytes) {
        int count = bytes.readableBytes();
        inFlightBytes += count;
        channel.write(bytes).addListener(future -> {
            inFlightBytes -= count;
            onWritten.run();
        });
    }

    /** Limits what the connection carries to the fault's amount of bytes a second, until the fault is cleared. */
    void throttle(ActiveFault fault, long nowNs) {
        throttle = fault;
        throttleAllowance = 0;
        throttleNs = nowNs;
    }

    /** Gives up the limit: what is left goes out with the next flush. */
    void endThrottle() {
        throttle = null;
    }

    boolean isThrottled() {
        if (throttle != null && (throttle.isSpent() || !throttle.isOn())) {
            throttle = null;
        }
        return throttle != null;
    }

    /** Keeps a payload back until the next of its stream has been sent. */
    void hold(int stream, byte[] payload) {
        if (held == null) {
            held = new HashMap<>();
        }
        held.put(stream, payload);
    }

    /** Takes the payload that was kept back, or null. */
    byte[] takeHeld(int stream) {
        return held == null ? null : held.remove(stream);
    }

    /** Says whether there is something that the channel was not given yet. */
    boolean hasUnsent() {
        return outbox != null && outbox.isReadable();
    }

    /** Returns the bytes that the client has not taken yet, as far as the process knows. */
    long queuedBytes() {
        return inFlightBytes + (outbox == null ? 0 : outbox.readableBytes());
    }

    /** Resets the connection: the client sees it broken, with no close frame. */
    void cut() {
        release();
        Sockets.reset(channel);
    }

    /** Frees what was not written. */
    void release() {
        if (outbox != null) {
            outbox.release();
            outbox = null;
        }
    }
}
