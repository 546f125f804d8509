package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.feature.micro.Horizons;
import io.millrace.engine.feature.micro.MicroFeatures;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.feature.vector.VectorFeature;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import io.millrace.engine.strategy.FeatureStage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The vector as the stage behind the features finds it: floats in the region of the event's slot, under the schema's hash. */
class VectorOnRingTest {
    private static final long SEED = 58;
    private static final int STREAMS = Streams.bit(Streams.BOOK_TICKER) | Streams.bit(Streams.AGG_TRADE);

    /** A copy of each event's vector, null where there is none, with engine time of the event. */
    private static final class Reader implements Stage {
        final List<UnsafeBuffer> vectors = new ArrayList<>();
        final List<Long> times = new ArrayList<>();

        @Override
        public int id() {
            return StageIds.RISK;
        }

        @Override
        public void onEvent(SlotContext slot) {
            boolean isThere = (slot.upstreamFlags(StageIds.STRATEGY) & StageRegions.EXTRA_VIEW) != 0;
            UnsafeBuffer copy = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
            if (isThere) {
                int from = slot.upstreamViewOffset(StageIds.STRATEGY) + FeatureStage.VECTOR_OFFSET;
                copy.putBytes(0, slot.upstreamBuffer(StageIds.STRATEGY), from, FeatureVector.LENGTH);
            }
            vectors.add(isThere ? copy : null);
            times.add(slot.engineNs());
        }

        @Override
        public void onSkip(SlotContext slot) {
            onEvent(slot);
        }

        @Override
        public long stateHash() {
            return 0;
        }
    }

    private final Reader reader = new Reader();
    private final Engine engine =
            new Engine(new EngineContext().isJournaled(false).stage(reader));
    private final BookEvents events = new BookEvents();

    @Test
    void shouldStandInTheSlotOfItsEventWhenALaterStageReadsIt() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        apply(events.definition(0, 0, STREAMS));
        apply(events.definition(1, 1, STREAMS));
        assertEquals(2, reader.vectors.size());
        // The same market by hand, without a ring.
        MicroFeatures byHand = new MicroFeatures();
        FeatureVector vector = new FeatureVector();
        for (int i = 0; i < 3_000; i++) {
            events.ingressNs += 1 + random.nextLong(50_000_000);
            long bid = 10_000L + random.nextInt(50);
            long ask = bid + 1L + random.nextInt(5);
            long bidLots = 1L + random.nextInt(900);
            long askLots = 1L + random.nextInt(900);
            boolean isTrade = random.nextInt(4) == 0;
            apply(isTrade ? events.trade(0) : events.ticker(0, 10 + i, bid, bidLots, ask, askLots));
            if (isTrade) {
                byHand.onTrade(events.ingressNs, 100, 1, false, true);
            }
            byHand.advance(events.ingressNs);
            int last = reader.vectors.size() - 1;
            vector.wrap(reader.vectors.get(last), 0);
            assertEquals(VectorFeature.schemaHash(), vector.schemaHash());
            assertEquals(0, vector.instrumentId());
            assertEquals(events.ingressNs, vector.engineNs());
            assertEquals(reader.times.get(last), vector.engineNs());
            String what = "event " + i + ", seed " + SEED;
            if (!isTrade) {
                double mid = (bid + ask) / 2.0;
                assertEquals((float) ((ask - bid) / mid * 1e4), vector.get(VectorFeature.SPREAD), 1e-4, what);
                double imbalance = (double) (bidLots - askLots) / (bidLots + askLots);
                assertEquals((float) imbalance, vector.get(VectorFeature.IMBALANCE_1), 1e-6, what);
            }
            if (byHand.trades().isReady(Horizons.S10)) {
                double trades = byHand.trades().intensity(Horizons.S10);
                assertEquals((float) trades, vector.get(VectorFeature.TRADE_INTENSITY), what);
            }
            for (VectorFeature feature : VectorFeature.all()) {
                assertTrue(!Float.isInfinite(vector.get(feature)), () -> feature + " at " + what);
            }
        }
        assertTrue(Float.isNaN(vector.get(VectorFeature.PREMIUM)), "no mark price came");
        assertTrue(vector.get(VectorFeature.VOLATILITY_60S) > 0, "seed " + SEED);
        apply(events.tick());
        assertNull(reader.vectors.get(reader.vectors.size() - 1), "a tick is of no instrument");
    }

    private void apply(byte[] message) throws Exception {
        int seen = reader.vectors.size();
        assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(new UnsafeBuffer(message), 0, message.length));
        for (int rounds = 0; reader.vectors.size() == seen && rounds < 100; rounds++) {
            for (int id = 0; id < StageIds.COUNT; id++) {
                engine.stageAgent(id).doWork();
            }
        }
        engine.outputs().poll((sequence, buffer, offset, length) -> {}, 256);
        assertEquals(seen + 1, reader.vectors.size());
    }
}
