package io.millrace.gateway.orders;

import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.CloseReason;
import io.millrace.gateway.transport.Closing;
import io.millrace.gateway.transport.Outbound;
import io.millrace.gateway.transport.WebSocketConnection;
import io.millrace.gateway.transport.WebSocketContext;
import io.millrace.gateway.transport.WebSocketListener;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the WebSocket API, from the socket to a session that is logged on, until it ends.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class ApiSession implements WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSession.class);
    /** Pongs to the venue's pings; requests are not counted. */
    private static final int FRAMES_PER_SECOND = 5;

    private static final int LOGON_WINDOW_MS = 5000;
    private static final int OK = 200;

    private enum State {
        CONNECTING,
        LOGGING_ON,
        READY,
        ENDED
    }

    /** Whoever has sessions. */
    interface Owner {
        /** The session takes requests from now on. */
        void onReady(ApiSession session);

        /** An answer came that is not the session's own; the decoder has read it. */
        void onAnswer(ApiSession session, DirectBuffer buffer, int offset, int length);

        /** The session is over. */
        void onEnded(ApiSession session, Closing closing);

        /** The venue has refused the key, and will again. */
        void onKeyRefused(int code);
    }

    private final OrderLinkSettings.Times times;
    private final WebSocketConnection connection;
    private final VenueRest rest;
    private final ApiKey key;
    private final AnswerDecoder answers;
    private final Owner owner;
    private final WebSocketContext sockets;
    private final int connectionId;
    private final long logonId;
    private final long startedNs;
    private State state = State.CONNECTING;
    private long logonUntilNs;
    private long pingedNs;
    private long busySinceNs;
    private boolean isBusy;
    private long answeredNs;
    private boolean isLoggedOff;

    ApiSession(OrderLinkSettings settings, OrderDesk.Parts parts, int connectionId, long logonId, Owner owner) {
        this.sockets = parts.sockets();
        this.times = settings.times();
        this.rest = parts.rest();
        this.key = parts.key();
        this.answers = parts.answers();
        this.connectionId = connectionId;
        this.logonId = logonId;
        this.owner = owner;
        this.startedNs = sockets.clock().monotonicNs();
        this.connection = new WebSocketConnection(sockets, settings.wsApi(), FRAMES_PER_SECOND, parts.counters(), this);
    }

    void connect() {
        connection.connect();
    }

    /** Returns whether it is logged on and can be given requests. */
    boolean isReady() {
        return state == State.READY && connection.isOpen() && !isLoggedOff;
    }

    /** The venue does not know the session's logon any more. */
    void onLoggedOff() {
        isLoggedOff = true;
    }

    /** Returns whether the session has lost its logon: it only waits for its answers. */
    boolean isLoggedOff() {
        return isLoggedOff;
    }

    /** Returns ingress time of the last answer's frame. */
    long answeredNs() {
        return answeredNs;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    long startedNs() {
        return startedNs;
    }

    /** Sends a request if all before it has left. */
    boolean offer(DirectBuffer request, int length) {
        boolean isTaken = connection.offerText(request, 0, length);
        if (!isTaken && !isBusy) {
            noteBusy();
        }
        return isTaken;
    }

    /** Makes a request's frame and sends nothing; see {@link WebSocketConnection#rehearseText}. */
    void rehearse(DirectBuffer request, int length) {
        connection.rehearseText(request, 0, length);
    }

    /** Returns whether not one byte of the last request has left yet. */
    boolean isHolding() {
        boolean isHolding = connection.outbound() == Outbound.HELD;
        if (isHolding && !isBusy) {
            noteBusy();
        }
        return isHolding;
    }

    private void noteBusy() {
        isBusy = true;
        busySinceNs = sockets.clock().monotonicNs();
    }

    void close(CloseReason reason, String detail) {
        connection.close(reason, detail);
    }

    void onTick(long nowNs) {
        connection.onTick(nowNs);
        if (state == State.LOGGING_ON && nowNs - logonUntilNs > 0) {
            close(CloseReason.HANDSHAKE_TIMEOUT, "no answer to the logon");
        }
        if (state != State.READY) {
            return;
        }
        isBusy = isBusy && connection.outbound() != Outbound.DRAINED;
        long silentNs = nowNs - connection.lastReadNs();
        if (isBusy && nowNs - busySinceNs > times.stall().toNanos()) {
            close(CloseReason.SILENCE, "the socket takes nothing");
        } else if (silentNs > times.silence().toNanos()) {
            close(CloseReason.SILENCE, "no sign of life");
        } else if (silentNs > times.ping().toNanos()
                && nowNs - pingedNs > times.ping().toNanos()) {
            pingedNs = nowNs;
            connection.ping();
        }
    }

    @Override
    public void onOpen() {
        state = State.LOGGING_ON;
        logonUntilNs = sockets.clock().monotonicNs() + times.answer().toNanos();
        long timestampMs = rest.venueNowMs();
        String payload = "apiKey=" + key.name() + "&recvWindow=" + LOGON_WINDOW_MS + "&timestamp=" + timestampMs;
        String request = "{\"id\":" + logonId + ",\"method\":\"session.logon\",\"params\":{\"apiKey\":\"" + key.name()
                + "\",\"recvWindow\":" + LOGON_WINDOW_MS + ",\"signature\":\"" + key.sign(payload)
                + "\",\"timestamp\":" + timestampMs + "}}";
        byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
        if (!connection.offerText(new UnsafeBuffer(bytes), 0, bytes.length)) {
            close(CloseReason.CONNECTION_LOST, "the socket takes nothing");
        }
    }

    @Override
    public boolean isDelivering() {
        return true;
    }

    @Override
    public void onText(DirectBuffer buffer, int offset, int length, long ingressNs) {
        answeredNs = ingressNs;
        boolean isRead = answers.readAnswer(buffer, offset, length, connectionId, ingressNs);
        if (isRead && state == State.LOGGING_ON && answers.requestId() == logonId) {
            onLogon();
        } else {
            owner.onAnswer(this, buffer, offset, length);
        }
    }

    private void onLogon() {
        if (answers.status() == OK) {
            state = State.READY;
            owner.onReady(this);
            return;
        }
        LOG.error("the WebSocket API refused the logon: code {}, {}", answers.code(), answers.message());
        if (Verdict.isLimited(answers.status())) {
            rest.onLimited(answers.status(), answers.code(), -1, VenueRest.bannedUntilMs(answers.message()));
        }
        owner.onKeyRefused(answers.code());
        close(CloseReason.REFUSED, "the logon was refused, code " + answers.code());
    }

    @Override
    public void onClosed(Closing closing) {
        state = State.ENDED;
        owner.onEnded(this, closing);
    }

    @Override
    public String toString() {
        return "session " + connectionId;
    }
}
