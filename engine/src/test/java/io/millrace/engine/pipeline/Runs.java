package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;

/** Runs an engine over a list of events. */
final class Runs {
    private static final long TIMEOUT_NS = 180_000_000_000L;

    private Runs() {}

    static EngineContext context(Stage book) {
        return new EngineContext()
                .ringSlots(256)
                .slotLength(512)
                .checkpointInterval(128)
                .sampleShift(3)
                .stage(book);
    }

    /** Feeds all events on the topology's threads, lets them pass, and returns the outputs. */
    static EventList.Recorder run(Topology topology, EngineContext context, EventList events) {
        Engine engine = new Engine(context);
        EventList.Recorder inputs = new EventList.Recorder();
        EventList.Recorder outputs = new EventList.Recorder();
        events.rewind();
        ReplayFeedAgent feed = engine.replayAgent(events);
        try (EngineThreads threads = start(
                topology,
                engine,
                feed,
                new OutletAgent("journal", engine.inputs(), inputs, 32),
                new OutletAgent("egress", engine.outputs(), outputs, 16))) {
            await(() -> threads.failure() != null || (feed.isExhausted() && engine.isDrained()));
            assertNull(threads.failure());
        }
        if (context.isJournaled() && inputs.messages.size() != events.events.size()) {
            fail("journaled " + inputs.messages.size() + " of " + events.events.size());
        }
        return outputs;
    }

    static EngineThreads start(Topology topology, Engine engine, Agent feed, Agent journal, Agent egress) {
        return EngineThreads.start(
                new ThreadSettings(
                        topology,
                        "backoff",
                        List.of(),
                        engine::isDrained,
                        Throwable::printStackTrace,
                        SystemNanoClock.INSTANCE),
                Map.of(
                        AgentRole.FEED, List.of(feed),
                        AgentRole.BOOK, List.of(engine.stageAgent(StageIds.BOOK)),
                        AgentRole.STRATEGY, List.of(engine.stageAgent(StageIds.STRATEGY)),
                        AgentRole.RISK, List.of(engine.stageAgent(StageIds.RISK)),
                        AgentRole.JOURNAL, List.of(journal),
                        AgentRole.EGRESS, List.of(egress)));
    }

    static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail("condition not met within " + TIMEOUT_NS / 1_000_000_000L + " s");
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /** Runs the stages on the calling thread until they have nothing more. */
    static void stages(Engine engine) {
        try {
            for (int stage = 0; stage < StageIds.COUNT; stage++) {
                while (engine.stageAgent(stage).doWork() > 0) {
                    // Until it has nothing more.
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
