package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** True lives of orders, told badly: whatever is lost, late, doubled or out of order, the picture becomes the venue's. */
class OrdersPropertyTest {
    private static final int STEPS = 20_000;
    private static final int STRATEGY = 3;

    static OrderSettings settings() {
        return OrderSettings.defaults()
                .enabled()
                .withCapacity(1024)
                .with(new OrderSettings.Limits(Long.MAX_VALUE / 8, Long.MAX_VALUE / 8, 12));
    }

    /** A strategy that wants this and that, on a market and a venue. */
    static final class Run {
        private final List<Long> keys = new ArrayList<>();
        private final Harness harness;
        private final Random random;
        final OracleVenue venue;
        private int epoch = 1;
        private int number;

        private void want() {
            if (random.nextInt(12) != 0) {
                return;
            }
            Harness.Intent intent = new Harness.Intent();
            intent.instrumentId = random.nextInt(OracleVenue.INSTRUMENTS);
            intent.key = ClientOrderId.key(epoch, STRATEGY, ClientOrderId.ENTRY, ++number);
            intent.side = random.nextBoolean() ? Side.BUY : Side.SELL;
            intent.type = random.nextInt(3) == 0 ? OrderType.MARKET : OrderType.LIMIT;
            intent.price = 9_950L + random.nextInt(100);
            intent.qty = 1L + random.nextInt(20);
            intent.stop = 50;
            intent.exitAfterNs = (500 + random.nextInt(3_000)) * Harness.MS;
            if (!keys.isEmpty() && random.nextInt(3) == 0) {
                intent.key = keys.get(random.nextInt(keys.size()));
                intent.action = random.nextBoolean() ? IntentAction.CANCEL : IntentAction.AMEND;
            } else {
                keys.add(intent.key);
            }
            harness.want(intent);
        }

        private void market() {
            if (random.nextInt(3) == 0) {
                venue.orders.values().stream()
                        .filter(o -> o.isOpen() && random.nextInt(20) == 0)
                        .toList()
                        .forEach(o -> venue.fill(o, o.price, 1 + random.nextInt((int) (o.qty - o.filled))));
            }
            if (random.nextInt(60) == 0) {
                venue.algos.values().stream()
                        .filter(a -> a.status == AlgoStatus.NEW && random.nextInt(4) == 0)
                        .toList()
                        .forEach(venue::trigger);
            }
        }

        Run(Harness harness, Random random) {
            this.harness = harness;
            this.random = random;
            venue = new OracleVenue(harness, random);
            harness.runStarted(1);
            harness.define(0, "BTCUSDT");
            harness.define(1, "ETHUSDT");
            venue.streamUp(true);
        }

        void step() {
            harness.nowNs += 1L + random.nextInt(20) * Harness.MS;
            venue.run();
            market();
            want();
            harness.tick();
            if (random.nextInt(venue.isStreamUp ? 600 : 40) == 0) {
                venue.streamUp(!venue.isStreamUp);
            }
            if (random.nextInt(1_500) == 0) {
                crash();
            }
        }

        private void crash() {
            venue.crash();
            epoch++;
            harness.nowNs += 100 * Harness.MS;
            harness.runStarted(epoch);
            harness.nowNs += 50 * Harness.MS;
            venue.streamUp(true);
        }

        void settle() {
            venue.isFaulty = false;
            if (!venue.isStreamUp) {
                venue.streamUp(true);
            }
            harness.pass(1);
            for (int i = 0; i < 20_000; i++) {
                harness.nowNs += 10 * Harness.MS;
                venue.run();
                harness.tick();
            }
        }
    }

    private Harness harness;
    private OracleVenue venue;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldEndWithTheVenuesPictureWhateverWasLost(long seed) {
        harness = new Harness(settings());
        Run run = new Run(harness, new Random(seed));
        venue = run.venue;
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
        run.settle();
        String note = "seed " + seed + ", " + venue.placed + " orders, " + venue.trades.size() + " fills, "
                + venue.faults + " faults";
        assertTrue(venue.placed > 100 && venue.trades.size() > 100 && venue.faults > 50, note);
        OrdersReport report = harness.stage.report();
        assertEquals("none", HaltReasons.toText(report.haltReasons()), note);
        for (OrdersReport.Position position : report.positions()) {
            int id = position.instrumentId();
            assertEquals(venue.position[id], position.lots(), note + " instrument " + id);
            assertTrue(position.stopLots() >= Math.abs(position.lots()), note + " unprotected " + position);
        }
        assertEquals(venue.walletE8, report.wallets().get(0).oursE8(), note);
        assertEquals(open(), known(report), note);
        assertEquals(0, report.counts().adjustments(), note + ": nothing was unexplained");
        assertEquals(0, report.counts().illegal(), note);
        assertEquals(0, report.counts().droppedRecords(), note);
        assertReplays(note);
    }

    private Set<Long> open() {
        TreeSet<Long> ids = new TreeSet<>();
        venue.orders.values().stream().filter(o -> o.isOpen()).forEach(o -> ids.add(o.id));
        venue.algos.values().stream().filter(a -> a.status == AlgoStatus.NEW).forEach(a -> ids.add(a.id));
        return ids;
    }

    private static Set<Long> known(OrdersReport report) {
        TreeSet<Long> ids = new TreeSet<>();
        report.orders().stream()
                .filter(o -> o.state().isLive())
                .forEach(o -> ids.add(o.isConditional() ? o.venueAlgoId() : o.venueOrderId()));
        return ids;
    }

    /** The same events once more: the same outputs and hashes, and none of it touched by events that fault on the way. */
    private void assertReplays(String note) {
        Harness again = new Harness(settings());
        for (int i = 0; i < harness.events.size(); i++) {
            again.replay(harness.events.get(i), harness.intentsOf.get(i), true, false);
        }
        assertEquals(harness.records.size(), again.records.size(), note);
        for (int i = 0; i < harness.records.size(); i++) {
            assertArrayEquals(harness.records.get(i), again.records.get(i), note);
        }
        assertEquals(harness.digests, again.digests, note);
        assertEquals(harness.stage.stateHash(), again.stage.stateHash(), note);
    }
}
