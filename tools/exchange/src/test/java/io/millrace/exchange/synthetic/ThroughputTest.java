package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ThroughputTest {
    private static final long START_NS = 1_795_262_400_000_000_000L;

    /** Time of this thread on its core: what else the machine does is not the market's doing. */
    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void shouldMakeAHundredThousandEventsASecondWhenThereAre648Symbols() {
        SyntheticMarket market =
                new SyntheticMarket(SyntheticSettings.of(648, 1).withEventsPerSecond(100_000), START_NS);
        long[] totals = new long[2];
        FrameSink sink = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return kind != StreamKind.DEPTH_250MS
                        && kind != StreamKind.DEPTH_500MS
                        && kind != StreamKind.MARK_PRICE_3S;
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
                "648 symbols, in process: %,.0f order-flow events/s, %,.0f payloads/s, %,.0f MB/s%n",
                eventsPerSecond, totals[0] / seconds, totals[1] / seconds / 1e6);
        assertTrue(eventsPerSecond > 100_000, "events a second: " + eventsPerSecond);
    }
}
