package io.millrace.engine.pipeline;

import java.util.List;
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
 */
public record ThreadSettings(
        Topology topology,
        String idleStrategy,
        List<Integer> cores,
        BooleanSupplier drained,
        ErrorHandler errorHandler,
        NanoClock nanoClock) {

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
