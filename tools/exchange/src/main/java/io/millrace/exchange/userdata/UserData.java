package io.millrace.exchange.userdata;

import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The service behind private streams: listen keys, and events on their way to whoever listens.
 *
 * <p>An event is given when it happens and delivered by {@link #advance} after its delay. For one account, events of one
 * kind are delivered in the order in which they happened; the time of delivery never goes back. A fill is told twice, first
 * in short.
 *
 * <p><b>Thread:</b> the venue's. <b>Times:</b> epoch nanoseconds, never less than before.
 */
public final class UserData {
    private static final long NS_PER_MS = 1_000_000L;

    private final DeliverySettings settings;
    private final ListenKeys keys;
    private final VenueRandom random;
    private final List<PrivateSink> sinks = new ArrayList<>();
    // Never iterated, so its order does not matter.
    private final Map<Integer, Outbox> outboxes = new HashMap<>();
    private final PriorityQueue<Delivery> deliveries =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::dueNs).thenComparingLong(Delivery::sequence));
    private DeliveryFaults faults = DeliveryFaults.NONE;
    private long lastSequence;
    private long lastPushMs;

    private record Delivery(long dueNs, long sequence, int accountId, PrivateEvent event) {}

    /** What is remembered of an account's earlier events. */
    private static final class Outbox {
        final Map<PrivateEventType, Long> lastDueNs = new EnumMap<>(PrivateEventType.class);
        final List<PrivateEvent> swapped = new ArrayList<>();
    }

    /**
     * Makes a service without keys and events.
     *
     * @param settings delays and seed.
     */
    public UserData(DeliverySettings settings) {
        this.settings = settings;
        this.keys = new ListenKeys(settings.seed(), settings.listenKeyMs());
        this.random = new VenueRandom(settings.seed() + 1);
    }

    /**
     * Adds somebody who takes all deliveries from now on.
     *
     * @param sink to be called by {@link #advance}.
     */
    public void addSink(PrivateSink sink) {
        sinks.add(sink);
    }

    /** Lets delivery go wrong from now on; {@link DeliveryFaults#NONE} ends it. */
    public void setFaults(DeliveryFaults newFaults) {
        faults = newFaults;
    }

    // --- listen keys

    /**
     * Opens an account's stream: makes its key, or returns the one that there is and extends it.
     *
     * @param accountId whose stream.
     * @param nowNs epoch nanoseconds.
     * @return the key, 64 letters and digits.
     */
    public String openListenKey(int accountId, long nowNs) {
        expireKeys(nowNs);
        return keys.open(accountId, nowNs / NS_PER_MS);
    }

    /**
     * Extends an account's key.
     *
     * @param accountId whose stream.
     * @param nowNs epoch nanoseconds.
     * @return the key.
     * @throws VenueException −1125 if the account has no key, or no longer.
     */
    public String extendListenKey(int accountId, long nowNs) throws VenueException {
        expireKeys(nowNs);
        return keys.extend(accountId, nowNs / NS_PER_MS);
    }

    /**
     * Ends an account's key for everybody who uses it. Its connections stay open and hear nothing more.
     *
     * @param accountId whose stream.
     * @param nowNs epoch nanoseconds.
     * @throws VenueException −1125 if the account has no key, or no longer.
     */
    public void closeListenKey(int accountId, long nowNs) throws VenueException {
        expireKeys(nowNs);
        keys.close(accountId);
    }

    /**
     * Lets an account's key run out early, as a fault. Nothing happens if it has none.
     *
     * @param accountId whose stream.
     * @param nowNs epoch nanoseconds.
     */
    public void expireListenKey(int accountId, long nowNs) {
        keys.expireNow(accountId, nowNs / NS_PER_MS);
        expireKeys(nowNs);
    }

    /** Returns an account's key as long as it is valid, or null. */
    public String listenKeyOf(int accountId) {
        return keys.keyOf(accountId);
    }

    private void expireKeys(long nowNs) {
        for (ListenKeys.Expired expired : keys.expire(nowNs / NS_PER_MS)) {
            publish(expired.accountId(), new ListenKeyExpired(expired.timeMs(), expired.listenKey()), nowNs);
        }
    }

    // --- events

    /**
     * Takes an event that just happened. For a fill the short form goes ahead by itself.
     *
     * @param accountId whose event.
     * @param event that happened.
     * @param nowNs epoch nanoseconds.
     */
    public void publish(int accountId, PrivateEvent event, long nowNs) {
        if (event instanceof OrderUpdate update && update.execution() == ExecutionType.TRADE) {
            send(accountId, new TradeLite(update), nowNs);
        }
        send(accountId, event, nowNs);
    }

    private void send(int accountId, PrivateEvent event, long nowNs) {
        Outbox outbox = outboxes.computeIfAbsent(accountId, id -> new Outbox());
        DeliveryFaults.Fate fate = faults.fate(accountId, event);
        long dueNs = outbox.lastDueNs.merge(event.kind(), nowNs + delayNs(event), Math::max);
        if (fate.isSwapped()) {
            outbox.swapped.add(event);
            return;
        }
        for (int i = 0; i < fate.copies(); i++) {
            add(dueNs + fate.lateNs(), accountId, event);
        }
        for (PrivateEvent swapped : outbox.swapped) {
            add(dueNs + fate.lateNs(), accountId, swapped);
        }
        outbox.swapped.clear();
    }

    private void add(long dueNs, int accountId, PrivateEvent event) {
        deliveries.add(new Delivery(dueNs, ++lastSequence, accountId, event));
    }

    private long delayNs(PrivateEvent event) {
        return switch (event.kind()) {
            case TRADE_LITE -> settings.tradeLiteNs();
            case ORDER_TRADE_UPDATE -> settings.orderNs();
            case ACCOUNT_UPDATE ->
                settings.accountNs()
                        + (settings.accountSpreadNs() == 0
                                ? 0
                                : Math.floorMod(random.nextLong(), settings.accountSpreadNs()));
            case LISTEN_KEY_EXPIRED -> 0;
            default -> settings.otherNs();
        };
    }

    /** Returns when {@link #advance} has something to do, epoch nanoseconds, or {@link Long#MAX_VALUE}. */
    public long nextDueNs() {
        long eventNs = deliveries.isEmpty() ? Long.MAX_VALUE : deliveries.peek().dueNs();
        long keyMs = keys.nextExpiryMs();
        return keyMs == Long.MAX_VALUE ? eventNs : Math.min(eventNs, keyMs * NS_PER_MS);
    }

    /**
     * Delivers what is due and lets keys run out.
     *
     * @param nowNs epoch nanoseconds.
     */
    public void advance(long nowNs) {
        expireKeys(nowNs);
        deliver(nowNs);
    }

    /**
     * Delivers what is due and leaves the keys alone: a recording's time stands still at its end, where what happened last
     * would otherwise never be delivered.
     *
     * @param nowNs epoch nanoseconds, on whatever clock.
     */
    public void deliver(long nowNs) {
        while (!deliveries.isEmpty() && deliveries.peek().dueNs() <= nowNs) {
            Delivery delivery = deliveries.poll();
            // What was taken late is delivered late: E tells when, and it does not go back.
            lastPushMs = Math.max(lastPushMs, delivery.dueNs() / NS_PER_MS);
            for (PrivateSink sink : sinks) {
                sink.onEvent(delivery.accountId(), delivery.event(), lastPushMs);
            }
        }
    }
}
