package io.millrace.gateway.account;

import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.CloseReason;
import io.millrace.gateway.transport.Closing;
import io.millrace.gateway.transport.ConnectionCounters;
import io.millrace.gateway.transport.WebSocketConnection;
import io.millrace.gateway.transport.WebSocketContext;
import io.millrace.gateway.transport.WebSocketListener;
import java.net.URI;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the connections that carry the account's stream: comes back when it is lost, is replaced when it grows old. */
final class PrivateConnection implements WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateConnection.class);
    private static final int MESSAGES_PER_SECOND = 8;

    /** What a connection tells its owner. */
    interface Owner {
        /** Returns whether a message would be taken now. */
        boolean isDelivering();

        /** A message. */
        void onText(int slot, DirectBuffer buffer, int offset, int length, long ingressNs);

        /** The connection came up or went down. */
        void onChange();

        /** The connection was lost or could not be made, and not by our own doing. */
        void onLost();
    }

    private final int slot;
    private final WebSocketContext sockets;
    private final PrivateSettings settings;
    private final Owner owner;
    private final ConnectionCounters counters = new ConnectionCounters();
    private final Backoff backoff;
    private WebSocketConnection socket;
    private boolean isOpen;
    private long nextAttemptNs;
    private long replaceAtNs;

    PrivateConnection(int slot, WebSocketContext sockets, PrivateSettings settings, Owner owner) {
        this.slot = slot;
        this.sockets = sockets;
        this.settings = settings;
        this.owner = owner;
        this.backoff = new Backoff(
                settings.firstBackoff().toNanos(), settings.maxBackoff().toNanos(), sockets.random());
    }

    boolean isOpen() {
        return isOpen;
    }

    ConnectionCounters counters() {
        return counters;
    }

    /**
     * Looks after the connection.
     *
     * @param listenKey that it is to carry, null for none.
     * @param mayBeReplaced whether another connection is up, so that this one may go for its age.
     * @param nowNs monotonic time.
     */
    void onTick(String listenKey, boolean mayBeReplaced, long nowNs) {
        if (socket == null) {
            if (listenKey != null && nowNs - nextAttemptNs >= 0) {
                connect(listenKey, nowNs);
            }
            return;
        }
        socket.onTick(nowNs);
        if (!isOpen || socket == null) {
            return;
        }
        if (!socket.isReadStopped()
                && nowNs - socket.lastReadNs() > settings.silence().toNanos()) {
            socket.close(CloseReason.SILENCE, "not even a ping for " + settings.silence());
        } else if (mayBeReplaced && nowNs - replaceAtNs > 0) {
            socket.close(CloseReason.LOCAL, "its lifetime of " + settings.lifetime() + " is over");
        }
    }

    void resume() {
        if (socket != null && isOpen) {
            socket.resume();
        }
    }

    /** Drops the connection, if there is one; the next comes at once. */
    void drop(String why) {
        nextAttemptNs = sockets.clock().monotonicNs();
        if (socket != null) {
            socket.close(CloseReason.LOCAL, why);
        }
    }

    private void connect(String listenKey, long nowNs) {
        URI base = settings.uri();
        // The venue cuts at twenty-four hours: each connection leaves at a time of its own.
        long lifetimeNs = settings.lifetime().toNanos();
        replaceAtNs = nowNs + lifetimeNs - slot * (lifetimeNs / (2L * settings.connections()));
        socket = new WebSocketConnection(
                sockets, URI.create(base + "/ws/" + listenKey), MESSAGES_PER_SECOND, counters, this);
        socket.connect();
    }

    @Override
    public void onOpen() {
        isOpen = true;
        owner.onChange();
    }

    @Override
    public boolean isDelivering() {
        return owner.isDelivering();
    }

    @Override
    public void onText(DirectBuffer buffer, int offset, int length, long ingressNs) {
        backoff.reset();
        owner.onText(slot, buffer, offset, length, ingressNs);
    }

    @Override
    public void onClosed(Closing closing) {
        // The key stands in the address: nothing of that goes into a log.
        LOG.info("private stream, connection {}: {}", slot, closing.reason());
        long nowNs = sockets.clock().monotonicNs();
        boolean wasOpen = isOpen;
        isOpen = false;
        socket = null;
        if (closing.reason() != CloseReason.LOCAL) {
            nextAttemptNs = nowNs + Math.max(closing.retryAfterNs(), backoff.nextNs());
        }
        if (wasOpen) {
            owner.onChange();
        }
        if (closing.reason() != CloseReason.LOCAL) {
            owner.onLost();
        }
    }
}
