package io.millrace.engine.indicator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CompensatedSumTest {
    @Test
    void shouldKeepSmallTermsWhenALargeOneCameAndWent() {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < 1000; i++) {
            sum.add(0.1);
        }
        sum.add(1e18);
        for (int i = 0; i < 1000; i++) {
            sum.add(0.1);
        }
        sum.add(-1e18);
        assertEquals(200, sum.sum(), 1e-10);
    }
}
