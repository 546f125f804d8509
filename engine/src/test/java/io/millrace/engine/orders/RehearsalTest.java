package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever rehearses between events says and knows the same as whoever does not. */
class RehearsalTest {
    private static final int STEPS = 8_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldLeaveNoTrace(long seed) {
        Harness quiet = new Harness(OrdersPropertyTest.settings());
        Harness busy = new Harness(OrdersPropertyTest.settings());
        OrdersPropertyTest.Run first = new OrdersPropertyTest.Run(quiet, new Random(seed));
        OrdersPropertyTest.Run second = new OrdersPropertyTest.Run(busy, new Random(seed));
        Random when = new Random(~seed);
        int whole = 0;
        for (int i = 0; i < STEPS; i++) {
            first.step();
            second.step();
            for (int times = when.nextInt(3); times > 0; times--) {
                whole += busy.stage.rehearse() ? 1 : 0;
            }
            assertEquals(quiet.stage.stateHash(), busy.stage.stateHash(), "step " + i);
        }
        assertTrue(whole > STEPS / 20, "only " + whole + " rehearsals went all the way");
        assertTrue(first.venue.placed > 100, first.venue.placed + " orders");
        assertEquals(quiet.digests, busy.digests);
        assertEquals(quiet.records.size(), busy.records.size());
        for (int i = 0; i < quiet.records.size(); i++) {
            assertArrayEquals(quiet.records.get(i), busy.records.get(i));
        }
    }

    @Test
    void shouldRehearseNothingBeforeTheFirstOrder() {
        Harness harness = new Harness(OrdersPropertyTest.settings());
        harness.runStarted(1);
        harness.define(0, "BTCUSDT");
        long hash = harness.stage.stateHash();
        assertFalse(harness.stage.rehearse());
        assertEquals(hash, harness.stage.stateHash());
    }
}
