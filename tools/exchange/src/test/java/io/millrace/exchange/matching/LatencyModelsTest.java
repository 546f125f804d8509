package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatencyModelsTest {
    private static final long MS = 1_000_000;

    private static long[] draw(LatencyModel model, int count) {
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = model.latencyNs(i * MS);
        }
        return drawn;
    }

    @Test
    void shouldDrawTheSameForTheSameSeed() {
        long[] first = draw(LatencyModels.logNormal(MS, 2 * MS, 0.3, 100 * MS, 7), 1_000);
        assertEquals(
                Arrays.toString(first),
                Arrays.toString(draw(LatencyModels.logNormal(MS, 2 * MS, 0.3, 100 * MS, 7), 1_000)));
        assertNotEquals(
                Arrays.toString(first),
                Arrays.toString(draw(LatencyModels.logNormal(MS, 2 * MS, 0.3, 100 * MS, 8), 1_000)));
    }

    @Test
    void shouldHaveTheMedianAndTheBoundsAskedFor() {
        long[] drawn = draw(LatencyModels.logNormal(MS, 2 * MS, 0.5, 50 * MS, 3), 20_001);
        Arrays.sort(drawn);
        assertEquals(3.0, drawn[10_000] / (double) MS, 0.1);
        assertTrue(drawn[0] >= MS, () -> "least was " + drawn[0]);
        assertEquals(50 * MS, drawn[20_000], "the tail is cut");
        // One standard deviation is 84.1 % of a normal distribution: half a decade above the median.
        assertEquals(1 + 2 * 3.162, drawn[16_827] / (double) MS, 0.3);
    }

    @Test
    void shouldDrawFromAllSamples() {
        long[] drawn = draw(LatencyModels.sampled(new long[] {5, 7, 11}, 1), 3_000);
        for (long value : new long[] {5, 7, 11}) {
            assertEquals(
                    1_000.0,
                    (double) Arrays.stream(drawn).filter(v -> v == value).count(),
                    120.0);
        }
    }

    @Test
    void shouldFollowARecording() {
        LatencyModel model = LatencyModels.recorded(new long[] {100, 200, 400}, new long[] {10, 30, 10});
        assertEquals(10, model.latencyNs(50));
        assertEquals(10, model.latencyNs(100));
        assertEquals(20, model.latencyNs(150));
        assertEquals(20, model.latencyNs(300));
        assertEquals(10, model.latencyNs(1_000));
    }

    @Test
    void shouldLetNothingOvertake() {
        LatencyModel model =
                LatencyModels.inOrder(LatencyModels.recorded(new long[] {0, 1, 2}, new long[] {100, 10, 200}));
        assertEquals(100, model.latencyNs(0));
        assertEquals(99, model.latencyNs(1));
        assertEquals(200, model.latencyNs(2));
    }

    @Test
    void shouldRefuseWhatIsNoLatency() {
        assertThrows(IllegalArgumentException.class, () -> LatencyModels.constant(-1));
        assertThrows(IllegalArgumentException.class, () -> LatencyModels.sampled(new long[0], 1));
        assertThrows(
                IllegalArgumentException.class, () -> LatencyModels.recorded(new long[] {1, 1}, new long[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> LatencyModels.logNormal(5, 1, 0.1, 4, 1));
    }
}
