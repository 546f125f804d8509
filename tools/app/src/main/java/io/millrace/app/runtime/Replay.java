package io.millrace.app.runtime;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.EngineThreads;
import io.millrace.engine.pipeline.FaultListener;
import io.millrace.engine.pipeline.OutletAgent;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.ReplayFeedAgent;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.ThreadSettings;
import io.millrace.engine.pipeline.Topology;
import io.millrace.journal.Comparison;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JournalScan;
import io.millrace.journal.JournalScanner;
import io.millrace.journal.OutputComparator;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A journal's inputs once more through ring and agents, with the comparator in the place of egress. Afterwards the engine is
 * where the recorded one was, so a run can go on with it.
 */
public final class Replay {
    private static final int RECORD_LIMIT = 256;
    private static final long POLL_NS = 1_000_000;

    private final Path directory;
    private final JournalScan scan;
    private final Config config;
    private final Engine engine;

    /**
     * Reads what has to be known of the journal and makes the engine.
     *
     * @param directory of the journal.
     * @param config threads and ring; what outputs depend on comes from the journal.
     * @param bookStage makes the book stage, identity but for tests.
     */
    public Replay(Path directory, Config config, UnaryOperator<Stage> bookStage) {
        this(
                directory,
                config,
                bookStage,
                new EngineExtras(false, SystemNanoClock.INSTANCE, (s, n, e) -> {}, QuarantineSet.NONE));
    }

    Replay(Path directory, Config config, UnaryOperator<Stage> bookStage, EngineExtras extras) {
        this.directory = directory;
        this.config = config;
        this.scan = JournalScanner.scan(directory);
        QuarantineSet quarantined = extras.quarantined();
        for (JournalScan.Quarantine quarantine : scan.quarantines()) {
            quarantined = quarantined.with(quarantine.targetSequence(), quarantine.stage());
        }
        EngineContext context = Wiring.engine(config, JournalConfiguration.read(directory), bookStage)
                .firstSequence(0)
                .isJournaled(false)
                .quarantined(quarantined)
                .nanoClock(extras.nanoClock())
                .isClockOfIngress(extras.isClockOfIngress())
                .faultListener(extras.faultListener());
        this.engine = new Engine(context);
    }

    /**
     * What a live engine has and a mere replay has not.
     *
     * @param isClockOfIngress whether the clock is that of ingress times.
     * @param nanoClock of latencies and deadlines.
     * @param faultListener hears of faults.
     * @param quarantined events that stages are not shown, besides those that the journal names.
     */
    record EngineExtras(
            boolean isClockOfIngress, NanoClock nanoClock, FaultListener faultListener, QuarantineSet quarantined) {}

    /** Returns what the journal holds. */
    public JournalScan scan() {
        return scan;
    }

    /** Returns the instruments that the journal defines. */
    public InstrumentTable instruments() {
        return LiveRun.instruments(scan.definitions());
    }

    /** Returns the engine; its stages may be looked at after {@link #run}. */
    public Engine engine() {
        return engine;
    }

    /**
     * Replays everything up to a sequence.
     *
     * @param lastSequence to stop behind, {@link Long#MAX_VALUE} for all.
     * @param progress told how far it is.
     * @return the verdict.
     * @throws IllegalStateException if an agent threw something that is not a stage's fault.
     */
    public Comparison run(long lastSequence, Progress progress) {
        Topology topology = Wiring.topology(config.engine());
        try (JournalReader inputs = JournalReader.inputs(directory);
                OutputComparator comparator = new OutputComparator(directory, scan)) {
            if (lastSequence != Long.MAX_VALUE) {
                inputs.range(0, lastSequence);
            }
            ReplayFeedAgent feed = engine.replayAgent(inputs);
            Map<AgentRole, List<Agent>> agents = stageAgents(engine);
            agents.put(AgentRole.FEED, List.of(feed));
            agents.put(
                    AgentRole.EGRESS,
                    List.of(new OutletAgent("comparator", engine.outputs(), comparator, RECORD_LIMIT)));
            ThreadSettings settings = new ThreadSettings(
                    topology,
                    Wiring.idleStrategy(config.engine()),
                    Wiring.cores(config.engine().cores(), topology),
                    engine::isDrained,
                    error -> {},
                    SystemNanoClock.INSTANCE);
            EngineThreads threads = EngineThreads.start(settings, agents);
            try {
                await(threads, feed, progress);
            } finally {
                threads.close();
            }
            if (threads.failure() != null) {
                throw new IllegalStateException(
                        "replay of " + directory + " failed: "
                                + threads.failure().getMessage(),
                        threads.failure());
            }
            return comparator.conclude(inputs.sequence(), inputs.count());
        }
    }

    /** Returns the agents of the stages by role, in a map that can be added to. */
    static Map<AgentRole, List<Agent>> stageAgents(Engine engine) {
        Map<AgentRole, List<Agent>> agents = new EnumMap<>(AgentRole.class);
        agents.put(AgentRole.BOOK, List.of(engine.stageAgent(StageIds.BOOK)));
        agents.put(AgentRole.STRATEGY, List.of(engine.stageAgent(StageIds.STRATEGY)));
        agents.put(AgentRole.RISK, List.of(engine.stageAgent(StageIds.RISK)));
        return agents;
    }

    private void await(EngineThreads threads, ReplayFeedAgent feed, Progress progress) {
        long startNs = System.nanoTime();
        while (threads.isRunning() && !(feed.isExhausted() && engine.isDrained())) {
            LockSupport.parkNanos(POLL_NS);
            if (progress.isDue()) {
                long done = engine.nextSequence();
                long perSecond = done * TimeUnit.SECONDS.toNanos(1) / Math.max(1, System.nanoTime() - startNs);
                progress.show(String.format(
                        Locale.ROOT,
                        "replay: %,d of %,d events, %,d/s",
                        done,
                        scan.lastInputSequence() + 1,
                        perSecond));
            }
        }
        progress.end();
    }
}
