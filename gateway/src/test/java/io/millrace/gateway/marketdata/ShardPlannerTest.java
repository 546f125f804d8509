package io.millrace.gateway.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardPlannerTest {
    private static final int ALL = (1 << Streams.COUNT) - 1;

    @Test
    void shouldSpreadEveryStreamOf648InstrumentsWithinTheLimits() {
        List<InstrumentSpec> instruments = new ArrayList<>();
        for (int i = 0; i < 648; i++) {
            instruments.add(spec(i, "SYM" + i + "USDT", i, ALL));
        }
        List<Shard> shards = new ShardPlanner(settings(200)).plan(instruments);

        assertEquals(7 + 20, shards.size(), "1296 book streams and 3888 others, 200 a connection");
        for (Shard shard : shards) {
            assertTrue(shard.streams().size() <= 200);
            assertTrue(
                    shard.streams().size() >= 180,
                    "balanced: " + shard.streams().size());
        }
        assertEquals("sym0usdt@depth@100ms", shards.get(0).streams().get(0).name());
        assertEquals("sym0usdt@bookTicker", shards.get(0).streams().get(1).name());
    }

    @Property(tries = 300)
    void shouldPlaceEachStreamOnceOnItsRouteWithinTheLimit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 1024) int limit) {
        Random random = new Random(seed);
        List<InstrumentSpec> instruments = new ArrayList<>();
        int total = 0;
        int count = random.nextInt(700);
        for (int i = 0; i < count; i++) {
            int streams = 1 + random.nextInt(ALL);
            total += Integer.bitCount(streams);
            instruments.add(spec(i, "S" + i, random.nextInt(50), streams));
        }
        List<Shard> shards = new ShardPlanner(settings(limit)).plan(instruments);

        Set<String> seen = new HashSet<>();
        int[] perRoute = new int[2];
        int[] shardsPerRoute = new int[2];
        for (Shard shard : shards) {
            assertFalse(shard.streams().isEmpty(), "seed=" + seed);
            assertTrue(shard.streams().size() <= limit, "seed=" + seed);
            int route = shard.route() == Route.PUBLIC ? 0 : 1;
            perRoute[route] += shard.streams().size();
            shardsPerRoute[route]++;
            for (StreamRef ref : shard.streams()) {
                assertTrue(seen.add(ref.name()), "seed=" + seed);
                assertTrue((shard.route().streams() & Streams.bit(ref.stream())) != 0, "seed=" + seed);
            }
        }
        assertEquals(total, seen.size(), "seed=" + seed);
        for (int route = 0; route < 2; route++) {
            assertEquals((perRoute[route] + limit - 1) / limit, shardsPerRoute[route], "seed=" + seed);
        }
    }

    @Test
    void shouldNameStreamsAsTheVenueDoes() {
        StreamSettings settings = settings(1024).withDepthSpeed("250ms");
        List<Shard> shards = new ShardPlanner(settings).plan(List.of(spec(3, "币安USDT", 0, ALL)));
        List<String> names = new ArrayList<>();
        shards.forEach(shard -> shard.streams().forEach(ref -> names.add(ref.name())));
        assertEquals(
                List.of(
                        "币安usdt@depth",
                        "币安usdt@bookTicker",
                        "币安usdt@aggTrade",
                        "币安usdt@trade",
                        "币安usdt@markPrice@1s",
                        "币安usdt@kline_1m",
                        "币安usdt@forceOrder",
                        "币安usdt@ticker"),
                names);
        assertEquals("%E5%B8%81%E5%AE%89usdt@depth", StreamNames.inQuery(names.get(0)));
    }

    private static StreamSettings settings(int limit) {
        return StreamSettings.of(URI.create("wss://localhost/public"), URI.create("wss://localhost/market"))
                .with(
                        new StreamSettings.Limits(limit, 10, 100, 4096, Duration.ofSeconds(1)),
                        StreamSettings.Life.VENUE);
    }

    static InstrumentSpec spec(int id, String symbol, int priority, int streams) {
        return new InstrumentSpec(
                id,
                1,
                symbol,
                new Grid(1, -1),
                new Grid(1, -3),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                priority,
                streams);
    }
}
