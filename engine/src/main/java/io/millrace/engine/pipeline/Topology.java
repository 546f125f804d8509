package io.millrace.engine.pipeline;

import java.util.List;

/** Which roles share a thread. The agents, the ring and the bytes that come out are the same in all. */
public enum Topology {
    /** Everything in one duty cycle on one thread. */
    SINGLE(List.of(List.of(
            AgentRole.FEED, AgentRole.BOOK, AgentRole.STRATEGY, AgentRole.RISK, AgentRole.JOURNAL, AgentRole.EGRESS))),
    /** Feed, stages, journal and egress on four threads. */
    FUSED(List.of(
            List.of(AgentRole.FEED),
            List.of(AgentRole.BOOK, AgentRole.STRATEGY, AgentRole.RISK),
            List.of(AgentRole.JOURNAL),
            List.of(AgentRole.EGRESS))),
    /** Every role on a thread of its own. */
    PIPELINED(List.of(
            List.of(AgentRole.FEED),
            List.of(AgentRole.BOOK),
            List.of(AgentRole.STRATEGY),
            List.of(AgentRole.RISK),
            List.of(AgentRole.JOURNAL),
            List.of(AgentRole.EGRESS)));

    private static final int SINGLE_CORES = 4;
    private static final int FUSED_CORES = 8;

    private final List<List<AgentRole>> threads;

    Topology(List<List<AgentRole>> threads) {
        this.threads = threads;
    }

    /** Returns the roles of each thread. */
    public List<List<AgentRole>> threads() {
        return threads;
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
