package io.millrace.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WeightLedgerTest {
    private static final long MINUTE = 60_000;
    private static final long T0 = 29_921_040L * MINUTE;

    private final WeightLedger ledger = new WeightLedger(100, 20);

    @Test
    void shouldRefuseUntilTheNextMinuteWhenTheWindowIsUsedUp() {
        for (int i = 0; i < 4; i++) {
            assertEquals(0, ledger.tryAcquire(20, false, T0 + 59_000));
        }
        assertEquals(T0 + MINUTE, ledger.tryAcquire(20, false, T0 + 59_999));
        assertEquals(0, ledger.tryAcquire(20, true, T0 + 59_999));
        assertEquals(T0 + MINUTE, ledger.tryAcquire(1, true, T0 + 59_999));
        for (int i = 0; i < 5; i++) {
            ledger.onAnswer(20, T0 + 59_000, -1, T0 + 59_999);
        }
        assertEquals(0, ledger.tryAcquire(20, false, T0 + MINUTE));
        assertEquals(20, ledger.used());
    }

    @Test
    void shouldCountWhatIsInFlightIntoTheNextWindow() {
        assertEquals(0, ledger.tryAcquire(60, false, T0 + 59_999));
        assertTrue(ledger.tryAcquire(60, false, T0 + MINUTE) > 0);
        ledger.onAnswer(60, T0 + 59_999, 60, T0 + MINUTE + 10);
        // The number belongs to the minute before: it says nothing about this one.
        assertEquals(60, ledger.used());
        assertEquals(0, ledger.tryAcquire(20, false, T0 + MINUTE + 20));
    }

    @Test
    void shouldBelieveTheVenueWhenOthersUseTheAddressToo() {
        assertEquals(0, ledger.tryAcquire(5, false, T0));
        assertEquals(0, ledger.tryAcquire(10, false, T0 + 1));
        ledger.onAnswer(5, T0, 50, T0 + 100);
        assertEquals(60, ledger.used());
        ledger.onAnswer(10, T0 + 1, 61, T0 + 200);
        assertEquals(61, ledger.used());
        assertTrue(ledger.tryAcquire(20, false, T0 + 300) > 0);
    }

    @Test
    void shouldBelieveTheVenueWhenItCountedLess() {
        assertEquals(0, ledger.tryAcquire(20, false, T0));
        ledger.onAnswer(20, T0, 2, T0 + 1);
        assertEquals(2, ledger.used());
    }

    @Test
    void shouldLetNothingOutWhileBanned() {
        ledger.ban(T0 + 5_000);
        ledger.ban(T0 + 3_000);
        assertEquals(T0 + 5_000, ledger.tryAcquire(1, true, T0 + 4_999));
        assertEquals(0, ledger.tryAcquire(1, true, T0 + 5_000));
    }

    @Test
    void shouldTakeTheVenuesLimitWhenItIsLower() {
        ledger.lowerLimit(2400);
        assertEquals(0, ledger.tryAcquire(80, false, T0));
        ledger.lowerLimit(50);
        assertTrue(ledger.tryAcquire(1, true, T0) > 0);
    }
}
