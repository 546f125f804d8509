package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.InstrumentSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Spreads streams over connections. Each route gets as few connections as the limit allows; going through the instruments
 * in order of need, each one's streams go together to the connection with the fewest, so that busy instruments, which come
 * first, are spread evenly.
 */
public final class ShardPlanner {
    private final StreamSettings settings;
    private final StreamNames names;

    /**
     * Makes a planner.
     *
     * @param settings name the limit of streams a connection.
     */
    public ShardPlanner(StreamSettings settings) {
        this.settings = settings;
        this.names = new StreamNames(settings);
    }

    /**
     * Makes the plan.
     *
     * @param instruments with their streams.
     * @return every stream of every instrument exactly once; no shard above the limit, none empty.
     */
    public List<Shard> plan(List<InstrumentSpec> instruments) {
        List<InstrumentSpec> byNeed = new ArrayList<>(instruments);
        byNeed.sort(Comparator.comparingInt(InstrumentSpec::priority).thenComparingInt(InstrumentSpec::id));
        List<Shard> shards = new ArrayList<>();
        for (Route route : Route.values()) {
            List<List<StreamRef>> groups = new ArrayList<>();
            int total = 0;
            for (InstrumentSpec spec : byNeed) {
                List<StreamRef> group = names.of(spec, route);
                total += group.size();
                groups.add(group);
            }
            int limit = settings.streamsPerConnection();
            for (List<StreamRef> streams : spread(groups, (total + limit - 1) / limit, limit)) {
                shards.add(new Shard(shards.size(), route, streams));
            }
        }
        return shards;
    }

    private static List<List<StreamRef>> spread(List<List<StreamRef>> groups, int count, int limit) {
        List<List<StreamRef>> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(new ArrayList<>());
        }
        for (List<StreamRef> group : groups) {
            if (group.isEmpty()) {
                continue;
            }
            List<StreamRef> target = emptiest(shards);
            if (target.size() + group.size() <= limit) {
                target.addAll(group);
            } else {
                // The last places of all connections together are still as many as are needed.
                for (StreamRef ref : group) {
                    emptiest(shards).add(ref);
                }
            }
        }
        return shards;
    }

    private static List<StreamRef> emptiest(List<List<StreamRef>> shards) {
        List<StreamRef> best = shards.get(0);
        for (List<StreamRef> shard : shards) {
            if (shard.size() < best.size()) {
                best = shard;
            }
        }
        return best;
    }
}
