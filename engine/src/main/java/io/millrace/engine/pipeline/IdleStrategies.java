package io.millrace.engine.pipeline;

import java.util.List;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Idle strategies by the names that configurations use. */
public final class IdleStrategies {
    /** The names. */
    public static final List<String> NAMES = List.of("busy-spin", "yield", "backoff", "sleep");

    private static final long MAX_SPINS = 100;
    private static final long MAX_YIELDS = 10;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;
    private static final long SLEEP_NS = 500_000;

    private IdleStrategies() {}

    /**
     * Makes a strategy; each thread needs its own.
     *
     * @param name one of {@link #NAMES}.
     * @throws IllegalArgumentException if it is none of them.
     */
    public static IdleStrategy of(String name) {
        return switch (name) {
            case "busy-spin" -> new BusySpinIdleStrategy();
            case "yield" -> new YieldingIdleStrategy();
            case "backoff" -> new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            case "sleep" -> new SleepingIdleStrategy(SLEEP_NS);
            default ->
                throw new IllegalArgumentException("idle strategy '" + name + "' is not known, use one of " + NAMES);
        };
    }
}
