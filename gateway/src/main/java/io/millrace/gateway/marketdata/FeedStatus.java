package io.millrace.gateway.marketdata;

import io.millrace.gateway.limits.RateLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What other threads may know of the market feed; the feed agent writes, once in a millisecond. */
public final class FeedStatus {
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong anchors = new AtomicLong();
    private volatile List<FeedCounters> connections = List.of();
    private volatile MarketPublisher publisher;
    private volatile RateLedger ledger;
    private volatile boolean isUp;

    /** Returns counters of every connection slot, in the order of the shards. */
    public List<FeedCounters> connections() {
        return connections;
    }

    /** Returns whether definitions are published and the streams of every connection are subscribed. */
    public boolean isUp() {
        return isUp;
    }

    /** Returns the venue's messages of one type over all connections; a long one counts once. */
    public long messages(int templateId) {
        return total(FeedCounters.message(templateId));
    }

    /** Returns one of the counters of {@link FeedCounters} over all connections. */
    public long total(int counter) {
        long sum = 0;
        for (FeedCounters connection : connections) {
            sum += connection.get(counter);
        }
        return sum;
    }

    /** Returns the request weight used in the current minute. */
    public int weightUsed() {
        RateLedger current = ledger;
        return current == null ? 0 : current.used(RateLedger.WEIGHT);
    }

    /** Returns how many ClockTick events were published. */
    public long ticks() {
        return ticks.get();
    }

    /** Returns how often the clock was anchored anew. */
    public long anchors() {
        return anchors.get();
    }

    /** Returns one of the counters of {@link MarketPublisher}: how often and for how long the engine took nothing. */
    public long backPressure(int counter) {
        MarketPublisher current = publisher;
        return current == null ? 0 : current.counter(counter);
    }

    void onTick() {
        ticks.lazySet(ticks.getPlain() + 1);
    }

    void onAnchor() {
        anchors.lazySet(anchors.getPlain() + 1);
    }

    void update(MarketFeed feed, MarketPublisher newPublisher, RateLedger newLedger) {
        if (publisher == null) {
            publisher = newPublisher;
            ledger = newLedger;
        }
        List<ShardConnection> current = feed.connections();
        if (current.size() != connections.size()) {
            List<FeedCounters> all = new ArrayList<>(current.size());
            for (ShardConnection connection : current) {
                all.add(connection.counters());
            }
            connections = List.copyOf(all);
        }
        boolean isUpNow = feed.isUp();
        if (isUpNow != isUp) {
            isUp = isUpNow;
        }
    }
}
