package io.millrace.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IngressClockTest {
    @Test
    void shouldNotFollowTheWallClockUntilAdjusted() {
        AtomicLong monotonic = new AtomicLong(500);
        AtomicLong wall = new AtomicLong(1_000_000);
        IngressClock clock = new IngressClock(monotonic::get, wall::get);
        assertEquals(1_000_000, clock.nowNs());

        monotonic.addAndGet(100);
        wall.addAndGet(-5_000);
        assertEquals(1_000_100, clock.nowNs());
        assertEquals(995_000 - 600, clock.sampleOffsetNs());

        clock.adjust(clock.sampleOffsetNs());
        assertEquals(995_000, clock.nowNs());
    }

    @Test
    void shouldTakeTheReadingDuringWhichTheLeastTimePassed() {
        long[] widths = {9, 9, 9, 3, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
        AtomicLong calls = new AtomicLong();
        AtomicLong monotonic = new AtomicLong();
        IngressClock clock = new IngressClock(
                () -> {
                    long call = calls.getAndIncrement();
                    return call % 2 == 0
                            ? monotonic.get()
                            : monotonic.addAndGet(widths[(int) (call / 2) % widths.length]);
                },
                () -> monotonic.get() + 1_000);
        assertEquals(1_000 - 1, clock.offsetNs());
    }

    @Test
    void shouldBeCloseToTheWallClock() {
        IngressClock clock = IngressClock.system();
        long beforeMs = System.currentTimeMillis();
        long nowMs = clock.nowNs() / 1_000_000;
        long afterMs = System.currentTimeMillis();
        assertTrue(
                nowMs >= beforeMs - 50 && nowMs <= afterMs + 50,
                () -> nowMs + " is not between " + beforeMs + " and " + afterMs);
    }

    @Test
    void shouldNoticeByMillisecondsThatItIsOff() {
        AtomicLong wall = new AtomicLong(5_000_999_999L);
        IngressClock clock = new IngressClock(() -> 0, wall::get);
        assertFalse(clock.isOff(0));
        wall.set(5_002_000_000L);
        assertFalse(clock.isOff(1_000_001));
        assertTrue(clock.isOff(1_000_000));
        wall.set(4_999_000_000L);
        assertFalse(clock.isOff(1_000_000));
        assertTrue(clock.isOff(999_998));
    }
}
