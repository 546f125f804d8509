package io.millrace.bench.hop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.bench.market.SampleEvents;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopBenchTest {
    @ParameterizedTest
    @ValueSource(strings = {HopBench.OURS, HopBench.FLOOR})
    void shouldTimeEveryEventWhenItHasBeenHandedOver(String variant) throws InterruptedException {
        Hop hop = variant.equals(HopBench.OURS) ? new RingHop(SampleEvents.bookTicker()) : new BareHop();
        // More than the ring has slots, so that they have to come free.
        Histogram histogram = new HopBench(hop, "yield").run(100, 2_500);
        assertTrue(histogram.getTotalCount() > 0 && histogram.getTotalCount() <= 2_500);
        assertTrue(histogram.getMinValue() > 0);
    }
}
