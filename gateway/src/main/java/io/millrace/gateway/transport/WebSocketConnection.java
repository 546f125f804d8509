package io.millrace.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection, as a client: connects, asks for the upgrade, and from then on reads frames with {@link
 * FrameParser} where the kernel put them. Pings are answered here. When its listener does not take messages, it reads
 * ahead within bounds, answers the pings among what it read, and stops reading when the bounds are reached.
 *
 * <p><b>Thread:</b> confined to the loop's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a write or a close ends, the channel's end tells.
public final class WebSocketConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
    private static final int MAX_HANDSHAKE_BYTES = 64 * 1024;
    /** A little more than the venue's second: what left evenly may arrive closer together. */
    private static final long PACING_WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(1100);

    private static final int PROMPT_BYTES = 4096;
    /** Of frames that nobody gets; random numbers are for those that leave. */
    private static final int REHEARSED_MASK = 0x5A5A_5A5A;

    private static final byte[] NOTHING = {};

    private static final String SECURE_SCHEME = "wss";
    private static final int SECURE_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private enum State {
        CONNECTING,
        /** Upgraded; the input may have ended while messages still wait for the listener. */
        OPEN,
        ENDING,
        CLOSED
    }

    private final WebSocketContext shared;
    private final URI uri;
    private final boolean isSecure;
    private final WebSocketListener listener;
    private final ConnectionCounters counters;
    private final MessagePacer pacer;
    private final FrameReader reader;

    private State state = State.CONNECTING;
    private Channel channel;
    private boolean wasActive;
    private boolean isUpgrading;
    private boolean isInputEnded;
    private boolean isReadOn = true;
    private Closing closing;
    private byte[] heldPing;
    private ByteBuf prompt;
    private long lastReadNs;
    private long lastIngressNs;
    private long handshakeDeadlineNs;

    /**
     * Makes a connection; {@link #connect()} opens it.
     *
     * @param shared what all connections share.
     * @param uri {@code ws} or {@code wss}.
     * @param messagesPerSecond most frames sent in a second.
     * @param counters of the slot that it fills.
     * @param listener its owner.
     */
    public WebSocketConnection(
            WebSocketContext shared,
            URI uri,
            int messagesPerSecond,
            ConnectionCounters counters,
            WebSocketListener listener) {
        this.shared = shared;
        this.uri = uri;
        this.isSecure = SECURE_SCHEME.equalsIgnoreCase(uri.getScheme());
        this.listener = listener;
        this.counters = counters;
        this.pacer = new MessagePacer(messagesPerSecond, PACING_WINDOW_NS);
        this.reader = new FrameReader(shared.settings(), counters, listener, this);
    }

    /** Begins to connect; ends in {@link WebSocketListener#onOpen} or {@link WebSocketListener#onClosed}. */
    public void connect() {
        TransportSettings settings = shared.settings();
        lastReadNs = shared.clock().monotonicNs();
        handshakeDeadlineNs = lastReadNs
                + settings.connectTimeout().toNanos()
                + settings.handshakeTimeout().toNanos();
        counters.increment(ConnectionCounters.CONNECTS);
        shared.resolver().resolve(uri.getHost(), port(), this::connectTo);
    }

    /**
     * Sends a text message if the venue's limit allows one more now.
     *
     * @param text to send.
     * @param reserve how many messages must stay possible for pongs.
     * @return whether it was sent; if not, try again later.
     */
    public boolean trySend(String text, int reserve) {
        if (!isOpen() || !pacer.tryAcquire(shared.clock().monotonicNs(), reserve)) {
            return false;
        }
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        send(ClientFrames.frame(channel.alloc(), FrameParser.TEXT, payload, shared.random()));
        return true;
    }

    /**
     * Sends a text message that must not leave late: only if all that was sent before has left, and without counting it as one
     * of the messages a second. Nothing is allocated but for a message longer than any before.
     *
     * @param source holds the message.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return whether it was taken; {@link #outbound()} tells how far it has come. If not, try again later.
     */
    public boolean offerText(DirectBuffer source, int offset, int length) {
        if (!isOpen() || Outbound.stateOf(channel) != Outbound.DRAINED) {
            return false;
        }
        if (prompt == null) {
            prompt = Unpooled.directBuffer(PROMPT_BYTES);
        }
        ClientFrames.text(prompt, source, offset, length, shared.random().nextInt());
        send(prompt.retain());
        return true;
    }

    /**
     * Makes the frame of a text message as {@link #offerText} does and sends nothing.
     *
     * @param source holds the message.
     * @param offset of its first byte.
     * @param length in bytes.
     */
    public void rehearseText(DirectBuffer source, int offset, int length) {
        // A frame that waits for the socket is still needed.
        if (prompt != null && isOpen() && Outbound.stateOf(channel) == Outbound.DRAINED) {
            ClientFrames.text(prompt, source, offset, length, REHEARSED_MASK);
        }
    }

    /** Returns how far what was sent has come, see {@link Outbound}. */
    public int outbound() {
        return isOpen() ? Outbound.stateOf(channel) : Outbound.CLOSED;
    }

    /** Asks the server for a pong, unless the socket takes nothing anyway. */
    public void ping() {
        if (outbound() == Outbound.DRAINED) {
            send(ClientFrames.frame(channel.alloc(), FrameParser.PING, NOTHING, shared.random()));
        }
    }

    /** Asks the listener again whether it takes messages, and hands over what stands ready. */
    public void resume() {
        if (state == State.OPEN) {
            lastReadNs = shared.clock().monotonicNs();
            reader.process(lastIngressNs);
            finishIfDrained();
        }
    }

    /**
     * Looks after time limits and pongs that had to wait; call it every few milliseconds.
     *
     * @param nowNs monotonic time.
     */
    public void onTick(long nowNs) {
        if (state == State.CONNECTING && nowNs > handshakeDeadlineNs) {
            fail(Closing.of(CloseReason.HANDSHAKE_TIMEOUT, "no upgrade of " + uri.getHost() + " in time"), 0);
        }
        if (heldPing != null && isOpen() && pacer.tryAcquire(nowNs, 0)) {
            counters.increment(ConnectionCounters.PONGS);
            send(ClientFrames.frame(channel.alloc(), FrameParser.PONG, heldPing, shared.random()));
            heldPing = null;
        }
    }

    /**
     * Closes the connection from this side; what has arrived and was not taken is dropped.
     *
     * @param reason handed to the listener.
     * @param detail handed to the listener.
     */
    public void close(CloseReason reason, String detail) {
        fail(Closing.of(reason, detail), CloseCodes.NORMAL);
    }

    /** Returns whether messages can be sent. */
    public boolean isOpen() {
        return state == State.OPEN && !isInputEnded;
    }

    /** Returns whether the read-ahead is full, so that silence means nothing. */
    public boolean isReadStopped() {
        return !isReadOn;
    }

    /** Returns monotonic time of the last bytes read, or of the last {@link #resume()}. */
    public long lastReadNs() {
        return lastReadNs;
    }

    // ---- establishing ----

    private void connectTo(InetSocketAddress address) {
        if (state != State.CONNECTING) {
            return;
        }
        if (address == null) {
            fail(Closing.of(CloseReason.CONNECT_FAILED, "host " + uri.getHost() + " has no address"), 0);
            return;
        }
        if (isSecure && !shared.tls().isAllowed(address.getAddress())) {
            String detail =
                    "transport.trust=INSECURE_LOOPBACK does not reach " + address + ": use SYSTEM or CERTIFICATE";
            fail(Closing.of(CloseReason.TLS_FAILED, detail), 0);
            return;
        }
        ChannelFuture connecting = shared.loop()
                .bootstrap(shared.settings().connectTimeout())
                .option(ChannelOption.RECVBUF_ALLOCATOR, reader.received())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        initPipeline(ch.pipeline());
                    }
                })
                .connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                fail(Closing.of(CloseReason.CONNECT_FAILED, String.valueOf(done.cause())), 0);
            }
        });
    }

    private void initPipeline(ChannelPipeline pipeline) {
        String hostHeader = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        if (isSecure) {
            pipeline.addLast("tls", shared.tls().newHandler(pipeline.channel().alloc(), uri.getHost(), port()));
        }
        pipeline.addLast("http", new HttpClientCodec())
                .addLast("whole", new HttpObjectAggregator(MAX_HANDSHAKE_BYTES))
                .addLast("upgrade", new UpgradeHandler(uri, hostHeader, shared.random(), this))
                .addLast("frames", new FrameChannelHandler(this));
    }

    void refuse(int status, String detail, long retryAfterNs) {
        fail(new Closing(CloseReason.REFUSED, status, uri.getHost() + " " + detail, retryAfterNs), 0);
    }

    void onTlsFailure(Throwable cause) {
        fail(Closing.of(CloseReason.TLS_FAILED, String.valueOf(cause)), 0);
    }

    void onActive() {
        wasActive = true;
    }

    void upgraded() {
        if (state != State.CONNECTING) {
            return;
        }
        stampRead();
        // What the codec has already read of the first frames, it passes on when it is removed; they are kept until the
        // listener knows that the connection is open, and may send.
        isUpgrading = true;
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.remove("upgrade");
        pipeline.remove("whole");
        pipeline.remove("http");
        isUpgrading = false;
        if (!isSecure) {
            reader.received().attach();
        }
        state = State.OPEN;
        listener.onOpen();
        reader.process(lastIngressNs);
    }

    // ---- reading ----

    void onRead(ByteBuf message) {
        if (isUpgrading) {
            reader.keep(message);
            return;
        }
        if (state != State.OPEN) {
            message.release();
            return;
        }
        stampRead();
        reader.onRead(message, lastIngressNs);
    }

    boolean isReading() {
        return state == State.OPEN;
    }

    void setReading(boolean isOn) {
        if (isOn != isReadOn) {
            isReadOn = isOn;
            if (!isOn) {
                counters.increment(ConnectionCounters.READ_STOPS);
            }
            channel.config().setAutoRead(isOn);
        }
    }

    void answerPing(DirectBuffer payload, int offset, int length) {
        counters.increment(ConnectionCounters.PINGS);
        if (!isOpen()) {
            return;
        }
        if (pacer.tryAcquire(shared.clock().monotonicNs(), 0)) {
            counters.increment(ConnectionCounters.PONGS);
            send(ClientFrames.pong(channel.alloc(), payload, offset, length, shared.random()));
            heldPing = null;
        } else {
            // More pings than the venue takes messages: RFC 6455 asks for an answer to the most recent one only.
            heldPing = new byte[length];
            payload.getBytes(offset, heldPing);
        }
    }

    void onCloseFrame(int code) {
        int answer = code == CloseCodes.NO_STATUS ? CloseCodes.NORMAL : code;
        fail(new Closing(CloseReason.CLOSED_BY_SERVER, code, "close frame, code " + code, 0), answer);
    }

    void onBinary() {
        fail(Closing.of(CloseReason.UNSUPPORTED_DATA, "binary message"), CloseCodes.UNSUPPORTED_DATA);
    }

    void onViolation(int violation) {
        boolean isTooLong = violation == FrameParser.MESSAGE_TOO_LONG;
        CloseReason reason = isTooLong ? CloseReason.MESSAGE_TOO_LONG : CloseReason.PROTOCOL_VIOLATION;
        int code = FrameParser.closeCodeFor(violation);
        fail(new Closing(reason, code, FrameParser.violationName(violation), 0), code);
    }

    void onException(Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof io.netty.handler.codec.DecoderException)) {
            LOG.error("{}: the connection is given up after a fault", uri.getHost(), cause);
        }
        if (state == State.CONNECTING) {
            CloseReason reason = isSecure ? CloseReason.TLS_FAILED : CloseReason.CONNECTION_LOST;
            fail(Closing.of(reason, String.valueOf(cause)), 0);
        } else if (closing == null) {
            closing = Closing.of(CloseReason.CONNECTION_LOST, String.valueOf(cause));
            channel.close();
        }
    }

    void onInactive() {
        isInputEnded = true;
        if (state == State.OPEN) {
            if (closing == null) {
                closing = Closing.of(CloseReason.CONNECTION_LOST, "the server ended the TCP connection");
            }
            finishIfDrained();
        } else if (state == State.CONNECTING) {
            fail(Closing.of(CloseReason.CONNECTION_LOST, "the server ended the TCP connection before the upgrade"), 0);
        } else {
            finish();
        }
    }

    // ---- ending ----

    private void fail(Closing why, int closeCode) {
        if (state == State.ENDING || state == State.CLOSED) {
            return;
        }
        if (isOpen() && closeCode > 0) {
            send(ClientFrames.close(channel.alloc(), closeCode, "", shared.random()));
        }
        closing = why;
        boolean isWaitingForEnd = wasActive && !isInputEnded;
        state = State.ENDING;
        if (channel != null) {
            channel.close();
        }
        if (!isWaitingForEnd) {
            finish();
        }
    }

    /** After the end of the input the listener still gets every message that had arrived whole. */
    private void finishIfDrained() {
        if (state == State.OPEN && isInputEnded && listener.isDelivering()) {
            finish();
        }
    }

    private void finish() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (closing.reason() != CloseReason.LOCAL) {
            counters.increment(ConnectionCounters.FAILURES);
        }
        listener.onClosed(closing);
        shared.loop().execute(this::free);
    }

    private void free() {
        reader.received().free();
        if (prompt != null) {
            prompt.release();
            prompt = null;
        }
    }

    private void stampRead() {
        lastReadNs = shared.clock().monotonicNs();
        lastIngressNs = lastReadNs + shared.clock().offsetNs();
    }

    private void send(ByteBuf frame) {
        counters.increment(ConnectionCounters.SENT);
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    private int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure ? SECURE_PORT : PLAIN_PORT;
    }
}
