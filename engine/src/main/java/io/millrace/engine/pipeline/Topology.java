package io.millrace.engine.pipeline;

import java.util.Arrays;
import java.util.List;

/** Which roles share a thread. The agents, the ring and the bytes that come out are the same in all. */
public enum Topology {
    /** Everything in one duty cycle on one thread. */
    SINGLE,
    /** Feed, stages, journal and egress on four threads. */
    FUSED,
    /** Every role on a thread of its own. */
    PIPELINED;

    private static final int SINGLE_CORES = 4;
    private static final int FUSED_CORES = 8;

    /** Returns the roles of each thread. */
    public List<List<AgentRole>> threads() {
        return switch (this) {
            case SINGLE -> List.of(List.of(AgentRole.values()));
            case FUSED ->
                List.of(
                        List.of(AgentRole.FEED),
                        List.of(AgentRole.BOOK, AgentRole.STRATEGY, AgentRole.RISK),
                        List.of(AgentRole.JOURNAL),
                        List.of(AgentRole.EGRESS));
            case PIPELINED -> Arrays.stream(AgentRole.values()).map(List::of).toList();
        };
    }

    /**
     * Picks by core count: up to four cores one thread is faster than several that are descheduled for each other.
     *
     * @param cores that the process may use.
     */
    public static Topology auto(int cores) {
        if (cores <= SINGLE_CORES) {
            return SINGLE;
        }
        return cores < FUSED_CORES ? FUSED : PIPELINED;
    }
}
