package io.millrace.bench.market;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BurstBenchTest {
    private static final int FRAMES = 3_000;

    @Test
    void shouldAddUpServiceTimesWhenMessagesArriveTogether() {
        CaptureFrames frames = MarketPathTest.capture().head(FRAMES);
        long[] service = new long[FRAMES];
        Arrays.fill(service, 1);
        long[] alone = BurstBench.sojournNs(frames, service);
        assertEquals(1, alone[0]);
        // So slow that nobody is served before the last has arrived: each waits for all before it.
        long endless = frames.arrivalNs(FRAMES - 1) - frames.arrivalNs(0);
        Arrays.fill(service, endless);
        long[] queued = BurstBench.sojournNs(frames, service);
        for (int i = 0; i < FRAMES; i++) {
            assertEquals((i + 1) * endless - (frames.arrivalNs(i) - frames.arrivalNs(0)), queued[i]);
        }
    }

    @Test
    void shouldMeasureEveryMessageOfEachVariant() {
        CaptureFrames frames = MarketPathTest.capture().head(FRAMES);
        for (String variant : BurstBench.VARIANTS) {
            long[] service = BurstBench.serviceNs(variant, frames, 0, 1);
            assertEquals(FRAMES, service.length);
            assertTrue(Arrays.stream(service).allMatch(ns -> ns > 0), variant);
        }
        assertArrayEquals(new long[0], BurstBench.sojournNs(frames, new long[0]));
    }
}
