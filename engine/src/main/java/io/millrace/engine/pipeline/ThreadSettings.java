package io.millrace.engine.pipeline;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;

/**
 * How {@link EngineThreads} runs its threads.
 *
 * @param topology which roles share a thread.
 * @param idleStrategy name of the idle strategy, see {@link IdleStrategies}.
 * @param cores core of each thread of the topology, in order; empty to pin none, -1 to leave one out.
 * @param drained whether everything that is on the ring has passed: {@code engine::isDrained}.
 * @param errorHandler hears of an agent that threw, on its thread, before everything stops.
 * @param nanoClock of the time-out of an orderly stop.
 * @param factory makes the threads; they get names and become daemons. Agents with sockets may want threads of a kind.
 */
public record ThreadSettings(
        Topology topology,
        String idleStrategy,
        List<Integer> cores,
        BooleanSupplier drained,
        ErrorHandler errorHandler,
        NanoClock nanoClock,
        ThreadFactory factory) {

    /**
     * Settings with ordinary threads.
     *
     * @param topology which roles share a thread.
     * @param idleStrategy name of the idle strategy.
     * @param cores core of each thread, or empty.
     * @param drained whether everything that is on the ring has passed.
     * @param errorHandler hears of an agent that threw.
     * @param nanoClock of the time-out of an orderly stop.
     */
    public ThreadSettings(
            Topology topology,
            String idleStrategy,
            List<Integer> cores,
            BooleanSupplier drained,
            ErrorHandler errorHandler,
            NanoClock nanoClock) {
        this(topology, idleStrategy, cores, drained, errorHandler, nanoClock, Thread::new);
    }

    /** Checks the settings. */
    public ThreadSettings {
        cores = List.copyOf(cores);
        IdleStrategies.of(idleStrategy);
        if (!cores.isEmpty() && cores.size() != topology.threads().size()) {
            throw new IllegalArgumentException("threads.cores=" + cores + " names " + cores.size() + " cores, topology "
                    + topology + " has " + topology.threads().size() + " threads: name one for each, or none");
        }
    }
}
