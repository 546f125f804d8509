package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AllocationTest {
    private static final int WINDOW = 200_000;

    private static Engine engine() {
        // Every tenth ticker makes a command, every command is refused by the gateway: the costliest way through.
        return new Engine(new EngineContext()
                .ringSlots(8 * 1024)
                .slotLength(512)
                .isClockOfIngress(true)
                .nanoClock(SystemNanoClock.INSTANCE)
                .stage(new FakeBookStage(10, 1, sequence -> false)));
    }

    /** Offers tickers, diffs in chunks and ticks in turn, as fast as the ring takes them, up to a limit. */
    private static final class Feed implements Agent {
        private final Inlet market;
        private final MutableDirectBuffer[] events = new MutableDirectBuffer[4];
        private final int[] lengths = new int[4];
        private volatile long limit;
        private final AtomicLong offered = new AtomicLong();

        Feed(Engine engine) {
            market = engine.marketInlet();
            Arrays.setAll(events, i -> Events.buffer());
            lengths[0] = Events.ticker(events[0], 0, 1, 1, 1);
            lengths[1] = Events.diff(events[1], 0, EventFlags.FIRST, 1, 20);
            lengths[1] += Events.diff(events[1], lengths[1], 0, 1, 20);
            lengths[1] += Events.diff(events[1], lengths[1], EventFlags.LAST, 1, 20);
            lengths[2] = Events.tick(events[2], 0, 1, 1);
            lengths[3] = Events.ticker(events[3], 0, 2, 1, 1);
        }

        @Override
        public int doWork() {
            int work = 0;
            for (int i = 0; i < 32 && offered.get() < limit; i++) {
                int kind = (int) offered.get() & 3;
                EventHeader.ingressNs(events[kind], 0, System.nanoTime());
                if (market.offer(events[kind], 0, lengths[kind]) < 0) {
                    break;
                }
                offered.lazySet(offered.get() + 1);
                work++;
            }
            return work;
        }

        @Override
        public String roleName() {
            return "feed";
        }
    }

    private static final class Counting implements OutletHandler {
        private final AtomicLong messages = new AtomicLong();
        private final AtomicLong outcomes = new AtomicLong();

        @Override
        public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
            messages.lazySet(messages.get() + 1);
            if (EventHeader.templateId(buffer, offset) == CommandOutcomeDecoder.TEMPLATE_ID) {
                outcomes.lazySet(outcomes.get() + 1);
            }
        }
    }

    private static void shouldAllocateNothing(Topology topology) throws Exception {
        Engine engine = engine();
        Feed feed = new Feed(engine);
        Counting inputs = new Counting();
        Counting outputs = new Counting();
        Inlet refusing = (buffer, offset, length) -> Inlet.BACK_PRESSURED;
        try (EngineThreads threads = Runs.start(
                topology,
                engine,
                feed,
                new OutletAgent("journal", engine.inputs(), inputs, 64),
                engine.egressAgent(outputs, refusing))) {
            AllocationWindows.assertNothing(
                    WINDOW + " events on " + topology, threads.threads(), () -> pass(engine, feed, WINDOW));
            assertNull(threads.failure());
        }
        assertTrue(inputs.messages.get() > feed.limit, "chunks are events of their own");
        assertEquals(feed.limit / 20, inputs.outcomes.get());
        assertTrue(outputs.messages.get() > inputs.messages.get() / 32);
    }

    private static void pass(Engine engine, Feed feed, long events) {
        long limit = feed.limit + events;
        feed.limit = limit;
        Runs.await(() -> feed.offered.get() == limit && engine.isDrained());
    }

    @Test
    void shouldAllocateNothingPerEventOnOneThread() throws Exception {
        shouldAllocateNothing(Topology.SINGLE);
    }

    @Test
    void shouldAllocateNothingPerEventOnAnyThreadOfAPipeline() throws Exception {
        shouldAllocateNothing(Topology.PIPELINED);
    }
}
