package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.FaultVerdictDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.StageFaultDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.engine.risk.TradingStateStage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final MutableDirectBuffer event = Events.buffer();
    private final EventList.Recorder inputs = new EventList.Recorder();
    private final EventList.Recorder outputs = new EventList.Recorder();
    private final List<Long> commandsSent = new ArrayList<>();
    private final Inlet gateway = (buffer, offset, length) -> {
        commandsSent.add(buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET) / SlotContext.MAX_COMMANDS);
        return Inlet.ACCEPTED;
    };

    private void offerTicker(Engine engine) {
        assertEquals(
                Inlet.ACCEPTED,
                engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 1, engine.nextSequence(), 10)));
    }

    private void pass(Engine engine, EgressAgent egress) {
        for (int i = 0; i < 10; i++) {
            Runs.stages(engine);
            engine.inputs().poll(inputs, 100);
            egress.doWork();
        }
        assertTrue(engine.isDrained());
    }

    private static int reasons(Engine engine) {
        return engine.riskStage().reasons();
    }

    @Test
    void shouldHaltEntriesAndGoOnWhenAStageThrowsAndLiftTheHaltWhenQuarantined() {
        List<String> heard = new ArrayList<>();
        FakeBookStage book = new FakeBookStage(2, 1, sequence -> sequence == 5);
        Engine engine = new Engine(Runs.context(book)
                .faultListener(
                        (stage, sequence, error) -> heard.add(stage + "/" + sequence + "/" + error.getMessage())));
        EgressAgent egress = engine.egressAgent(outputs, gateway);
        engine.controlInlet().offer(event, 0, Events.runStarted(event, 0, 1, -1));
        for (int i = 1; i <= 4; i++) {
            offerTicker(engine);
        }
        pass(engine, egress);
        assertEquals(0, reasons(engine));
        for (int i = 5; i <= 9; i++) {
            offerTicker(engine);
        }
        pass(engine, egress);

        assertEquals(List.of("0/5/poison at 5"), heard);
        assertEquals(HaltReasons.FAULT, reasons(engine));
        assertEquals(1, outputs.countOf(FaultVerdictDecoder.TEMPLATE_ID));
        assertEquals(1, inputs.countOf(StageFaultDecoder.TEMPLATE_ID));
        assertEquals(List.of(2L, 4L, 7L, 9L), commandsSent, "commands of later events go, those of the event do not");
        assertEquals(0, book.regionBytesAtEntry());

        int length = Events.operator(event, 0, OperatorAction.QUARANTINE, 5, StageIds.RISK);
        engine.controlInlet().offer(event, 0, length);
        pass(engine, egress);
        assertEquals(HaltReasons.FAULT, reasons(engine), "another stage's quarantine lifts nothing");
        length = Events.operator(event, 0, OperatorAction.QUARANTINE, 5, StageIds.BOOK);
        engine.controlInlet().offer(event, 0, length);
        pass(engine, egress);
        assertEquals(0, reasons(engine));

        shouldReplayIdentically();
    }

    /** With the code that throws, and with repaired code and the quarantine that the journal holds. */
    private void shouldReplayIdentically() {
        EventList recorded = new EventList();
        recorded.events.addAll(inputs.messages);
        QuarantineScan scan = new QuarantineScan();
        while (recorded.poll(scan, 10) > 0) {
            // To the end.
        }
        assertTrue(scan.found().contains(5, StageIds.BOOK));
        assertFalse(scan.found().contains(5, StageIds.STRATEGY));
        FakeBookStage throwing = new FakeBookStage(2, 1, sequence -> sequence == 5);
        EventList.Recorder again =
                Runs.run(Topology.SINGLE, Runs.context(throwing).isJournaled(false), recorded);
        assertEquals(-1, outputs.firstDifference(again));
        FakeBookStage repaired = new FakeBookStage(2, 1, sequence -> false);
        for (Topology topology : Topology.values()) {
            repaired = new FakeBookStage(2, 1, sequence -> false);
            EventList.Recorder quarantined =
                    Runs.run(topology, Runs.context(repaired).isJournaled(false).quarantined(scan.found()), recorded);
            assertEquals(-1, outputs.firstDifference(quarantined), topology.name());
        }
        EventList.Recorder unquarantined =
                Runs.run(Topology.SINGLE, Runs.context(FakeBookStage.quiet()).isJournaled(false), recorded);
        assertTrue(outputs.firstDifference(unquarantined) >= 0);
    }

    @Test
    void shouldHaltAtTheVeryEventWhenTheRiskStageItselfThrows() {
        TradingStateStage trading = new TradingStateStage();
        Engine engine = new Engine(Runs.context(FakeBookStage.quiet()).stage(new ThrowingStage(trading, 1)));
        EgressAgent egress = engine.egressAgent(outputs, gateway);
        engine.controlInlet().offer(event, 0, Events.runStarted(event, 0, 1, -1));
        pass(engine, egress);
        assertEquals(0, trading.reasons());
        offerTicker(engine);
        Runs.stages(engine);
        assertEquals(HaltReasons.FAULT, trading.reasons());
        pass(engine, egress);
        assertEquals(1, inputs.countOf(StageFaultDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldNotTellTheRingOfAFaultAtTheTellingOfAFault() {
        FakeBookStage book = new FakeBookStage(0, 0, sequence -> sequence >= 1);
        Engine engine = new Engine(Runs.context(book));
        EgressAgent egress = engine.egressAgent(outputs, gateway);
        offerTicker(engine);
        offerTicker(engine);
        offerTicker(engine);
        pass(engine, egress);
        assertEquals(2, inputs.countOf(StageFaultDecoder.TEMPLATE_ID));
        assertEquals(4, outputs.countOf(FaultVerdictDecoder.TEMPLATE_ID));
        assertEquals(5, inputs.size());
    }

    @Test
    void shouldStopTheThreadsWhenAStageCannotEvenSkip() {
        Stage hopeless = new ThrowingStage(FakeBookStage.quiet(), 3) {
            @Override
            public void onSkip(SlotContext slot) {
                throw new IllegalStateException("no way on");
            }
        };
        Engine engine = new Engine(Runs.context(hopeless));
        EventList events = EventList.random(3, 100);
        EngineThreads threads = Runs.start(
                Topology.FUSED,
                engine,
                engine.replayAgent(events),
                new OutletAgent("journal", engine.inputs(), inputs, 32),
                new OutletAgent("egress", engine.outputs(), outputs, 32));
        Runs.await(() -> threads.failure() != null);
        threads.close();
        assertEquals("no way on", threads.failure().getMessage());
        assertFalse(threads.isRunning());
        assertEquals(0, outputs.countOf(FetchSnapshotDecoder.TEMPLATE_ID));
        assertNull(engine.context().stage(StageIds.RISK));
    }

    @Test
    void shouldRehearseNoMoreButGoOnWhenARehearsalThrows() {
        List<String> heard = new ArrayList<>();
        Stage clumsy = new ThrowingStage(new TradingStateStage(), -1) {
            @Override
            public boolean rehearse() {
                throw new IllegalStateException("stumbled");
            }
        };
        Engine engine = new Engine(Runs.context(FakeBookStage.quiet())
                .stage(clumsy)
                .faultListener((stage, sequence, error) -> heard.add(stage + "/" + error.getMessage())));
        EgressAgent egress = engine.egressAgent(outputs, gateway);
        engine.controlInlet().offer(event, 0, Events.runStarted(event, 0, 1, -1));
        for (int i = 0; i < 20; i++) {
            pass(engine, egress);
        }
        offerTicker(engine);
        pass(engine, egress);
        assertEquals(List.of(StageIds.RISK + "/stumbled"), heard);
        assertEquals(0, inputs.countOf(StageFaultDecoder.TEMPLATE_ID), "no event is to blame");
        assertEquals(2, inputs.size());
    }

    /** Throws at one sequence and leaves the rest to another. */
    private static class ThrowingStage implements Stage {
        private final Stage stage;
        private final long poison;

        ThrowingStage(Stage stage, long poison) {
            this.stage = stage;
            this.poison = poison;
        }

        @Override
        public int id() {
            return stage.id();
        }

        @Override
        public int viewLength() {
            return stage.viewLength();
        }

        @Override
        public int commandsLength() {
            return stage.commandsLength();
        }

        @Override
        public void onEvent(SlotContext slot) {
            if (slot.sequence() == poison) {
                throw new AssertionError("poison");
            }
            stage.onEvent(slot);
        }

        @Override
        public void onSkip(SlotContext slot) {
            stage.onSkip(slot);
        }

        @Override
        public long stateHash() {
            return stage.stateHash();
        }
    }
}
