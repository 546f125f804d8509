package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.indicator.Catalogue.Entry;
import org.junit.jupiter.api.Test;

class IndicatorAllocationTest {
    private final StateHasher hasher = new StateHasher();
    private double sink;

    @Test
    void shouldAllocateNothingWhenUpdatedReadAndHashed() throws Exception {
        Series series = Series.wild(7, 3_000);
        for (Entry entry : Catalogue.all()) {
            Indicator indicator = entry.make().get();
            int outputs = indicator.outputNames().size();
            AllocationWindows.assertNothing(
                    entry + " over " + series.size() + " updates", () -> run(indicator, series, outputs));
        }
        assertTrue(sink != 0, "nothing was read");
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
