package io.millrace.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldRefuseTheEleventhMessageUntilTheFirstIsASecondOld() {
        MessagePacer pacer = new MessagePacer(10, SECOND);
        for (int i = 0; i < 10; i++) {
            assertTrue(pacer.tryAcquire(i, 0));
        }
        assertFalse(pacer.tryAcquire(SECOND - 1, 0));
        assertTrue(pacer.tryAcquire(SECOND, 0));
        assertFalse(pacer.tryAcquire(SECOND, 0));
        assertTrue(pacer.tryAcquire(SECOND + 1, 0));
        assertEquals(12, pacer.sent());
    }

    @Test
    void shouldKeepTheReserveForThoseWhoMayUseIt() {
        MessagePacer pacer = new MessagePacer(5, SECOND);
        assertTrue(pacer.tryAcquire(0, 3));
        assertTrue(pacer.tryAcquire(0, 3));
        assertFalse(pacer.tryAcquire(0, 3));
        assertTrue(pacer.tryAcquire(0, 0));
        assertEquals(2, pacer.available(0));
    }

    @Property(tries = 200)
    void shouldNeverExceedTheLimitInAnyWindow(@ForAll long seed) {
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(10);
        MessagePacer pacer = new MessagePacer(limit, SECOND);
        Deque<Long> recent = new ArrayDeque<>();
        long now = 0;
        for (int i = 0; i < 500; i++) {
            now += random.nextLong(SECOND / 4);
            while (!recent.isEmpty() && now - recent.peekFirst() >= SECOND) {
                recent.removeFirst();
            }
            boolean isSent = pacer.tryAcquire(now, 0);
            assertEquals(recent.size() < limit, isSent, "seed=" + seed);
            if (isSent) {
                recent.addLast(now);
            }
        }
    }

    @Property(tries = 200)
    void shouldWaitBetweenHalfAndAllOfTheDoubledTime(@ForAll long seed) {
        Backoff backoff = new Backoff(SECOND, 30 * SECOND, new Random(seed));
        for (int i = 0; i < 40; i++) {
            long ceiling = i >= 5 ? 30 * SECOND : SECOND << i;
            long wait = backoff.nextNs();
            assertTrue(wait >= ceiling / 2 && wait <= ceiling, "failure " + i + " waits " + wait + ", seed=" + seed);
        }
        assertEquals(40, backoff.failures());
        backoff.reset();
        assertTrue(backoff.nextNs() <= SECOND);
    }
}
