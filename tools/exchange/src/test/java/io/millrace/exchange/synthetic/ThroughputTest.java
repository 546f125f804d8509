package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ThroughputTest {
    private static final long START_NS = 1_795_262_400_000_000_000L;

    /** Time of this thread on its core: what else the machine does is not the market's doing. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** The streams that the figure has always been given for. */
    private static boolean isUsual(StreamKind kind) {
        return kind.index() <= StreamKind.TICKER_24H.index()
                && kind != StreamKind.DEPTH_250MS
                && kind != StreamKind.DEPTH_500MS
                && kind != StreamKind.MARK_PRICE_3S;
    }

    @Test
    void shouldMakeAHundredThousandEventsASecondWhenThereAre648Symbols() {
        assertTrue(measure("the usual streams", ThroughputTest::isUsual) > 100_000);
    }

    @Test
    void shouldMakeAHundredThousandEventsASecondWhenAllStreamsAreTaken() {
        assertTrue(measure("all streams", kind -> true) > 100_000);
    }

    private static double measure(String what, Predicate<StreamKind> wanted) {
        SyntheticMarket market =
                new SyntheticMarket(SyntheticSettings.of(648, 1).withEventsPerSecond(100_000), START_NS);
        long[] totals = new long[2];
        boolean[] isWanted = new boolean[StreamKind.count()];
        for (int i = 0; i < isWanted.length; i++) {
            isWanted[i] = wanted.test(StreamKind.of(i));
        }
        FrameSink sink = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return isWanted[kind.index()];
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                totals[0]++;
                totals[1] += length;
            }
        };
        market.advance(START_NS + 4_000_000_000L, Integer.MAX_VALUE, sink);
        long events = market.flowEvents();
        totals[0] = 0;
        totals[1] = 0;
        long beginNs = cpuNs();
        market.advance(START_NS + 14_000_000_000L, Integer.MAX_VALUE, sink);
        double seconds = (cpuNs() - beginNs) / 1e9;
        double eventsPerSecond = (market.flowEvents() - events) / seconds;
        System.out.printf(
                "648 symbols, %s, in process: %,.0f order-flow events/s, %,.0f payloads/s, %,.0f MB/s%n",
                what, eventsPerSecond, totals[0] / seconds, totals[1] / seconds / 1e6);
        return eventsPerSecond;
    }
}
