package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.synthetic.SyntheticSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anything may happen; some things never do. */
class VenueInvariantsTest {
    private static final int ACCOUNTS = 6;

    private static SyntheticSettings settings(long seed) {
        return SyntheticSettings.of(3, seed)
                .withEventsPerSecond(1500)
                .withDepthTicks(120)
                .withJumpsPerHour(3000);
    }

    /** What a run came to. */
    private record Outcome(long frames, long privates, long makerFills, int accepted, long events) {}

    private static Outcome run(long seed, int actions, boolean isAudited) {
        Rig rig = new Rig(settings(seed), ACCOUNTS, 20_000);
        rig.keepsEvents = false;
        rig.isListening = !isAudited;
        RandomClients clients = new RandomClients(rig.venue, seed + 1, ACCOUNTS);
        VenueAuditor auditor = new VenueAuditor(rig);
        long events = 0;
        try {
            for (int i = 0; i < actions; i++) {
                clients.act();
                if (isAudited) {
                    auditor.check();
                }
                for (int e = i % 3; e > 0; e--) {
                    events += rig.venue.advance(Long.MAX_VALUE - 1, 1, rig);
                    if (isAudited) {
                        auditor.check();
                    }
                }
                if (isAudited && i % 50 == 0) {
                    auditor.checkBooks();
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", after " + clients.accepted + " accepted actions", e);
        }
        System.out.printf(
                "seed %d: %,d actions, %,d accepted, refused %s, %,d maker fills, %,d market events%n",
                seed, actions, clients.accepted, clients.refusals, auditor.makerFills, events);
        return new Outcome(
                rig.frames.getValue(), rig.privates.getValue(), auditor.makerFills, clients.accepted, events);
    }

    @Test
    void shouldKeepMoneyAndQueuesWhenClientsDoAnything() {
        Outcome outcome = run(11, 8_000, true);
        assertTrue(outcome.makerFills() > 200, outcome.toString());
    }

    @Test
    void shouldGiveTheSameBytesWhenSeedAndActionsAreTheSame() {
        Outcome once = run(5, 4_000, false);
        assertEquals(once, run(5, 4_000, false));
        assertNotEquals(once, run(6, 4_000, false));
    }

    @Test
    @Tag("slow")
    void shouldKeepMoneyAndQueuesWhenClientsDoAnythingForLong() {
        for (long seed = 100; seed < 115; seed++) {
            run(seed, 40_000, true);
        }
    }

    @Test
    @Tag("long")
    void shouldKeepMoneyAndQueuesOverAMillionActions() {
        for (long seed = 1000; seed < 1025; seed++) {
            run(seed, 40_000, true);
        }
    }
}
