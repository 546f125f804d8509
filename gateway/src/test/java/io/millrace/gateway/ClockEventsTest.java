package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ClockAnchorDecoder;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.InstrumentSettings;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The clock's events under a clock of the test's own. */
class ClockEventsTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong monotonic = new AtomicLong(1000 * MS);
    private final AtomicLong wall = new AtomicLong(5_000_000 * MS);
    private final RecordingInlet control = new RecordingInlet();

    private MarketDataGateway start(StubVenue venue) {
        MarketDataGateway gateway = new MarketDataGateway(
                GatewayRig.settings(venue, InstrumentSettings.of(List.of("BTCUSDT"), 1)),
                new RecordingInlet(),
                control,
                new InstrumentTable(),
                new IngressClock(monotonic::get, wall::get),
                new Random(1));
        gateway.onStart();
        return gateway;
    }

    private void pass(MarketDataGateway gateway, long milliseconds) {
        for (long i = 0; i < milliseconds; i++) {
            monotonic.addAndGet(MS);
            wall.addAndGet(MS);
            gateway.doWork();
        }
    }

    @Test
    void shouldTickAtTheIntervalAndAgainAsSoonAsTheRingHasRoom() {
        try (StubVenue venue = new StubVenue()) {
            MarketDataGateway gateway = start(venue);
            pass(gateway, 950);
            assertEquals(10, control.count(ClockTickDecoder.TEMPLATE_ID));
            control.answer = Inlet.BACK_PRESSURED;
            pass(gateway, 250);
            control.answer = Inlet.ACCEPTED;
            pass(gateway, 1);
            List<UnsafeBuffer> ticks = control.of(ClockTickDecoder.TEMPLATE_ID);
            assertEquals(11, ticks.size(), "missed ticks are not made up for");
            UnsafeBuffer last = ticks.get(10);
            assertEquals(wall.get(), EventHeader.ingressNs(last, 0), "stamped when it was taken");
            assertEquals(
                    10,
                    new ClockTickDecoder()
                            .wrap(last, 8, ClockTickDecoder.BLOCK_LENGTH, 1)
                            .tick());
            gateway.onClose();
        }
    }

    @Test
    void shouldAnnounceAnAdjustmentAndThenUseIt() {
        try (StubVenue venue = new StubVenue()) {
            MarketDataGateway gateway = start(venue);
            pass(gateway, 500);
            wall.addAndGet(-40 * MS);
            pass(gateway, 1);
            long before = lastIngressNs();
            assertTrue(before > wall.get(), "not followed yet");
            pass(gateway, 1600);
            List<UnsafeBuffer> anchors = control.of(ClockAnchorDecoder.TEMPLATE_ID);
            assertEquals(1, anchors.size());
            ClockAnchorDecoder anchor =
                    new ClockAnchorDecoder().wrap(anchors.get(0), 8, ClockAnchorDecoder.BLOCK_LENGTH, 1);
            assertEquals(-40 * MS, anchor.newOffsetNs() - anchor.oldOffsetNs());
            assertEquals(1, gateway.status().anchors());
            assertTrue(Math.abs(wall.get() - lastIngressNs()) < 100 * MS);
            gateway.onClose();
        }
    }

    private long lastIngressNs() {
        List<UnsafeBuffer> ticks = control.of(ClockTickDecoder.TEMPLATE_ID);
        return EventHeader.ingressNs(ticks.get(ticks.size() - 1), 0);
    }
}
