package io.millrace.engine.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderStampsTest {
    private static final int ROWS = 8;

    private final OrderStamps stamps = new OrderStamps(ROWS);

    private void order(long commandId, int cause, long readNs) {
        stamps.begin(commandId, OrderStamps.templates(PlaceOrderDecoder.TEMPLATE_ID, cause), 3, commandId / 64);
        for (int point = 0; point <= OrderStamps.OFFERED; point++) {
            stamps.put(point, readNs + 10L * point);
        }
        stamps.end();
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        stamps.snapshot((row, stampsNs) -> ids.add(row.commandId()));
        return ids;
    }

    @Test
    void shouldKeepTheNewestRowsInOrder() {
        for (int i = 1; i <= 21; i++) {
            order(64L * i, BookTickerDecoder.TEMPLATE_ID, 1_000);
        }
        assertEquals(LongStream.rangeClosed(14, 21).mapToObj(i -> 64 * i).toList(), ids());
    }

    @Test
    void shouldHandOverAllStampsOfARow() {
        order(640, BookTickerDecoder.TEMPLATE_ID, 1_000);
        stamps.done(640, 2_000, 2_100, 2_300, 9_000);
        stamps.snapshot((row, stampsNs) -> {
            assertEquals(
                    new OrderStamps.Row(640, PlaceOrderDecoder.TEMPLATE_ID, 3, 10, BookTickerDecoder.TEMPLATE_ID), row);
            assertEquals(OrderStamps.POINTS, stampsNs.length);
            assertEquals(1_000, stampsNs[OrderStamps.READ]);
            assertEquals(1_090, stampsNs[OrderStamps.OFFERED]);
            assertEquals(9_000, stampsNs[OrderStamps.ANSWERED]);
        });
        assertEquals(List.of(640L), ids());
    }

    @Test
    void shouldMakeAHistogramOfEachHopByCause() {
        order(64, BookTickerDecoder.TEMPLATE_ID, 1_000);
        order(128, FillNoticeDecoder.TEMPLATE_ID, 1_000);
        order(192, FillNoticeDecoder.TEMPLATE_ID, 1_000);
        stamps.done(64, 1_190, 1_290, 1_390, 2_390);
        stamps.done(128, 1_190, 1_290, 1_390, 0);
        List<LatencySeries> series = LatencySeries.of(new LatencyRecorder(), stamps.latencies());
        assertEquals(new Found(1, 100), only(series, "orders.ticker/encode"));
        assertEquals(new Found(1, 370), only(series, "orders.ticker/event-to-socket"));
        assertEquals(new Found(1, 290), only(series, "orders.ticker/frame-to-order"));
        assertEquals(new Found(1, 100), only(series, "orders.fill/link"));
        assertEquals(new Found(2, 390), only(series, "orders/frame-to-socket"));
        assertEquals(1, only(series, "orders/answer").count());
        assertFalse(series.stream().anyMatch(each -> each.name().equals("orders.fill/answer")));
    }

    @Test
    void shouldLeaveOutHopsWhoseStampsAreMissing() {
        stamps.begin(64, OrderStamps.templates(PlaceOrderDecoder.TEMPLATE_ID, BookTickerDecoder.TEMPLATE_ID), 0, 1);
        stamps.put(OrderStamps.READ, 500);
        stamps.end();
        stamps.done(64, 900, 950, 0, 0);
        List<LatencySeries> series = LatencySeries.of(new LatencyRecorder(), stamps.latencies());
        assertEquals(
                List.of(
                        "orders/encode",
                        "orders/frame-to-order",
                        "orders.ticker/encode",
                        "orders.ticker/frame-to-order"),
                series.stream().map(LatencySeries::name).toList());
    }

    @Test
    void shouldTakeNothingOfACommandWhoseRowIsGone() {
        for (int i = 1; i <= ROWS + 1; i++) {
            order(64L * i, BookTickerDecoder.TEMPLATE_ID, 1_000);
        }
        stamps.done(64, 2_000, 2_000, 2_000, 2_000);
        stamps.done(77, 2_000, 2_000, 2_000, 2_000);
        assertTrue(stamps.latencies().causes().isEmpty());
        assertFalse(new OrderStamps(0).isOn());
    }

    private record Found(long count, long maxNs) {}

    private static Found only(List<LatencySeries> series, String name) {
        List<LatencySeries> found =
                series.stream().filter(each -> each.name().equals(name)).toList();
        assertEquals(1, found.size(), name);
        // Two digits: the maximum is told as the upper end of its bucket.
        return new Found(
                found.get(0).histogram().getTotalCount(),
                found.get(0).histogram().getMaxValue() / 10 * 10);
    }
}
