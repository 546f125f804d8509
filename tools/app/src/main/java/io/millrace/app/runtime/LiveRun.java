package io.millrace.app.runtime;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.Engine;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.orders.RiskStage;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.EngineThreads;
import io.millrace.engine.pipeline.FaultListener;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.ThreadSettings;
import io.millrace.engine.pipeline.Topology;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.transport.LoopThreads;
import io.millrace.journal.Comparison;
import io.millrace.journal.Comparison.UnsentCommand;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalAgent;
import io.millrace.journal.JournalScan;
import io.millrace.journal.JournalScan.Definition;
import io.millrace.journal.segment.JournalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One run of an engine on a journal, new or continued. Opening recovers: everything recorded is replayed into the engine,
 * compared on the way, and nothing of it is sent again.
 *
 * <pre>
 *   LiveRun run = LiveRun.open(...);            // lock, recovery
 *   run.start(feedAgents, commandInlet);        // JournalOpened (once), RunStarted, threads
 *   run.stop(StopReason.ORDERLY);               // feed off, ring empty, RunStopped, journal closed
 * </pre>
 *
 * <p><b>Thread:</b> the one that opened it.
 */
public final class LiveRun implements AutoCloseable {
    private static final long POLL_NS = 200_000;
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final Config config;
    private final String build;
    private final IngressClock clock;
    private final Journal journal;
    private final Taps taps;
    private final Engine engine;
    private final SystemEvents events;
    private final Recovered recovered;
    private final DiskWatch disk;
    private final FeedGate gate = new FeedGate();
    private EngineThreads threads;
    private Housekeeping housekeeping;
    private EgressAgent egress;
    private boolean isStopped;

    /**
     * Who hears and who replaces what; all of it may be left as it is.
     *
     * @param bookStage makes the book stage from the ordinary one; tests put a faulty one there.
     * @param faultListener hears of a stage's fault at once, on the stage's thread.
     * @param progress told how far the recovery is.
     * @param quarantined events that stages are not shown in the recovery, besides those that the journal names: what is
     *     about to be decided.
     * @param taps look at what passes the run's borders.
     */
    public record Options(
            UnaryOperator<Stage> bookStage,
            FaultListener faultListener,
            Progress progress,
            QuarantineSet quarantined,
            Taps taps) {
        /** Returns options with which nothing is replaced. */
        public static Options of(FaultListener faultListener, Progress progress) {
            return new Options(UnaryOperator.identity(), faultListener, progress, QuarantineSet.NONE, Taps.NONE);
        }
    }

    /** What recovery found. */
    private record Recovered(long runEpoch, List<UnsentCommand> unsent, InstrumentTable instruments, long events) {
        static final Recovered NOTHING = new Recovered(1, List.of(), new InstrumentTable(), 0);
    }

    private LiveRun(Config config, String build, Journal journal, Options options) {
        this.config = config;
        this.build = build;
        this.clock = IngressClock.system();
        this.journal = journal;
        this.taps = options.taps();
        Replay.EngineExtras extras =
                new Replay.EngineExtras(true, clock::nowNs, options.faultListener(), options.quarantined());
        if (journal.lastInputSequence() < 0) {
            engine = new Engine(Wiring.engine(config, config, options.bookStage())
                    .nanoClock(extras.nanoClock())
                    .isClockOfIngress(true)
                    .faultListener(extras.faultListener()));
            recovered = Recovered.NOTHING;
        } else {
            requireSameDeterminants(config, journal.directory());
            Replay replay = new Replay(journal.directory(), config, options.bookStage(), extras);
            Comparison comparison = replay.run(Long.MAX_VALUE, options.progress());
            if (!comparison.identical()) {
                throw notIdentical(journal.directory(), comparison);
            }
            engine = replay.engine();
            engine.journal(true);
            JournalScan scan = replay.scan();
            recovered = new Recovered(
                    scan.nextRunEpoch(),
                    comparison.regeneratedUnsent(),
                    instruments(scan.definitions()),
                    comparison.events());
        }
        events = new SystemEvents(clock::nowNs, config.engine().slotLengthBytes());
        disk = new DiskWatch(
                journal,
                engine.controlInlet(),
                new SystemEvents(clock::nowNs, config.engine().slotLengthBytes()));
    }

    /**
     * Opens the journal and recovers what is in it.
     *
     * @param config of everything.
     * @param directory of the journal.
     * @param build that runs, for the journal.
     * @param options listeners and replacements.
     * @throws CommandFailure if the journal cannot be continued.
     */
    public static LiveRun open(Config config, Path directory, String build, Options options) {
        Journal journal;
        try {
            journal = Journal.open(directory, Wiring.journal(config.journal(), build));
        } catch (JournalException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, e.getMessage(), e);
        }
        boolean isOpen = false;
        try {
            LiveRun run = new LiveRun(config, build, journal, options);
            isOpen = true;
            return run;
        } finally {
            if (!isOpen) {
                journal.close();
            }
        }
    }

    /** Returns the engine, for its inlets, counters and telemetry. */
    public Engine engine() {
        return engine;
    }

    /** Returns the way to the ring for everything but market data. */
    public Inlet controlInlet() {
        return taps.control(engine.controlInlet());
    }

    /** Returns the clock that ingress times have to come from. */
    public IngressClock clock() {
        return clock;
    }

    /** Returns instruments that have ids already, from the journal. */
    public InstrumentTable instruments() {
        return recovered.instruments();
    }

    /** Returns how many events were replayed to get here. */
    public long recoveredEvents() {
        return recovered.events();
    }

    /** Returns the number of this run on its journal, 1 for the first. */
    public long runEpoch() {
        return recovered.runEpoch();
    }

    /**
     * Starts the threads of a run without orders.
     *
     * @param feed agents that read sockets; they end first.
     * @param commands takes the engine's commands.
     */
    public void start(List<Agent> feed, Inlet commands) {
        start(feed, List.of(), commands);
    }

    /**
     * Starts the threads.
     *
     * @param feed agents that read market data; they end first.
     * @param links agents that carry orders, on egress's thread; they end with it.
     * @param commands takes the engine's commands.
     */
    public void start(List<Agent> feed, List<Agent> links, Inlet commands) {
        if (journal.isNew() || journal.lastInputSequence() < 0) {
            offer(events.journalOpened(build, Json.line(config)));
        }
        offer(events.runStarted(recovered.runEpoch(), journal.lastInputSequence(), journal.lastOutputIndex(), build));
        for (UnsentCommand command : recovered.unsent()) {
            offer(events.neverSent(command.commandId(), command.templateId()));
        }
        egress = engine.egressAgent(taps.outputs(journal.outputAppender()), gate.commands(taps.commands(commands)));
        RuntimeCounters counters = new RuntimeCounters();
        Topology topology = Wiring.topology(config.engine());
        Map<AgentRole, List<Agent>> agents = Replay.stageAgents(engine);
        agents.put(AgentRole.FEED, List.of(gate.agent(feed)));
        long telemetryNs = TimeUnit.MILLISECONDS.toNanos(config.telemetry().intervalMs());
        Agent bookAgent = engine.stageAgent(StageIds.BOOK);
        agents.put(
                AgentRole.BOOK,
                engine.stage(StageIds.BOOK) instanceof BookStage books
                        ? List.of(bookAgent, books.telemetryAgent(engine.telemetry(), clock::nowNs, telemetryNs))
                        : List.of(bookAgent));
        agents.put(
                AgentRole.JOURNAL,
                List.of(new JournalAgent(taps.inputs(engine.inputs()), journal), counters.journalAgent(journal)));
        List<Agent> outbound = new ArrayList<>(List.of(egress, counters.outputAgent(journal)));
        outbound.addAll(links);
        agents.put(AgentRole.EGRESS, outbound);
        ThreadSettings settings = new ThreadSettings(
                topology,
                Wiring.idleStrategy(config.engine()),
                Wiring.cores(config.engine().cores(), topology),
                engine::isDrained,
                error -> {},
                SystemNanoClock.INSTANCE,
                LoopThreads::newThread);
        LatencyFiles latencies = new LatencyFiles(
                engine,
                Wiring.latencyDirectory(config.telemetry(), journal.directory()),
                recovered.runEpoch(),
                System.currentTimeMillis());
        housekeeping = new Housekeeping(engine, counters, disk, latencies, clock::nowNs, telemetryNs);
        threads = EngineThreads.start(settings, agents);
        housekeeping.start();
    }

    /**
     * Offers an operator's decision to leave an event out.
     *
     * @param sequence the event.
     * @param stage that is not to see it.
     * @param reason for the record.
     */
    public void quarantine(long sequence, int stage, String reason) {
        offer(events.quarantine(sequence, stage, reason));
    }

    /**
     * Offers an operator's command that concerns the whole run.
     *
     * @param action what is to be done.
     * @param reason for the record.
     */
    public void operator(OperatorAction action, String reason) {
        offer(events.operator(action, reason));
    }

    /** Returns whether all threads work and the disk has room; if not, {@link #stop} is due. */
    public boolean isRunning() {
        return threads != null && threads.isRunning() && !isOutOfDisk();
    }

    /** Returns whether the journal's disk is below its critical watermark: the run has to end. */
    public boolean isOutOfDisk() {
        return disk.isCritical();
    }

    /** Returns what an agent threw and ended the run with, null if none did. */
    public Throwable failure() {
        Throwable failure = threads == null ? null : threads.failure();
        return failure == null ? disk.fault() : failure;
    }

    /**
     * Stops in order: the feed ends, what is on the ring passes, {@code RunStopped} is the last event, the journal is synced
     * and closed.
     *
     * @param reason for the record.
     */
    public void stop(StopReason reason) {
        if (isStopped) {
            return;
        }
        isStopped = true;
        try {
            if (threads != null) {
                gate.close();
                await(() -> gate.isClosed() && engine.isDrained() && egress.waitingAnswers() == 0);
                if (threads.isRunning()) {
                    offer(events.runStopped(recovered.runEpoch(), reason));
                }
                threads.close();
                housekeeping.stop();
            }
        } finally {
            journal.close();
        }
    }

    /** Returns why no entries are allowed just now, bits of {@link HaltReasons}; for a run with an account. */
    public int haltReasonsNow() {
        return engine.stage(StageIds.RISK) instanceof RiskStage risk ? risk.shownReasons() : HaltReasons.NOT_STARTED;
    }

    /** Returns whether everything that an operator's STOP ends has ended. */
    public boolean isWoundUp() {
        return engine.stage(StageIds.RISK) instanceof RiskStage risk && risk.isWoundUp();
    }

    /** Returns why no entries are allowed, bits of {@link HaltReasons}; after {@link #stop}. */
    public int haltReasons() {
        Stage risk = engine.stage(StageIds.RISK);
        return risk instanceof RiskStage state ? state.reasons() & ~HaltReasons.STOPPED : 0;
    }

    @Override
    public void close() {
        stop(StopReason.ORDERLY);
    }

    private void offer(int length) {
        long deadlineNs = System.nanoTime() + STOP_TIMEOUT_NS;
        int code = engine.controlInlet().offer(events.buffer(), 0, length);
        while (code == Inlet.BACK_PRESSURED && System.nanoTime() - deadlineNs < 0 && failure() == null) {
            LockSupport.parkNanos(POLL_NS);
            code = engine.controlInlet().offer(events.buffer(), 0, length);
        }
        if (code < 0) {
            throw new IllegalStateException("the engine did not take an event of " + length + " bytes: code " + code);
        }
    }

    private void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + STOP_TIMEOUT_NS;
        while (!condition.getAsBoolean() && threads.isRunning() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    static CommandFailure notIdentical(Path directory, Comparison comparison) {
        return new CommandFailure(
                ExitCodes.FAULT,
                "journal " + directory + " does not replay to what was recorded, first difference at "
                        + comparison.firstDifference() + ": use the build that wrote it, or another --journal");
    }

    static void requireSameDeterminants(Config config, Path directory) {
        Config recorded = JournalConfiguration.read(directory);
        requireSame(
                "engine.slotLengthBytes",
                recorded.engine().slotLengthBytes(),
                config.engine().slotLengthBytes(),
                directory);
        requireSame(
                "engine.checkpointInterval",
                recorded.engine().checkpointInterval(),
                config.engine().checkpointInterval(),
                directory);
        requireSame("engine.books", recorded.engine().books(), config.engine().books(), directory);
        requireSame("engine.bars", recorded.engine().bars(), config.engine().bars(), directory);
        requireSame(
                "engine.universe", recorded.engine().universe(), config.engine().universe(), directory);
        requireSame("trading", Wiring.orders(recorded.trading()), Wiring.orders(config.trading()), directory);
        requireSame("trading.probe", Wiring.probe(recorded.trading()), Wiring.probe(config.trading()), directory);
    }

    private static void requireSame(String key, Object recorded, Object now, Path directory) {
        if (!recorded.equals(now)) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "journal " + directory + " was begun with " + key + "=" + recorded + ", the configuration says "
                            + now + ": set the former, or use another journal");
        }
    }

    static InstrumentTable instruments(List<Definition> definitions) {
        InstrumentTable table = new InstrumentTable();
        for (Definition definition : definitions) {
            table.put(InstrumentCodec.decode(new UnsafeBuffer(definition.message()), 0));
        }
        return table;
    }
}
