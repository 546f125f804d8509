package io.millrace.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WireTimesTest {
    private final WireTimes times = new WireTimes();

    @Test
    void shouldCountFromWhenAFrameWasDueAndNotFromWhenItLeft() {
        times.measure(true);
        times.onAsked(0, 1_000, 5_000);
        times.onAnswer(index -> true, 9_000);
        assertTrue(times.fromDue().valuesAreEquivalent(8_000, times.fromDue().getMaxValue()));
        assertTrue(times.fromSent().valuesAreEquivalent(4_000, times.fromSent().getMaxValue()));
        assertTrue(times.isComplete());
    }

    @Test
    void shouldSkipFramesWhoseAnswerIsMissing() {
        times.measure(true);
        times.onAsked(1, 1_000, 1_000);
        times.onAsked(2, 2_000, 2_000);
        times.onAsked(3, 3_000, 3_000);
        times.onAnswer(index -> index == 2, 2_500);
        assertEquals(1, times.missing());
        assertTrue(times.fromDue().valuesAreEquivalent(500, times.fromDue().getMaxValue()));
        times.onAnswer(index -> index == 7, 2_600);
        assertEquals(1, times.stray());
        assertFalse(times.isComplete());
        times.giveUp();
        assertEquals(2, times.missing());
    }

    @Test
    void shouldKeepNothingOfTheWarmUp() {
        times.onAsked(0, 0, 0);
        times.onAnswer(index -> true, 10);
        assertEquals(0, times.fromDue().getTotalCount());
    }
}
