package io.millrace.gateway.account;

import io.millrace.codecs.binance.PrivateDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.WebSocketContext;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's stream: keeps a listen key alive, holds several connections with it at the same time, and hands over what
 * they bring, once. Says by PrivateStatus when the stream came up (from then on events come, what was before has to be asked
 * for), when the last of its connections was lost, and when the key died. One connection of several may go and come back
 * without a word, because nothing is missed.
 *
 * <p>A connection with a dead key looks alive. So the key is renewed well before its end, and at once when a connection is
 * lost or the stream is silent about an order that the venue has answered ({@link #expect}). An answer that there is no such
 * key, or a {@code listenKeyExpired}, drops all connections and begins anew.
 *
 * <p><b>Thread:</b> the loop's. <b>Allocation:</b> none for an event while the ring takes events.
 */
public final class PrivateStream implements PrivateConnection.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateStream.class);
    private static final int SEEN_EVENTS = 8 * 1024;
    /** Ids of these connections, for the events' headers: market connections count up from 1. */
    private static final int FIRST_CONNECTION_ID = 65_000;

    /** Looks at the key that are not on schedule keep this distance: each costs weight. */
    private static final long LOOK_PAUSE_NS = TimeUnit.SECONDS.toNanos(5);

    private final WebSocketContext sockets;
    private final PrivateSettings settings;
    private final ListenKeys keys;
    private final ControlOutbox outbox;
    private final PrivateDecoder decoder;
    private final SeenEvents seen = new SeenEvents(SEEN_EVENTS);
    private final PrivateConnection[] connections;
    private final Backoff keyBackoff;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + PrivateStatusEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final PrivateStatusEncoder status = new PrivateStatusEncoder();

    private String listenKey;
    private boolean isAsking;
    private boolean isHeldBack;
    private boolean isStopped;
    private long nextKeyRequestNs;
    private long lookedAtNs;
    private long lastEventNs;
    /** The stream has to have told something by then; 0 for nothing. */
    private long expectedByNs;

    private boolean isReportedUp;
    private long duplicates;
    private long keysUsed;

    /**
     * Makes a stream that has no connection yet; {@link #onTick} opens it.
     *
     * @param sockets loop, resolver, TLS, clock.
     * @param settings of the stream.
     * @param keys where listen keys come from.
     * @param outbox takes the events.
     * @param instruments by symbol; of the loop's thread.
     * @param slotLength longest event in bytes.
     */
    public PrivateStream(
            WebSocketContext sockets,
            PrivateSettings settings,
            ListenKeys keys,
            ControlOutbox outbox,
            InstrumentTable instruments,
            int slotLength) {
        this.sockets = sockets;
        this.settings = settings;
        this.keys = keys;
        this.outbox = outbox;
        this.decoder = new PrivateDecoder(instruments, slotLength);
        this.keyBackoff = new Backoff(
                settings.firstBackoff().toNanos(), settings.maxBackoff().toNanos(), sockets.random());
        this.nextKeyRequestNs = sockets.clock().monotonicNs();
        this.lookedAtNs = nextKeyRequestNs - LOOK_PAUSE_NS;
        this.lastEventNs = nextKeyRequestNs;
        this.connections = new PrivateConnection[settings.connections()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new PrivateConnection(i, sockets, settings, this);
        }
    }

    /**
     * Looks after the key and the connections; call it every few milliseconds.
     *
     * @param nowNs monotonic time.
     */
    public void onTick(long nowNs) {
        if (isStopped) {
            return;
        }
        if (expectedByNs != 0 && nowNs - expectedByNs >= 0) {
            expectedByNs = 0;
            LOG.warn("the private stream is silent about an order: its key is looked at");
            lookAtKey(nowNs);
        }
        if (!isAsking && nowNs - nextKeyRequestNs >= 0) {
            isAsking = true;
            if (listenKey == null) {
                keys.start(this::onKey);
            } else {
                keys.keepAlive(this::onRenewed);
            }
        }
        int open = openConnections();
        for (PrivateConnection connection : connections) {
            connection.onTick(listenKey, open > 1, nowNs);
        }
        if (isHeldBack && outbox.isEmpty()) {
            isHeldBack = false;
            for (PrivateConnection connection : connections) {
                connection.resume();
            }
        }
    }

    /**
     * The venue has answered a request that changed an order: the stream has to tell of it, too. If it tells nothing at all
     * in time, its key may be dead.
     *
     * @param sentNs monotonic time at which the request left.
     */
    public void expect(long sentNs) {
        if (expectedByNs == 0 && isReportedUp && lastEventNs - sentNs < 0) {
            expectedByNs = sockets.clock().monotonicNs() + settings.patience().toNanos();
        }
    }

    /** Renews the key out of turn: the answer says whether it lives. */
    private void lookAtKey(long nowNs) {
        if (listenKey != null && nowNs - lookedAtNs >= LOOK_PAUSE_NS) {
            lookedAtNs = nowNs;
            nextKeyRequestNs = nowNs;
        }
    }

    /** Closes all connections. The key lives on: another process of the account may use it. */
    public void stop() {
        isStopped = true;
        for (PrivateConnection connection : connections) {
            connection.drop("the run ends");
        }
    }

    /** Returns how many connections carry the stream now. */
    public int openConnections() {
        int open = 0;
        for (PrivateConnection connection : connections) {
            open += connection.isOpen() ? 1 : 0;
        }
        return open;
    }

    /** Returns how many events came again over another connection. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns how many keys were used one after the other. */
    public long keysUsed() {
        return keysUsed;
    }

    /** Returns how many frames ended in a DecodeError. */
    public long decodeErrors() {
        return decoder.counters().errors();
    }

    private void onKey(ListenKeys.Answer answer) {
        isAsking = false;
        long nowNs = sockets.clock().monotonicNs();
        if (!answer.isOk() || answer.listenKey() == null) {
            nextKeyRequestNs = Math.max(nowNs + keyBackoff.nextNs(), answer.retryAtNs());
            LOG.warn("no listen key: asked again after a while");
            return;
        }
        keyBackoff.reset();
        nextKeyRequestNs = nowNs + settings.renewal().toNanos();
        listenKey = answer.listenKey();
        keysUsed++;
    }

    private void onRenewed(ListenKeys.Answer answer) {
        isAsking = false;
        long nowNs = sockets.clock().monotonicNs();
        boolean isAnother = answer.isOk()
                && answer.listenKey() != null
                && !answer.listenKey().equals(listenKey);
        if (answer.isGone() || isAnother) {
            onDeadKey();
        } else if (answer.isOk()) {
            keyBackoff.reset();
            nextKeyRequestNs = nowNs + settings.renewal().toNanos();
            tell(PrivateState.RENEWED);
        } else {
            nextKeyRequestNs = Math.max(nowNs + keyBackoff.nextNs(), answer.retryAtNs());
        }
    }

    private void onDeadKey() {
        if (listenKey == null) {
            return;
        }
        LOG.warn("the listen key is dead: a new one is asked for");
        listenKey = null;
        expectedByNs = 0;
        nextKeyRequestNs = sockets.clock().monotonicNs();
        tell(PrivateState.KEY_EXPIRED);
        for (PrivateConnection connection : connections) {
            connection.drop("its listen key is dead");
        }
        seen.clear();
    }

    @Override
    public boolean isDelivering() {
        isHeldBack |= !outbox.isEmpty();
        return outbox.isEmpty();
    }

    @Override
    public void onText(int slot, DirectBuffer message, int offset, int length, long ingressNs) {
        decoder.decode(message, offset, length, FIRST_CONNECTION_ID + slot, ingressNs);
        if (decoder.isKeyExpired()) {
            onDeadKey();
            return;
        }
        int encodedLength = decoder.encodedLength();
        if (encodedLength == 0) {
            return;
        }
        lastEventNs = sockets.clock().monotonicNs();
        expectedByNs = 0;
        if (seen.isNew(decoder.encoded(), 0, encodedLength)) {
            outbox.publish(decoder.encoded(), 0, encodedLength);
        } else {
            duplicates++;
        }
    }

    @Override
    public void onChange() {
        boolean isUp = openConnections() > 0;
        if (isUp != isReportedUp && !isStopped) {
            isReportedUp = isUp;
            tell(isUp ? PrivateState.UP : PrivateState.DOWN);
        }
    }

    @Override
    public void onLost() {
        if (!isStopped) {
            lookAtKey(sockets.clock().monotonicNs());
        }
    }

    private void tell(PrivateState state) {
        status.wrapAndApplyHeader(buffer, 0, frame)
                .connections(openConnections())
                .state(state);
        int length = status.limit();
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.ACCOUNT);
        EventHeader.instrumentId(buffer, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.ingressNs(buffer, 0, sockets.clock().nowNs());
        outbox.publish(buffer, 0, length);
    }
}
