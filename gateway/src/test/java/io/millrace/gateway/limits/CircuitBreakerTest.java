package io.millrace.gateway.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker(3, 100);

    private void fail(int times, long nowNs) {
        for (int i = 0; i < times; i++) {
            assertEquals(0, breaker.tryPass(nowNs));
            breaker.onFailure(nowNs);
        }
    }

    @Test
    void shouldOpenAfterFailuresInARowOnly() {
        fail(2, 0);
        breaker.onSuccess();
        fail(2, 0);
        assertFalse(breaker.isOpen());
        fail(1, 7);
        assertTrue(breaker.isOpen());
        assertEquals(100, breaker.tryPass(7));
        assertEquals(1, breaker.tryPass(106));
    }

    @Test
    void shouldLetOneRequestLookAndDecideByItsEnd() {
        fail(3, 0);
        assertEquals(0, breaker.tryPass(100));
        assertTrue(breaker.tryPass(100) > 0, "one at a time");
        breaker.onFailure(150);
        assertEquals(100, breaker.tryPass(150));
        assertEquals(0, breaker.tryPass(250));
        breaker.onSuccess();
        assertFalse(breaker.isOpen());
        assertEquals(2, breaker.timesOpened());
    }

    @Test
    void shouldLetTheNextLookWhenTheFirstWasNeverSent() {
        fail(3, 0);
        assertEquals(0, breaker.tryPass(100));
        breaker.onUnsent();
        assertEquals(0, breaker.tryPass(101));
    }

    @Test
    void shouldNotBeOpenedFurtherByAnswersThatComeLate() {
        for (int i = 0; i < 5; i++) {
            assertEquals(0, breaker.tryPass(0));
        }
        for (int i = 0; i < 5; i++) {
            breaker.onFailure(i);
        }
        assertEquals(0, breaker.tryPass(102));
    }
}
