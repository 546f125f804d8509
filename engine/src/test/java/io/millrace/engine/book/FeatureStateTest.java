package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.indicator.Snapshots;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.strategy.FeatureStage;
import io.millrace.engine.strategy.Features;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Microstructure and derivatives of a whole engine, handed over to another one half way. */
class FeatureStateTest {
    private static final long SEED = 64;
    private static final int STREAMS = Streams.bit(Streams.BOOK_TICKER) | Streams.bit(Streams.AGG_TRADE);
    private static final int INSTRUMENTS = 3;

    private final BookEvents events = new BookEvents();

    @Test
    void shouldGoOnBitForBitWhenAnotherEngineTakesTheState() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Engine first = new Engine(new EngineContext().isJournaled(false));
        Engine second = new Engine(new EngineContext().isJournaled(false));
        for (int id = 0; id < INSTRUMENTS; id++) {
            byte[] definition = events.definition(id, id, STREAMS);
            apply(first, definition);
            apply(second, definition);
        }
        for (int i = 0; i < 1_500; i++) {
            apply(first, next(random, i));
        }
        List<Stateful> from = parts(first);
        List<Stateful> to = parts(second);
        for (int part = 0; part < from.size(); part++) {
            assertNotEquals(snapshot(from.get(part)), snapshot(to.get(part)), "part " + part);
            UnsafeBuffer state = snapshot(from.get(part));
            assertEquals(state.capacity(), Snapshots.read(to.get(part), state, 0));
            assertEquals(state, snapshot(to.get(part)), "part " + part);
        }
        for (int i = 0; i < 1_500; i++) {
            byte[] event = next(random, 1_500 + i);
            apply(first, event);
            apply(second, event);
            assertEquals(
                    features(first).microstructure().stateHash(),
                    features(second).microstructure().stateHash(),
                    "event " + i + ", seed " + SEED);
            assertEquals(
                    features(first).derivatives().stateHash(),
                    features(second).derivatives().stateHash(),
                    "event " + i + ", seed " + SEED);
        }
        for (int part = 0; part < from.size(); part++) {
            assertEquals(snapshot(from.get(part)), snapshot(to.get(part)), "part " + part + ", seed " + SEED);
        }
    }

    private byte[] next(SplittableRandom random, int number) {
        events.ingressNs += 1 + random.nextLong(80_000_000);
        int id = random.nextInt(INSTRUMENTS);
        long bid = 1_000L + random.nextInt(9);
        if (random.nextInt(9) == 0) {
            long hour = events.ingressNs / 3_600_000_000_000L + 1;
            return events.markPrice(id, bid * 100_000, bid * 100_000 + 7, random.nextInt(50_000), hour * 3_600_000);
        }
        return random.nextInt(3) == 0
                ? events.trade(id)
                : events.ticker(id, 10L + number, bid, 1L + random.nextInt(50), bid + 1, 1L + random.nextInt(50));
    }

    private static Features features(Engine engine) {
        return ((FeatureStage) engine.stage(StageIds.STRATEGY)).features();
    }

    private static List<Stateful> parts(Engine engine) {
        return List.of(features(engine).microstructure(), features(engine).derivatives());
    }

    private static UnsafeBuffer snapshot(Stateful part) {
        UnsafeBuffer snapshot = new UnsafeBuffer(new byte[Snapshots.length(part)]);
        Snapshots.write(part, snapshot, 0);
        return snapshot;
    }

    private static void apply(Engine engine, byte[] message) throws Exception {
        assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(new UnsafeBuffer(message), 0, message.length));
        while (!engine.isDrained()) {
            for (int id = 0; id < StageIds.COUNT; id++) {
                engine.stageAgent(id).doWork();
            }
            engine.outputs().poll((sequence, buffer, offset, length) -> {}, 256);
        }
    }
}
