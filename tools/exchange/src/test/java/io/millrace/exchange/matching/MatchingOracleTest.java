package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random orders of clients and of the market, matched by the engine and by {@link NaiveBook}: the same trades in the same order, the
 * same place in the queue for everybody, the same quantities at every price, never a crossed book.
 */
class MatchingOracleTest {
    private static final int ACTIONS_A_RUN = 40_000;
    private static final int FULL_CHECK_EVERY = 50;

    @Test
    void shouldMatchLikeTheNaiveBook() {
        run(1, 1);
    }

    @Test
    @Tag("slow")
    void shouldMatchLikeTheNaiveBookOverAMillionActions() {
        run(100, 25);
    }

    @Test
    @Tag("long")
    void shouldMatchLikeTheNaiveBookOverTwentyMillionActions() {
        run(1_000, 500);
    }

    private static void run(long firstSeed, int runs) {
        long trades = 0;
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            RandomTrading trading = new RandomTrading(seed);
            for (int i = 1; i <= ACTIONS_A_RUN; i++) {
                Supplier<String> action = trading.act();
                Supplier<String> context = describe(seed, i, action);
                assertEquals(trading.naive.events, trading.events, context);
                assertFalse(trading.market.isEventOpen(), context);
                trading.checkTouch(context);
                if (i % FULL_CHECK_EVERY == 0) {
                    trading.checkAll(context);
                }
            }
            trades += trading.trades;
        }
        long least = runs * (ACTIONS_A_RUN / 8L);
        assertTrue(trades > least, "only " + trades + " trades of clients, too few to show anything");
    }

    private static Supplier<String> describe(long seed, int action, Supplier<String> what) {
        return () -> "seed " + seed + ", action " + action + ": " + what.get();
    }
}
