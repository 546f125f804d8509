package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.indicator.volatility.GarchFit;
import io.millrace.engine.indicator.volatility.GarchParameters;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GarchFitTest {
    @Test
    @Tag("slow")
    void shouldFindTheParametersOfASimulatedSeries() {
        Random random = new Random(42);
        double variance = 1e-4;
        double[] returns = new double[6_000];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = Math.sqrt(variance) * random.nextGaussian();
            variance = 5e-6 + 0.10 * returns[i] * returns[i] + 0.85 * variance;
        }
        GarchParameters fit = GarchFit.fit(returns);
        assertEquals(0.10, fit.alpha(), 0.03, fit.toString());
        assertEquals(0.85, fit.beta(), 0.05, fit.toString());
        assertEquals(1e-4, fit.longRunVariance(), 2e-5, fit.toString());
    }

    @Test
    void shouldRefuseReturnsThatCarryNoVariance() {
        assertThrows(IllegalArgumentException.class, () -> GarchFit.fit(new double[50]));
        assertThrows(IllegalArgumentException.class, () -> GarchFit.fit(new double[500]));
        assertThrows(IllegalArgumentException.class, () -> new GarchParameters(1e-6, 0.2, 0.8));
    }
}
