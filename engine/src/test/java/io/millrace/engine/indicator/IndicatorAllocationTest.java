package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.millrace.engine.indicator.Catalogue.Entry;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndicatorAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final StateHasher hasher = new StateHasher();
    private double sink;

    @Test
    void shouldAllocateNothingWhenUpdatedReadAndHashed() {
        Series series = Series.wild(7, 3_000);
        long thread = Thread.currentThread().getId();
        for (Entry entry : Catalogue.all()) {
            Indicator indicator = entry.make().get();
            List<String> names = indicator.outputNames();
            long least = Long.MAX_VALUE;
            // The first rounds load classes and compile; one clean round proves that updates themselves allocate
            // nothing.
            for (int round = 0; round < 5 && least > 0; round++) {
                long before = THREADS.getThreadAllocatedBytes(thread);
                run(indicator, series, names.size());
                least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
            }
            assertEquals(0, least, () -> "bytes allocated by " + entry + " in " + series.size() + " updates, " + sink);
        }
    }

    private void run(Indicator indicator, Series series, int outputs) {
        for (int i = 0; i < series.size(); i++) {
            Catalogue.feed(indicator, series.bar(i));
            for (int k = 0; k < outputs; k++) {
                sink += indicator.output(k);
            }
            if (i % 500 == 0) {
                sink += indicator.stateHash(hasher);
            }
        }
    }
}
