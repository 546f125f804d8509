package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.status.CounterIds;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackPressureTest {
    private final MutableDirectBuffer event = Events.buffer();

    private static EngineContext context(Stage book) {
        return new EngineContext().ringSlots(64).slotLength(512).stage(book);
    }

    /** Stands still until released. */
    private record Stallable(Agent agent, AtomicBoolean isStalled) implements Agent {
        @Override
        public int doWork() throws Exception {
            return isStalled.get() ? 0 : agent.doWork();
        }

        @Override
        public String roleName() {
            return "stallable";
        }
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldPassControlEventsAndLoseNothingWhileEgressIsStalledInABurst(Topology topology) {
        Engine engine = new Engine(context(new FakeBookStage(3, 4, sequence -> false)));
        EventList.Recorder inputs = new EventList.Recorder();
        EventList.Recorder outputs = new EventList.Recorder();
        AtomicBoolean isStalled = new AtomicBoolean(true);
        Inlet refusing = (buffer, offset, length) -> Inlet.BACK_PRESSURED;
        Agent egress = new Stallable(engine.egressAgent(outputs, refusing), isStalled);
        Agent noFeed = new OutletAgent("feed", (handler, limit) -> 0, outputs, 1);
        int tickers = 0;
        try (EngineThreads threads =
                Runs.start(topology, engine, noFeed, new OutletAgent("journal", engine.inputs(), inputs, 32), egress)) {
            while (engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 1, tickers, 100 + tickers)) > 0) {
                tickers++;
            }
            assertEquals(48, tickers);
            for (int i = 0; i < 15; i++) {
                assertEquals(Inlet.ACCEPTED, engine.controlInlet().offer(event, 0, Events.tick(event, 0, i, 200)));
            }
            int operator = Events.operator(event, 0, OperatorAction.HALT_ENTRIES, -1, 255);
            assertEquals(Inlet.ACCEPTED, engine.controlInlet().offer(event, 0, operator));
            assertEquals(Inlet.BACK_PRESSURED, engine.controlInlet().offer(event, 0, operator));
            Runs.await(() -> inputs.size() == 64);
            isStalled.set(false);
            while (tickers < 3_000) {
                if (engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 1, tickers, 100 + tickers)) > 0) {
                    tickers++;
                }
            }
            Runs.await(() -> engine.isDrained() && engine.counters().get(CounterIds.OUTCOMES_WAITING) == 0);
            assertNull(threads.failure());
        }
        assertEquals(15, inputs.countOf(ClockTickDecoder.TEMPLATE_ID));
        assertEquals(1, inputs.countOf(OperatorCommandDecoder.TEMPLATE_ID));
        assertEquals(4_000, outputs.countOf(FetchSnapshotDecoder.TEMPLATE_ID));
        assertEquals(4_000, inputs.countOf(CommandOutcomeDecoder.TEMPLATE_ID));
        assertEquals(3_000 + 15 + 1 + 4_000, inputs.size());
    }

    @Test
    void shouldHaltLoudlyWhenRingAndAnswersAreFullInsteadOfHanging() {
        AtomicReference<Engine> thief = new AtomicReference<>();
        EngineContext context = context(new FakeBookStage(1, 4, sequence -> false))
                .isJournaled(false)
                .isClockOfIngress(true)
                .nanoClock(() -> {
                    // Whatever becomes free is taken before egress, which asks for the time first, can have it.
                    fill(thief.get());
                    return 0;
                });
        Engine engine = new Engine(context);
        thief.set(engine);
        Inlet refusing = (buffer, offset, length) -> Inlet.BACK_PRESSURED;
        EgressAgent egress = engine.egressAgent((sequence, buffer, offset, length) -> {}, refusing);
        fill(engine);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                Runs.stages(engine);
                egress.doWork();
            }
        });
        assertTrue(error.getMessage().contains("use more ring slots"), error.getMessage());
        assertEquals(1024, engine.counters().get(CounterIds.OUTCOMES_WAITING));
    }

    private void fill(Engine engine) {
        while (engine.controlInlet().offer(event, 0, Events.ticker(event, 0, 1, 1, 1)) > 0) {
            Thread.onSpinWait();
        }
    }
}
