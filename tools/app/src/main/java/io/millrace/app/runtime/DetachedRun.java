package io.millrace.app.runtime;

import io.millrace.app.config.Config;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.Engine;
import io.millrace.engine.pipeline.AgentRole;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.EngineThreads;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.ThreadSettings;
import io.millrace.engine.pipeline.Topology;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.journal.Comparison;
import io.millrace.journal.Comparison.UnsentCommand;
import io.millrace.journal.JournalScan;
import io.millrace.journal.segment.JournalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The next run on a journal as it would begin, without the journal: the engine is brought to the journal's end by replay and then
 * goes on live, with commands going wherever the caller says, but nothing is locked and nothing is written. The account's stream
 * is told to be up, though there is none.
 *
 * <p><b>Thread:</b> the one that opened it.
 */
public final class DetachedRun implements AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Config config;
    private final IngressClock clock = IngressClock.system();
    private final JournalScan scan;
    private final InstrumentTable instruments;
    private final Engine engine;
    private final Comparison comparison;
    private final SystemEvents events;
    private final SystemEvents ticks;
    private final AtomicLong tickCount = new AtomicLong();
    private EngineThreads threads;

    private DetachedRun(Config config, Path directory, Progress progress) {
        this.config = config;
        Replay.EngineExtras extras =
                new Replay.EngineExtras(true, clock::nowNs, (stage, sequence, error) -> {}, QuarantineSet.NONE);
        Replay replay = new Replay(directory, config, UnaryOperator.identity(), extras);
        scan = replay.scan();
        instruments = replay.instruments();
        if (scan.lastInputSequence() < 0) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT, "journal " + directory + " is empty: nothing ran on it yet");
        }
        LiveRun.requireSameDeterminants(config, directory);
        comparison = replay.run(scan.lastInputSequence(), progress);
        if (!comparison.identical()) {
            throw LiveRun.notIdentical(directory, comparison);
        }
        engine = replay.engine();
        events = new SystemEvents(clock::nowNs, config.engine().slotLengthBytes());
        ticks = new SystemEvents(clock::nowNs, config.engine().slotLengthBytes());
    }

    /**
     * Replays a journal.
     *
     * @param config of everything; what outputs depend on has to be as the journal has it.
     * @param directory of the journal; that of a running engine will do: it is taken as it is now.
     * @param progress told how far it is.
     * @throws CommandFailure if the journal cannot be continued.
     */
    public static DetachedRun open(Config config, Path directory, Progress progress) {
        try {
            return new DetachedRun(config, directory, progress);
        } catch (JournalException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, e.getMessage(), e);
        }
    }

    /** Returns what the journal holds. */
    public JournalScan scan() {
        return scan;
    }

    /** Returns how many events were replayed. */
    public long recoveredEvents() {
        return comparison.events();
    }

    /** Returns the engine; its stages may be looked at before {@link #start} and after {@link #close}. */
    public Engine engine() {
        return engine;
    }

    /** Returns the instruments that the journal defines. */
    public InstrumentTable instruments() {
        return instruments;
    }

    /** Returns the clock that ingress times have to come from. */
    public IngressClock clock() {
        return clock;
    }

    /**
     * Begins the run.
     *
     * @param link carries what goes to the venue.
     * @param commands takes the engine's commands.
     * @param outputs takes all that the engine puts out, commands too.
     */
    public void start(Agent link, Inlet commands, OutletHandler outputs) {
        offer(events.runStarted(scan.nextRunEpoch(), scan.lastInputSequence(), scan.lastOutputIndex(), "detached"));
        for (UnsentCommand command : comparison.regeneratedUnsent()) {
            offer(events.neverSent(command.commandId(), command.templateId()));
        }
        offer(events.privateStatus(PrivateState.UP));
        EgressAgent egress = engine.egressAgent(outputs, commands);
        Topology topology = Wiring.topology(config.engine());
        Map<AgentRole, List<Agent>> agents = Replay.stageAgents(engine);
        agents.put(AgentRole.FEED, List.of(new Ticker()));
        agents.put(AgentRole.EGRESS, List.of(egress, link));
        ThreadSettings settings = new ThreadSettings(
                topology,
                Wiring.idleStrategy(config.engine()),
                Wiring.cores(config.engine().cores(), topology),
                engine::isDrained,
                error -> {},
                SystemNanoClock.INSTANCE);
        threads = EngineThreads.start(settings, agents);
    }

    /** Returns how many ticks have passed all stages, or a few less; 20 of them are a second of engine time at least. */
    public long ticks() {
        return engine.isDrained() ? tickCount.get() : -1;
    }

    /** Returns whether all threads work. */
    public boolean isRunning() {
        return threads != null && threads.isRunning();
    }

    /** Returns what an agent threw and ended the run with, null if none did. */
    public Throwable failure() {
        return threads == null ? null : threads.failure();
    }

    /** Ends the threads; afterwards the engine may be looked at. */
    public void stop() {
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void offer(int length) {
        int code = engine.controlInlet().offer(events.buffer(), 0, length);
        if (code < 0) {
            throw new IllegalStateException("the engine did not take an event of " + length + " bytes: code " + code);
        }
    }

    /** Moves engine time: there is no feed that would. */
    private final class Ticker implements Agent {
        private long nextNs = clock.monotonicNs();

        @Override
        public int doWork() {
            long nowNs = clock.monotonicNs();
            if (nowNs - nextNs < 0) {
                return 0;
            }
            if (engine.controlInlet().offer(ticks.buffer(), 0, ticks.tick(tickCount.get())) > 0) {
                nextNs = nowNs + TICK_NS;
                tickCount.incrementAndGet();
            }
            return 1;
        }

        @Override
        public String roleName() {
            return "ticker";
        }
    }
}
