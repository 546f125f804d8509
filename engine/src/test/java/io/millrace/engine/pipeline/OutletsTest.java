package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DigestBlockDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OutletsTest {
    private final MutableDirectBuffer event = Events.buffer();
    private final EventList.Recorder outputs = new EventList.Recorder();

    private static EngineContext context(Stage book) {
        return new EngineContext()
                .ringSlots(128)
                .slotLength(512)
                .checkpointInterval(64)
                .stage(book);
    }

    private void offerTickers(Engine engine, int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(engine.controlInlet().offer(event, 0, Events.ticker(event, 0, 0, i, i)) > 0);
        }
    }

    private static String blockOf(byte[] message) {
        DigestBlockDecoder block = new DigestBlockDecoder();
        block.wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
        return block.firstSequence() + "+" + block.digests().count();
    }

    @Test
    void shouldCutDigestBlocksWhereRunsStartAndStop() {
        Engine engine = new Engine(context(FakeBookStage.quiet()).isJournaled(false));
        offerTickers(engine, 3);
        engine.controlInlet().offer(event, 0, Events.runStarted(event, 0, 1, -1));
        offerTickers(engine, 40);
        engine.controlInlet().offer(event, 0, Events.runStopped(event, 0, 1));
        engine.controlInlet().offer(event, 0, Events.runStarted(event, 0, 2, 44));
        offerTickers(engine, 18);
        Runs.stages(engine);
        while (!engine.isDrained()) {
            engine.outputs().poll(outputs, 1);
        }
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (EventHeader.templateId(new UnsafeBuffer(outputs.messages.get(i)), 0)
                    == DigestBlockDecoder.TEMPLATE_ID) {
                blocks.add(blockOf(outputs.messages.get(i)) + "@" + outputs.sequences.get(i));
            }
        }
        // 0..2 | 3 RunStarted .. 31 | 32..44 RunStopped | 45 RunStarted .. 63
        assertEquals(List.of("0+3@2", "3+29@31", "32+13@44", "45+19@63"), blocks);
    }

    @Test
    void shouldHoldOutputsBackUntilTheInputsAreJournaled() {
        Engine engine = new Engine(context(new FakeBookStage(1, 1, sequence -> false)));
        offerTickers(engine, 5);
        Runs.stages(engine);
        assertEquals(0, engine.outputs().poll(outputs, 100));
        EventList.Recorder inputs = new EventList.Recorder();
        assertEquals(2, engine.inputs().poll(inputs, 2));
        assertEquals(2, engine.outputs().poll(outputs, 100));
        assertEquals(1, engine.outputs().sequence());
        OutletHandler unsynced = new OutletHandler() {
            @Override
            public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {}

            @Override
            public void onBatchEnd(long lastSequence) {
                throw new IllegalStateException("sync failed");
            }
        };
        assertThrows(IllegalStateException.class, () -> engine.inputs().poll(unsynced, 100));
        assertEquals(0, engine.outputs().poll(outputs, 100));
        engine.inputs().poll(inputs, 100);
        assertEquals(3, engine.outputs().poll(outputs, 100));
    }

    @Test
    void shouldGoOnInFrontOfTheMessageAtWhichTheHandlerThrew() {
        Engine engine = new Engine(context(new FakeBookStage(1, 3, sequence -> sequence == 7)));
        Engine twin = new Engine(context(new FakeBookStage(1, 3, sequence -> sequence == 7)));
        EventList.Recorder expected = new EventList.Recorder();
        EventList.Recorder expectedInputs = new EventList.Recorder();
        EventList.Recorder inputs = new EventList.Recorder();
        offerTickers(twin, 64);
        Runs.stages(twin);
        twin.inputs().poll(expectedInputs, 100);
        twin.outputs().poll(expected, 1_000);
        offerTickers(engine, 64);
        Runs.stages(engine);
        int[] calls = {0};
        pollStumbling(() -> engine.inputs().poll(stumbling(inputs, calls), 10), engine, () -> inputs.size() == 64);
        pollStumbling(() -> engine.outputs().poll(stumbling(outputs, calls), 10), engine, engine::isDrained);
        assertEquals(-1, expectedInputs.firstDifference(inputs));
        assertEquals(-1, expected.firstDifference(outputs));
        assertTrue(expected.size() > 64 * 3 - 10);
    }

    private static void pollStumbling(Runnable poll, Engine engine, java.util.function.BooleanSupplier isDone) {
        for (int i = 0; i < 1_000 && !isDone.getAsBoolean(); i++) {
            try {
                poll.run();
            } catch (IllegalStateException e) {
                assertEquals("stumbled", e.getMessage());
            }
        }
        assertTrue(isDone.getAsBoolean(), "free slots " + engine.freeSlots());
    }

    private static OutletHandler stumbling(EventList.Recorder recorder, int[] calls) {
        return (sequence, buffer, offset, length) -> {
            if (++calls[0] % 4 == 0) {
                throw new IllegalStateException("stumbled");
            }
            recorder.onMessage(sequence, buffer, offset, length);
        };
    }

    @Test
    void shouldNumberGoOnFromTheFirstSequence() {
        Engine engine =
                new Engine(context(new FakeBookStage(1, 1, sequence -> false)).firstSequence(1_000_000_000_033L));
        EventList.Recorder inputs = new EventList.Recorder();
        assertEquals(1_000_000_000_033L, engine.nextSequence());
        offerTickers(engine, 2);
        Runs.stages(engine);
        engine.inputs().poll(inputs, 10);
        engine.outputs().poll(outputs, 10);
        assertEquals(List.of(1_000_000_000_033L, 1_000_000_000_034L), inputs.sequences);
        assertEquals(2, outputs.size());
        long commandId = new UnsafeBuffer(outputs.messages.get(0)).getLong(EgressAgent.COMMAND_ID_OFFSET);
        assertEquals(1_000_000_000_033L * 64, commandId);
    }

    @Test
    void shouldReplayAndThenGoOnLiveOnTheSameRing() throws Exception {
        EventList events = EventList.random(11, 500);
        Engine engine =
                new Engine(context(new FakeBookStage(5, 1, sequence -> false)).isJournaled(false));
        ReplayFeedAgent feed = engine.replayAgent(events);
        while (!feed.isExhausted() || !engine.isDrained()) {
            feed.doWork();
            Runs.stages(engine);
            engine.outputs().poll(outputs, 100);
        }
        assertEquals(events.events.size(), engine.nextSequence());
        engine.journal(true);
        offerTickers(engine, 10);
        assertThrows(IllegalStateException.class, () -> engine.journal(false));
        Runs.stages(engine);
        int before = outputs.size();
        assertEquals(0, engine.outputs().poll(outputs, 100));
        EventList.Recorder inputs = new EventList.Recorder();
        assertEquals(10, engine.inputs().poll(inputs, 100));
        engine.outputs().poll(outputs, 100);
        assertTrue(outputs.size() > before);
        assertTrue(engine.isDrained());
        assertEquals(events.events.size(), inputs.sequences.get(0));
    }
}
