package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.CheckpointDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.TelemetryBookDecoder;
import io.millrace.codecs.event.TelemetryCountersDecoder;
import io.millrace.codecs.event.TelemetryLatencyDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.status.LatencyRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2IntCounterMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine with its own three stages against a small venue: live, then replayed on every topology. */
class WholeEngineTest {
    private static final int INSTRUMENTS = 3;
    private static final int STEPS = 14_000;

    private final MutableDirectBuffer event = Events.buffer();
    private final EventList.Recorder inputs = new EventList.Recorder();
    private final EventList.Recorder outputs = new EventList.Recorder();
    private final List<TinyVenue> venues = new ArrayList<>();
    private long nowNs = 1_000_000_000_000L;

    private EngineContext context() {
        return new EngineContext()
                .ringSlots(128)
                .slotLength(640)
                .checkpointInterval(256)
                .sampleShift(2)
                .isClockOfIngress(true)
                .nanoClock(() -> nowNs);
    }

    private static void offer(Engine engine, MutableDirectBuffer event, int length) {
        assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(event, 0, length));
    }

    private Engine live(Random random) {
        Engine engine = new Engine(context());
        ArrayDeque<long[]> requests = new ArrayDeque<>();
        EgressAgent egress = engine.egressAgent(outputs, (buffer, offset, length) -> {
            if (random.nextInt(5) == 0) {
                return Inlet.BACK_PRESSURED;
            }
            requests.add(new long[] {
                EventHeader.instrumentId(buffer, offset), buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET)
            });
            return Inlet.ACCEPTED;
        });
        offer(engine, event, Events.runStarted(event, 0, 1, -1));
        for (int id = 0; id < INSTRUMENTS; id++) {
            venues.add(new TinyVenue(id, random));
            offer(engine, event, venues.get(id).definition(event, nowNs));
        }
        for (int step = 0; step < STEPS; step++) {
            nowNs += 200_000 + random.nextInt(2_000_000);
            TinyVenue venue = venues.get(random.nextInt(INSTRUMENTS));
            int length = venue.diff(event, nowNs, random.nextInt(10) == 0);
            // Until shortly before the end now and then one is lost.
            if (step > STEPS - 8_000 || random.nextInt(500) != 0) {
                offer(engine, event, length);
            }
            if (random.nextInt(10) == 0) {
                offer(engine, event, Events.tick(event, 0, step, nowNs));
            }
            if (!requests.isEmpty() && random.nextInt(4) == 0) {
                long[] request = requests.remove();
                offer(engine, event, venues.get((int) request[0]).snapshot(event, request[1], nowNs));
            }
            Runs.stages(engine);
            engine.inputs().poll(inputs, 100);
            egress.doWork();
        }
        offer(engine, event, Events.runStopped(event, 0, 1));
        Runs.stages(engine);
        engine.inputs().poll(inputs, 100);
        egress.doWork();
        assertTrue(engine.isDrained());
        return engine;
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 20260101})
    void shouldFollowTheVenueAndReplayIdenticallyOnEveryTopology(long seed) {
        Engine engine = live(new Random(seed));
        String note = "seed " + seed;
        assertTrue(outputs.countOf(FetchSnapshotDecoder.TEMPLATE_ID) > INSTRUMENTS, note);
        assertTrue(inputs.countOf(CommandOutcomeDecoder.TEMPLATE_ID) > 0, note);
        assertTrue(outputs.countOf(CheckpointDecoder.TEMPLATE_ID) > 20, note);
        for (int id = 0; id < INSTRUMENTS; id++) {
            OrderBook book = engine.bookStage().book(id);
            assertEquals(TinyVenue.BEST_BID, book.bestTicks(OrderBook.BID), note);
            assertEquals(venues.get(id).bestBidLots(), book.bestLots(OrderBook.BID), note);
        }
        assertTelemetry(engine);

        EventList recorded = new EventList();
        recorded.events.addAll(inputs.messages);
        for (Topology topology : Topology.values()) {
            EventList.Recorder again = Runs.run(topology, context().isJournaled(false), recorded);
            assertEquals(-1, outputs.firstDifference(again), note + " " + topology);
        }
        EventList.Recorder again =
                Runs.run(Topology.SINGLE, context().isJournaled(false).batchLimit(3), recorded);
        assertEquals(-1, outputs.firstDifference(again), note);
    }

    private void assertTelemetry(Engine engine) {
        Int2IntCounterMap counts = new Int2IntCounterMap(0);
        TelemetryBookDecoder book = new TelemetryBookDecoder();
        engine.telemetryWriter().publish(nowNs);
        while (engine.telemetry()
                        .poll(
                                (templateId, buffer, index, length) -> {
                                    counts.incrementAndGet(templateId);
                                    assertEquals(length, EventHeader.length(buffer, index));
                                    assertEquals(templateId, EventHeader.templateId(buffer, index));
                                    if (templateId == TelemetryBookDecoder.TEMPLATE_ID) {
                                        book.wrapAndApplyHeader(buffer, index, new MessageHeaderDecoder());
                                        assertTrue(book.state() != BookState.NULL_VAL);
                                        assertEquals("TINY" + EventHeader.instrumentId(buffer, index), book.symbol());
                                    }
                                },
                                100)
                > 0) {
            // To the end.
        }
        assertTrue(counts.get(TelemetryBookDecoder.TEMPLATE_ID) >= INSTRUMENTS, counts.toString());
        assertEquals(1, counts.get(TelemetryCountersDecoder.TEMPLATE_ID));
        assertEquals(LatencyRecorder.COUNT, counts.get(TelemetryLatencyDecoder.TEMPLATE_ID));
        long sampled = engine.latencies().total(LatencyRecorder.BOOK).getTotalCount();
        assertEquals((inputs.size() + 3) / 4, sampled);
    }
}
