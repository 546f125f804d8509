package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentDefinitionEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderIntentDecoder;
import io.millrace.codecs.event.OrderTransitionDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.orders.OrderSettings;
import io.millrace.engine.orders.OrdersReport;
import io.millrace.engine.status.LatencySeries;
import io.millrace.engine.status.OrderLatencies;
import io.millrace.engine.status.OrderStamps;
import io.millrace.engine.status.StageStamps;
import io.millrace.engine.strategy.probe.ProbeSettings;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe's orders through the whole engine: intent, order, fill, stop, exit, and the stop's end. */
class ProbeEngineTest {
    private static final long MS = 1_000_000;
    private static final int STEPS = 20_000;

    private final MutableDirectBuffer event = Events.buffer();
    private final QuietVenue venue = new QuietVenue();
    private long nowNs = 1_000_000_000_000L;
    private long tickers;

    private EngineContext context() {
        return new EngineContext()
                .ringSlots(256)
                .slotLength(1024)
                .checkpointInterval(256)
                .isClockOfIngress(true)
                .nanoClock(() -> nowNs)
                .orders(OrderSettings.defaults()
                        .enabled()
                        .withCapacity(256)
                        .with(new OrderSettings.Limits(100_00000000L, 1_000_00000000L, 8)))
                .probe(new ProbeSettings(10, 50_00000000L, 0, 100, 500 * MS, 4));
    }

    private void start(Engine engine) {
        offer(engine, Events.runStarted(event, 0, 1, -1));
        for (int id = 0; id < 2; id++) {
            InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
            definition
                    .wrapAndApplyHeader(event, 0, new MessageHeaderEncoder())
                    .tickMantissa(1)
                    .tickExponent((byte) -1)
                    .lotMantissa(1)
                    .lotExponent((byte) -3)
                    .minQtyLots(1)
                    .contractType(ContractType.PERPETUAL)
                    .status(InstrumentStatus.TRADING)
                    .symbol("AB" + id + "USDT");
            int length = definition.limit();
            EventHeader.length(event, 0, length);
            EventHeader.flags(event, 0, EventFlags.WHOLE);
            EventHeader.instrumentId(event, 0, id);
            EventHeader.gridVersion(event, 0, 0);
            EventHeader.ingressNs(event, 0, nowNs);
            offer(engine, length);
        }
        venue.up();
    }

    private void offer(Engine engine, int length) {
        assertEquals(Inlet.ACCEPTED, engine.controlInlet().offer(event, 0, length));
    }

    /** One ticker, what the venue has to tell, and everything that follows of both. */
    private void step(Engine engine, OutletHandler inputs, EgressAgent egress) {
        nowNs += 20 * MS;
        tickers++;
        EventHeader.ingressNs(event, 0, nowNs);
        EventHeader.instrumentId(event, 0, (int) tickers & 1);
        event.putLong(EventHeader.BODY_OFFSET, tickers);
        if (engine.marketInlet().offer(event, 0, EventHeader.length(event, 0)) < 0) {
            throw new IllegalStateException("the ring took no ticker");
        }
        do {
            if (!venue.pump(engine.controlInlet(), nowNs)) {
                throw new IllegalStateException("the ring took no report");
            }
            Runs.stages(engine);
            engine.inputs().poll(inputs, 256);
            egress.doWork();
        } while (!engine.isDrained());
    }

    @Test
    void shouldTradeAndProtectAndReplayIdenticallyOnEveryTopology() {
        Engine engine = new Engine(context());
        EventList.Recorder inputs = new EventList.Recorder();
        EventList.Recorder outputs = new EventList.Recorder();
        EgressAgent egress = engine.egressAgent(outputs, venue);
        start(engine);
        Events.ticker(event, 0, 0, 1, nowNs);
        for (int i = 0; i < STEPS; i++) {
            step(engine, inputs, egress);
        }
        OrdersReport report = engine.riskStage().report();
        assertTrue(venue.orders > 100 && venue.stops > 50, venue.toString());
        assertTrue(outputs.countOf(OrderIntentDecoder.TEMPLATE_ID) > 50);
        assertTrue(outputs.countOf(OrderTransitionDecoder.TEMPLATE_ID) > 400);
        assertEquals(0, report.haltReasons());
        assertEquals(0, report.counts().illegal());
        assertEquals(0, report.counts().adjustments());
        assertEquals(0, report.counts().droppedRecords());
        for (OrdersReport.Position position : report.positions()) {
            assertEquals(venue.positions[position.instrumentId()], position.lots());
            assertTrue(position.stopLots() >= Math.abs(position.lots()), position.toString());
        }
        EventList recorded = new EventList();
        recorded.events.addAll(inputs.messages);
        for (Topology topology : Topology.values()) {
            EventList.Recorder again = Runs.run(topology, context().isJournaled(false), recorded);
            assertEquals(-1, outputs.firstDifference(again), topology.toString());
        }
    }

    /** A gateway that is done with each command at once. */
    private Inlet prompt(Engine engine) {
        return (buffer, offset, length) -> {
            long commandId = buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
            int code = venue.offer(buffer, offset, length);
            engine.orderStamps().done(commandId, nowNs, nowNs, nowNs, nowNs);
            return code;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 62})
    void shouldStampEveryOrderFromTheStageThatWantsItOn(int sampleShift) {
        Engine engine = new Engine(context().sampleShift(sampleShift));
        EventList.Recorder inputs = new EventList.Recorder();
        EgressAgent egress = engine.egressAgent(new EventList.Recorder(), prompt(engine));
        start(engine);
        Events.ticker(event, 0, 0, 1, nowNs);
        for (int i = 0; i < 2_000; i++) {
            step(engine, inputs, egress);
        }
        OrderStamps stamps = engine.orderStamps();
        List<Long> causes = new ArrayList<>();
        stamps.snapshot((row, stampsNs) -> {
            causes.add(row.causeSequence());
            DirectBuffer cause = new UnsafeBuffer(inputs.messages.get((int) row.causeSequence()));
            assertEquals(EventHeader.templateId(cause, 0), row.causeTemplateId());
            assertEquals(EventHeader.ingressNs(cause, 0), stampsNs[OrderStamps.READ]);
            for (int point = 0; point < OrderStamps.POINTS; point++) {
                boolean isEarly = point > OrderStamps.READ && point < OrderStamps.STRATEGY;
                boolean isStrategy = point == OrderStamps.STRATEGY;
                if (sampleShift == 0 || (!isEarly && !isStrategy)) {
                    assertTrue(stampsNs[point] >= stampsNs[OrderStamps.READ], row + " " + OrderStamps.name(point));
                } else if (isEarly && row.causeSequence() > 0) {
                    assertEquals(StageStamps.MISSING, stampsNs[point], row + " " + OrderStamps.name(point));
                }
            }
        });
        assertTrue(causes.size() > 50, causes.size() + " rows");
        assertEquals(
                Set.of("ticker", "order", "outcome"),
                stamps.latencies().causes().stream()
                        .map(LatencySeries::eventName)
                        .collect(Collectors.toSet()));
        int toSocket = OrderLatencies.hop("frame-to-socket");
        assertEquals(causes.size(), stamps.latencies().copy(toSocket).getTotalCount());
        // A ticker moves the time too: what is due then is the risk stage's own wish.
        assertTrue(stamps.latencies()
                        .copy(BookTickerDecoder.TEMPLATE_ID, OrderLatencies.hop("risk"))
                        .getTotalCount()
                > 0);
    }

    @Test
    @Tag("slow")
    void shouldAllocateNothingPerOrder() throws Exception {
        Engine engine = new Engine(context());
        OutletHandler nobody = (sequence, buffer, offset, length) -> {};
        EgressAgent egress = engine.egressAgent(nobody, prompt(engine));
        start(engine);
        Events.ticker(event, 0, 0, 1, nowNs);
        AllocationWindows.assertNothing("10,000 tickers with their orders", () -> {
            for (int i = 0; i < 10_000; i++) {
                step(engine, nobody, egress);
            }
        });
        assertTrue(venue.orders > 1_000, venue.toString());
    }
}
