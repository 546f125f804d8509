package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.InstrumentSpec;
import java.util.ArrayList;
import java.util.List;

/** All market connections together. */
final class MarketFeed {
    private final FeedContext context;
    private final List<ShardConnection> connections = new ArrayList<>();
    private int resumeFrom;

    MarketFeed(FeedContext context) {
        this.context = context;
    }

    /** Begins to connect for these instruments. */
    void start(List<InstrumentSpec> instruments) {
        for (Shard shard : new ShardPlanner(context.settings()).plan(instruments)) {
            connections.add(new ShardConnection(context, shard));
        }
    }

    List<ShardConnection> connections() {
        return connections;
    }

    void onTick(long nowNs) {
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).onTick(nowNs);
        }
    }

    /**
     * Lets connections go on after the engine has taken what was waiting, beginning with another one each time.
     *
     * @return how many went on.
     */
    int resumeIfOpened() {
        MarketPublisher publisher = context.publisher();
        if (!publisher.isOpen() || !publisher.takeSentAway()) {
            return 0;
        }
        int count = connections.size();
        int resumed = 0;
        while (resumed < count && publisher.isOpen()) {
            resumeFrom = resumeFrom + 1 >= count ? 0 : resumeFrom + 1;
            connections.get(resumeFrom).resume();
            resumed++;
        }
        if (resumed < count) {
            publisher.keepSentAway();
        }
        return resumed;
    }

    /** Subscribes an instrument that came later, where there is room, else on a connection of its own. */
    void add(InstrumentSpec spec) {
        for (Shard shard : new ShardPlanner(context.settings()).plan(List.of(spec))) {
            ShardConnection target = null;
            for (ShardConnection connection : connections) {
                boolean isFit = connection.shard().route() == shard.route()
                        && connection.room() >= shard.streams().size();
                target = isFit ? connection : target;
            }
            if (target != null) {
                target.add(shard.streams());
            } else {
                connections.add(
                        new ShardConnection(context, new Shard(connections.size(), shard.route(), shard.streams())));
            }
        }
    }

    /** Subscribes those of an instrument's streams that are not subscribed yet; all others stay as they are. */
    void subscribe(InstrumentSpec spec, int streamBits) {
        int fresh = streamBits;
        for (ShardConnection connection : connections) {
            fresh &= ~connection.streamsOf(spec.id());
        }
        if (fresh != 0) {
            add(spec.withStreams(fresh));
        }
    }

    /** Unsubscribes streams of an instrument; all others stay as they are. */
    void unsubscribe(int instrumentId, int streamBits) {
        connections.forEach(connection -> connection.remove(instrumentId, streamBits));
    }

    void remove(int instrumentId) {
        connections.forEach(connection -> connection.remove(instrumentId, ~0));
    }

    /** Returns as {@link ShardConnection#resubscribe} does, over all connections. */
    int resubscribe(int instrumentId, int streamBits) {
        int total = 0;
        boolean isDown = false;
        for (ShardConnection connection : connections) {
            int count = connection.resubscribe(instrumentId, streamBits);
            isDown |= count < 0;
            total += Math.max(0, count);
        }
        return total == 0 && isDown ? -1 : total;
    }

    boolean isUp() {
        for (int i = 0; i < connections.size(); i++) {
            if (!connections.get(i).isUp()) {
                return false;
            }
        }
        return !connections.isEmpty();
    }

    void stop() {
        connections.forEach(ShardConnection::stop);
    }
}
