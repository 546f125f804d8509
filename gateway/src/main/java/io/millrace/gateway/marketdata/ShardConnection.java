package io.millrace.gateway.marketdata;

import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.CloseReason;
import io.millrace.gateway.transport.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streams of one shard coming: connects, reconnects with backoff, replaces the socket before the venue cuts it,
 * and says by StreamStatus events which streams came up, were lost or moved.
 */
final class ShardConnection implements MarketSession.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(ShardConnection.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BANNED = 418;
    private static final long TOO_MANY_REQUESTS_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long BANNED_NS = TimeUnit.MINUTES.toNanos(2);

    private final FeedContext context;
    private final Shard shard;
    private final List<StreamRef> streams;
    private final FeedCounters counters = new FeedCounters();
    private final Backoff backoff;
    private final short[] reported = new short[InstrumentSpec.MAX_INSTRUMENTS];
    private final int[] ids = new int[InstrumentSpec.MAX_INSTRUMENTS];

    private MarketSession primary;
    private MarketSession successor;
    private Handover handover;
    private long handoverUntilNs;
    private long nextAttemptNs;
    private long replaceAtNs;
    private boolean isStopped;

    ShardConnection(FeedContext context, Shard shard) {
        this.context = context;
        this.shard = shard;
        this.streams = new ArrayList<>(shard.streams());
        StreamSettings.Life life = context.settings().life();
        this.backoff = new Backoff(
                life.firstBackoff().toNanos(),
                life.maxBackoff().toNanos(),
                context.sockets().random());
        this.nextAttemptNs = context.nowNs();
    }

    Shard shard() {
        return shard;
    }

    FeedCounters counters() {
        return counters;
    }

    /** Returns how many more streams the connection may carry. */
    int room() {
        return context.settings().streamsPerConnection() - streams.size();
    }

    /** Returns whether all streams of the shard are subscribed. */
    boolean isUp() {
        return streams.isEmpty() || (primary != null && primary.isSubscribed());
    }

    void onTick(long nowNs) {
        if (primary != null) {
            primary.onTick(nowNs);
        }
        if (successor != null) {
            successor.onTick(nowNs);
            lookAtHandover(nowNs);
        }
        boolean isNeeded = !streams.isEmpty() && (primary == null || (successor == null && isDue(nowNs)));
        if (isNeeded
                && !isStopped
                && nowNs - nextAttemptNs >= 0
                && context.pacer().tryAcquire(nowNs)) {
            open();
        }
    }

    /** Lets the sockets go on with what they hold. */
    void resume() {
        if (primary != null) {
            primary.connection().resume();
        }
        if (successor != null) {
            successor.connection().resume();
        }
    }

    /** Adds streams that are subscribed now and at every reconnect. */
    void add(List<StreamRef> more) {
        streams.addAll(more);
        forEachSession(session -> session.subscribe(more));
    }

    /** Returns the bits of the streams of an instrument that stand here. */
    int streamsOf(int instrumentId) {
        int bits = 0;
        for (StreamRef ref : streams) {
            bits |= ref.instrumentId() == instrumentId ? Streams.bit(ref.stream()) : 0;
        }
        return bits;
    }

    /** Takes streams of an instrument off. */
    void remove(int instrumentId, int streamBits) {
        List<StreamRef> gone = select(instrumentId, streamBits);
        if (!gone.isEmpty()) {
            streams.removeAll(gone);
            forEachSession(session -> session.unsubscribe(gone));
        }
    }

    /**
     * Subscribes streams of an instrument anew.
     *
     * @return how many streams it concerns; 0 if none stands here; -1 if the connection is down, and will subscribe them
     *     anyway when it comes up.
     */
    int resubscribe(int instrumentId, int streamBits) {
        List<StreamRef> refs = select(instrumentId, streamBits);
        if (refs.isEmpty()) {
            return 0;
        }
        if (primary == null || !primary.connection().isOpen()) {
            return -1;
        }
        forEachSession(session -> {
            session.unsubscribe(refs);
            session.subscribe(refs);
        });
        return refs.size();
    }

    void stop() {
        isStopped = true;
        forEachSession(session -> session.connection().close(CloseReason.LOCAL, "the gateway stops"));
    }

    @Override
    public void onSubscribed(MarketSession session, List<StreamRef> subscribed) {
        if (session == primary) {
            report(StreamState.SUBSCRIBED, session, subscribed);
        } else if (session.isSubscribed() && handover == null) {
            handover = new Handover(deliveredByPrimary());
            handoverUntilNs =
                    context.nowNs() + context.settings().life().handover().toNanos();
            primary.watch(handover, false);
            session.watch(handover, true);
        }
    }

    @Override
    public void onUnsubscribed(MarketSession session, List<StreamRef> unsubscribed) {
        if (session == primary) {
            report(StreamState.LOST, session, unsubscribed);
        }
    }

    @Override
    public void onEnded(MarketSession session, Closing closing) {
        long nowNs = context.nowNs();
        if (session != primary && session != successor) {
            return;
        }
        if (!isStopped) {
            LOG.warn(
                    "connection {} of shard {} ended: {}, {}",
                    session.connectionId(),
                    shard.index(),
                    closing.reason(),
                    closing.detail());
            scheduleNext(session, closing, nowNs);
        }
        if (session == successor) {
            endHandover();
            successor = null;
            return;
        }
        MarketSession heir = successor;
        report(StreamState.LOST, session, streams);
        primary = null;
        if (heir != null) {
            endHandover();
            successor = null;
            promote(heir);
            report(StreamState.SUBSCRIBED, heir, heir.acknowledged());
        }
    }

    private void scheduleNext(MarketSession session, Closing closing, long nowNs) {
        if (nowNs - session.startedNs() > context.settings().life().maxBackoff().toNanos()) {
            backoff.reset();
        }
        nextAttemptNs = nowNs + backoff.nextNs();
        if (closing.reason() == CloseReason.REFUSED) {
            long stayAwayNs = closing.retryAfterNs();
            if (stayAwayNs == 0 && closing.code() == TOO_MANY_REQUESTS) {
                stayAwayNs = TOO_MANY_REQUESTS_NS;
            } else if (stayAwayNs == 0 && closing.code() == BANNED) {
                stayAwayNs = BANNED_NS;
            }
            if (stayAwayNs > 0) {
                context.pacer().block(nowNs + stayAwayNs);
            }
        }
    }

    private void open() {
        MarketSession session = new MarketSession(context, shard.route(), streams, counters, this);
        if (primary == null) {
            promote(session);
        } else {
            successor = session;
        }
        session.connect();
    }

    private void promote(MarketSession session) {
        primary = session;
        StreamSettings.Life life = context.settings().life();
        long jitterNs =
                Math.min(life.lifetimeJitter().toNanos(), life.lifetime().toNanos() / 2);
        long earlierNs = jitterNs == 0 ? 0 : context.sockets().random().nextLong(jitterNs);
        replaceAtNs = session.startedNs() + life.lifetime().toNanos() - earlierNs;
    }

    private boolean isDue(long nowNs) {
        return nowNs - replaceAtNs >= 0 && primary.isSubscribed();
    }

    private void lookAtHandover(long nowNs) {
        // While the engine takes nothing, what the old connection still holds counts as not delivered.
        if (handover == null || primary == null || !context.publisher().isOpen()) {
            return;
        }
        boolean isOver = nowNs - handoverUntilNs > 0;
        if (handover.isComplete(streams) || (isOver && handover.isAcceptable(streams))) {
            MarketSession old = primary;
            MarketSession heir = successor;
            endHandover();
            successor = null;
            promote(heir);
            report(StreamState.MOVED, heir, streams);
            counters.increment(FeedCounters.ROLLOVERS);
            old.connection().close(CloseReason.LOCAL, "replaced");
        } else if (isOver) {
            successor.connection().close(CloseReason.SILENCE, "the new connection lacks streams of the old one");
        }
    }

    private void endHandover() {
        handover = null;
        forEachSession(session -> session.watch(null, false));
    }

    private short[] deliveredByPrimary() {
        return java.util.Arrays.copyOf(primary.delivered(), InstrumentSpec.MAX_INSTRUMENTS);
    }

    private List<StreamRef> select(int instrumentId, int streamBits) {
        return streams.stream()
                .filter(ref -> ref.instrumentId() == instrumentId && (Streams.bit(ref.stream()) & streamBits) != 0)
                .toList();
    }

    private void forEachSession(java.util.function.Consumer<MarketSession> action) {
        MarketSession first = primary;
        MarketSession second = successor;
        if (first != null) {
            action.accept(first);
        }
        if (second != null) {
            action.accept(second);
        }
    }

    /** Publishes a change of state; what was not reported as subscribed cannot be lost. */
    private void report(StreamState state, MarketSession session, List<StreamRef> refs) {
        short[] bits = new short[InstrumentSpec.MAX_INSTRUMENTS];
        for (StreamRef ref : refs) {
            int id = ref.instrumentId();
            short bit = (short) Streams.bit(ref.stream());
            boolean wasUp = (reported[id] & bit) != 0;
            if (state == StreamState.LOST) {
                reported[id] &= (short) ~bit;
            } else {
                reported[id] |= bit;
            }
            if (state != StreamState.LOST || wasUp) {
                bits[id] |= bit;
            }
        }
        for (int id = 0; id < bits.length; id++) {
            if (bits[id] != 0) {
                reportAll(state, session, bits, bits[id]);
            }
        }
    }

    /** One event for all instruments with the same streams; they are struck off. */
    private void reportAll(StreamState state, MarketSession session, short[] bits, short wanted) {
        int count = 0;
        for (int id = 0; id < bits.length; id++) {
            if (bits[id] == wanted) {
                ids[count++] = id;
                bits[id] = 0;
            }
        }
        context.events().streamStatus(state, session.connectionId(), wanted, ids, count);
    }
}
