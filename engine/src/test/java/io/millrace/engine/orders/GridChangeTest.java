package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.engine.risk.HaltReasons;
import java.math.BigInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** An instrument's grid changes while there are orders and a position. */
class GridChangeTest {
    private final Scene scene = Scene.ready();
    private final Harness harness = scene.harness;
    private Harness.Order entry;

    /** An entry of 10 lots at 10,000 ticks is filled in part, and a stop 50 ticks away stands at the venue. */
    private void fillEntry(long lots) {
        Harness.Intent intent = new Harness.Intent();
        intent.stop = 50;
        long key = scene.enter(intent);
        byte[] place = scene.command(PlaceOrderDecoder.TEMPLATE_ID);
        entry = scene.order(key, 900, VenueStatus.NEW);
        scene.answer(place, entry, ReportSource.ANSWER);
        scene.fill(entry, 1, lots);
        PlaceAlgoDecoder placed = stopCommand();
        Harness.Algo stop = new Harness.Algo();
        stop.algoId = 700;
        stop.key = placed.clientKey();
        stop.tag = placed.clientTag();
        stop.qty = placed.qtyLots();
        stop.trigger = placed.triggerTicks();
        stop.side = placed.side();
        stop.commandId = placed.commandId();
        stop.source = ReportSource.ANSWER;
        harness.report(0, stop);
    }

    private PlaceAlgoDecoder stopCommand() {
        byte[] command = scene.command(PlaceAlgoDecoder.TEMPLATE_ID);
        return new PlaceAlgoDecoder().wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder());
    }

    private void change(int tickExponent, int lotExponent) {
        harness.gridVersion = 2;
        harness.define(0, "BTCUSDT", tickExponent, lotExponent);
    }

    private OrdersReport.Position position() {
        return harness.stage.report().positions().get(0);
    }

    private OrdersReport.Order order(long key) {
        return harness.stage.report().orders().stream()
                .filter(order -> order.clientKey() == key)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldStopLaterFillsByTheNewTick() {
        fillEntry(4);

        change(-2, -3);

        assertEquals(100_000, position().entryTicks());
        assertEquals(4, position().lots());
        assertEquals(100_000, order(entry.key).priceTicks());
        assertEquals(BigInteger.valueOf(400_000), order(entry.key).cost());
        entry.price = 100_000;
        scene.fill(entry, 2, 6);
        PlaceAlgoDecoder stop = stopCommand();
        assertEquals(99_500, stop.triggerTicks(), "5.00 below 1,000.00, as the first");
        assertEquals(6, stop.qtyLots());
    }

    @Test
    void shouldCancelEntriesAndReconcileWhenTheGridChanges() {
        fillEntry(4);

        change(-2, -3);

        assertTrue((harness.stage.reasons() & HaltReasons.NOT_RECONCILED) != 0);
        scene.command(CancelOrderDecoder.TEMPLATE_ID);
        assertTrue(order(entry.key).isCancelWanted());
    }

    @Test
    void shouldConvertQuantitiesToAFinerLot() {
        fillEntry(4);

        change(-1, -4);

        assertEquals(40, position().lots());
        assertEquals(40, position().stopLots());
        assertEquals(10_000, position().entryTicks());
        assertEquals(100, order(entry.key).qtyLots());
        assertEquals(40, order(entry.key).filledLots());
        assertEquals(0, harness.stage.reasons() & HaltReasons.DIFFERENCE);
    }

    @Test
    void shouldTakeNoReportOfTheFormerGrid() {
        fillEntry(4);
        change(-2, -3);

        harness.gridVersion = 1;
        scene.fill(entry, 2, 6);

        assertEquals(4, position().lots(), "the audit tells it in the new grid");
        assertEquals(1, position().fills());
    }

    @Test
    void shouldHaltWhenTheNewLotCannotSayWhatIsThere() {
        fillEntry(4);

        change(-1, -2);

        assertNotEquals(0, harness.stage.reasons() & HaltReasons.DIFFERENCE);
    }

    @Test
    void shouldLeaveEverythingWhenTheSameGridIsDefinedAgain() {
        fillEntry(4);
        int reasons = harness.stage.reasons();

        harness.define(0, "BTCUSDT");

        assertEquals(reasons, harness.stage.reasons());
        assertEquals(10_000, position().entryTicks());
    }
}
