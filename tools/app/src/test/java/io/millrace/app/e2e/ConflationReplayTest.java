package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Replay;
import io.millrace.app.runtime.Venue;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.Counters;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.gateway.MarketDataGateway;
import io.millrace.gateway.marketdata.FeedStatus;
import io.millrace.gateway.marketdata.MarketPublisher;
import io.millrace.journal.Comparison;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that stands still while the market goes on, conflated in the gateway: the journal holds what the engine saw. */
class ConflationReplayTest {
    private static final long PAUSE_NS = 100_000;

    @TempDir
    Path directory;

    /** The ordinary stage, which keeps its thread while it is held. */
    private static final class HeldStage implements Stage {
        private final Stage stage;
        private volatile boolean isHeld;

        private HeldStage(Stage stage) {
            this.stage = stage;
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
            while (isHeld) {
                LockSupport.parkNanos(PAUSE_NS);
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

    @Test
    void shouldReplayWhatWasConflated() throws Exception {
        Path journal = directory.resolve("journal");
        AtomicReference<HeldStage> held = new AtomicReference<>();
        UnaryOperator<Stage> hold = stage -> {
            held.set(new HeldStage(stage));
            return held.get();
        };
        try (SimulatedExchange exchange = TestRuns.exchange(6, 1_500);
                LiveRun run = TestRuns.open(TestRuns.conflating(exchange), journal, hold)) {
            MarketDataGateway gateway = Venue.gateway(TestRuns.conflating(exchange), null, run);
            run.start(List.of(gateway), gateway.commandInlet());
            Counters counters = run.engine().counters();
            TestRuns.await("diffs", () -> counters.events(DepthDiffDecoder.TEMPLATE_ID) > 100);
            held.get().isHeld = true;
            FeedStatus status = gateway.status();
            TestRuns.await(
                    "diffs merged and tickers replaced",
                    () -> status.backPressure(MarketPublisher.MERGED_DIFFS) > 20
                            && status.backPressure(MarketPublisher.REPLACED_TICKERS) > 20);
            held.get().isHeld = false;
            TestRuns.await("them on the ring", () -> counters.get(CounterIds.MARKET_CONFLATED) > 6);
            run.stop(StopReason.ORDERLY);
            assertEquals(0, run.haltReasons());
        }
        Replay replay = new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity());
        Comparison comparison = replay.run(Long.MAX_VALUE, TestRuns.silent());
        assertTrue(comparison.identical(), "first difference at " + comparison.firstDifference());
    }
}
