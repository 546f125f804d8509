package io.millrace.gateway.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLedgerTest {
    private static final long MINUTE = 60_000;
    private static final long T0 = 29_921_040L * MINUTE;
    private static final LimitSettings SMALL =
            new LimitSettings(100, 10, 30, new LimitSettings.Reserves(5, 10, 20, 40, 20), 80);

    private final RateLedger ledger = new RateLedger(LimitSettings.ofWeight(100, 20), LedgerMemory.inProcess());

    private static void answered(RateLedger ledger, int weight, int usedByVenue, long sentAtMs, long nowMs) {
        ledger.onDone(weight, 0, nowMs);
        ledger.correct(RateLedger.WEIGHT, usedByVenue, sentAtMs, nowMs);
    }

    @Test
    void shouldRefuseUntilTheNextMinuteWhenTheWindowIsUsedUp() {
        for (int i = 0; i < 4; i++) {
            assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 20, 0, T0 + 59_000));
        }
        assertEquals(T0 + MINUTE, ledger.tryAcquire(Lane.HISTORY, 20, 0, T0 + 59_999));
        assertEquals(0, ledger.tryAcquire(Lane.QUERY, 20, 0, T0 + 59_999));
        assertEquals(T0 + MINUTE, ledger.tryAcquire(Lane.QUERY, 1, 0, T0 + 59_999));
        for (int i = 0; i < 5; i++) {
            answered(ledger, 20, -1, T0 + 59_000, T0 + 59_999);
        }
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 20, 0, T0 + MINUTE));
        assertEquals(20, ledger.used(RateLedger.WEIGHT));
    }

    @Test
    void shouldCountWhatIsInFlightIntoTheNextWindow() {
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 60, 0, T0 + 59_999));
        assertTrue(ledger.tryAcquire(Lane.HISTORY, 60, 0, T0 + MINUTE) > 0);
        answered(ledger, 60, 60, T0 + 59_999, T0 + MINUTE + 10);
        // The number belongs to the minute before: it says nothing about this one.
        assertEquals(60, ledger.used(RateLedger.WEIGHT));
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 20, 0, T0 + MINUTE + 20));
    }

    @Test
    void shouldBelieveTheVenueWhenOthersUseTheAddressToo() {
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 5, 0, T0));
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 10, 0, T0 + 1));
        answered(ledger, 5, 50, T0, T0 + 100);
        assertEquals(60, ledger.used(RateLedger.WEIGHT));
        answered(ledger, 10, 61, T0 + 1, T0 + 200);
        assertEquals(61, ledger.used(RateLedger.WEIGHT));
        assertTrue(ledger.tryAcquire(Lane.HISTORY, 20, 0, T0 + 300) > 0);
    }

    @Test
    void shouldBelieveTheVenueWhenItCountedLess() {
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 20, 0, T0));
        answered(ledger, 20, 2, T0, T0 + 1);
        assertEquals(2, ledger.used(RateLedger.WEIGHT));
    }

    @Test
    void shouldLetNothingOutWhileBanned() {
        ledger.ban(T0 + 5_000);
        ledger.ban(T0 + 3_000);
        assertEquals(T0 + 5_000, ledger.tryAcquire(Lane.CANCEL, 1, 0, T0 + 4_999));
        assertEquals(0, ledger.tryAcquire(Lane.CANCEL, 1, 0, T0 + 5_000));
    }

    @Test
    void shouldTakeTheVenuesLimitWhenItIsLower() {
        ledger.lowerLimit(2400);
        assertEquals(0, ledger.tryAcquire(Lane.HISTORY, 80, 0, T0));
        ledger.lowerLimit(50);
        assertTrue(ledger.tryAcquire(Lane.QUERY, 1, 0, T0) > 0);
    }

    @Test
    void shouldKeepRoomForHigherLanesWhenLowerOnesHaveUsedTheirs() {
        RateLedger lanes = new RateLedger(SMALL, LedgerMemory.inProcess());
        List<Lane> upwards = List.of(Lane.HISTORY, Lane.QUERY, Lane.ENTRY, Lane.PROTECTION, Lane.CANCEL);
        List<Integer> usedUpAt = new ArrayList<>();
        for (Lane lane : upwards) {
            while (lanes.tryAcquire(lane, 1, 0, T0) == 0) {
                // Until there is no more.
            }
            usedUpAt.add(lanes.used(RateLedger.WEIGHT));
        }
        assertEquals(List.of(60, 80, 90, 95, 100), usedUpAt);
    }

    @Test
    void shouldKeepOrdersForProtectionAndCountBothWindows() {
        RateLedger orders = new RateLedger(SMALL, LedgerMemory.inProcess());
        for (int i = 0; i < 8; i++) {
            assertEquals(0, orders.tryAcquire(Lane.ENTRY, 0, 1, T0 + 1));
        }
        assertEquals(T0 + 10_000, orders.tryAcquire(Lane.ENTRY, 0, 1, T0 + 1));
        assertEquals(0, orders.tryAcquire(Lane.PROTECTION, 0, 2, T0 + 1));
        assertEquals(T0 + 10_000, orders.tryAcquire(Lane.PROTECTION, 0, 1, T0 + 1));
        assertEquals(0, orders.tryAcquire(Lane.CANCEL, 1, 0, T0 + 1));
        orders.onDone(0, 10, T0 + 2);
        assertEquals(10, orders.used(RateLedger.ORDERS_1M));
        for (int i = 0; i < 8; i++) {
            assertEquals(0, orders.tryAcquire(Lane.ENTRY, 0, 1, T0 + 10_000));
        }
        orders.onDone(0, 8, T0 + 10_001);
        for (int i = 0; i < 6; i++) {
            assertEquals(0, orders.tryAcquire(Lane.ENTRY, 0, 1, T0 + 20_000));
        }
        assertEquals(T0 + MINUTE, orders.tryAcquire(Lane.ENTRY, 0, 1, T0 + 20_000), "24 of 30 are for entries");
        assertEquals(6, orders.used(RateLedger.ORDERS_10S), "what was refused by one counter is in none");
    }

    @Test
    void shouldBlockOrdersButNotCancelsWhenTheVenueHasHadTooManyOrders() {
        RateLedger orders = new RateLedger(SMALL, LedgerMemory.inProcess());
        orders.blockOrders(T0 + 10_000);
        assertEquals(T0 + 10_000, orders.tryAcquire(Lane.PROTECTION, 0, 1, T0));
        assertEquals(0, orders.tryAcquire(Lane.CANCEL, 1, 0, T0));
    }

    @Test
    void shouldFreeWhatWasNeverSent() {
        RateLedger orders = new RateLedger(SMALL, LedgerMemory.inProcess());
        assertEquals(0, orders.tryAcquire(Lane.ENTRY, 3, 1, T0));
        orders.onUnsent(3, 1, T0 + 1);
        assertEquals(0, orders.used(RateLedger.WEIGHT));
        assertEquals(0, orders.used(RateLedger.ORDERS_10S));
        assertEquals(0, orders.used(RateLedger.ORDERS_1M));
    }

    @Test
    void shouldWarnWhenAnyCounterIsNearItsLimit() {
        RateLedger orders = new RateLedger(SMALL, LedgerMemory.inProcess());
        orders.tryAcquire(Lane.PROTECTION, 0, 7, T0);
        assertFalse(orders.isNear(T0));
        orders.tryAcquire(Lane.PROTECTION, 0, 1, T0);
        assertTrue(orders.isNear(T0));
        orders.onDone(0, 8, T0 + 1);
        assertFalse(orders.isNear(T0 + 10_000));
    }

    @Test
    void shouldShareOneBudgetBetweenProcessesWhenTheyMapOneFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger");
        try (LedgerMemory one = LedgerMemory.shared(file);
                LedgerMemory two = LedgerMemory.shared(file)) {
            RateLedger first = new RateLedger(SMALL, one);
            RateLedger second = new RateLedger(SMALL, two);
            assertEquals(0, first.tryAcquire(Lane.CANCEL, 60, 0, T0));
            assertTrue(second.tryAcquire(Lane.CANCEL, 60, 0, T0) > 0);
            first.onDone(60, 0, T0 + 1);
            first.correct(RateLedger.WEIGHT, 10, T0, T0 + 1);
            assertEquals(0, second.tryAcquire(Lane.CANCEL, 60, 0, T0 + 2));
            second.ban(T0 + 9);
            assertEquals(T0 + 9, first.tryAcquire(Lane.CANCEL, 1, 0, T0 + 3));
        }
        Files.write(file, new byte[77]);
        assertThrows(IllegalArgumentException.class, () -> LedgerMemory.shared(file));
        Files.write(file, new byte[LedgerMemory.LENGTH - 1]);
        Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
        Files.write(file, zerosBehind(7));
        assertThrows(IllegalArgumentException.class, () -> LedgerMemory.shared(file));
    }

    private static byte[] zerosBehind(int first) {
        byte[] bytes = new byte[LedgerMemory.LENGTH];
        bytes[0] = (byte) first;
        return bytes;
    }

    @Test
    void shouldNotForgetWhatAnotherCountedWhenItsClockIsAheadAtTheTurnOfTheMinute() {
        LedgerMemory memory = LedgerMemory.inProcess();
        RateLedger ahead = new RateLedger(SMALL, memory);
        RateLedger behind = new RateLedger(SMALL, memory);
        assertEquals(0, ahead.tryAcquire(Lane.CANCEL, 50, 0, T0 + MINUTE));
        assertEquals(0, behind.tryAcquire(Lane.CANCEL, 30, 0, T0 + MINUTE - 1));
        assertTrue(ahead.tryAcquire(Lane.CANCEL, 30, 0, T0 + MINUTE + 1) > 0);
    }

    @Test
    void shouldNeverGiveOutMoreThanThereIsWhenManyAsk() throws InterruptedException {
        LedgerMemory memory = LedgerMemory.inProcess();
        AtomicInteger granted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                RateLedger view = new RateLedger(LimitSettings.VENUE, memory);
                for (int n = 0; n < 5_000; n++) {
                    if (view.tryAcquire(Lane.CANCEL, 1, 0, T0) == 0) {
                        granted.incrementAndGet();
                        view.onDone(1, 0, T0);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(2400, granted.get());
    }
}
