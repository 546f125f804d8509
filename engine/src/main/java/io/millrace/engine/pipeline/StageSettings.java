package io.millrace.engine.pipeline;

import io.millrace.engine.status.Counters;
import io.millrace.engine.status.StageStamps;

/**
 * What all stage agents of an engine share.
 *
 * @param ring they follow.
 * @param firstSequence journal sequence of ring sequence 0.
 * @param checkpointInterval sequences between two checkpoints, a power of two.
 * @param batchLimit most slots of one duty cycle.
 * @param quarantined events that stages do not see.
 * @param stamps side array of time stamps.
 * @param counters of the engine.
 * @param faults kept for egress.
 * @param faultListener told at once.
 */
record StageSettings(
        Ring ring,
        long firstSequence,
        int checkpointInterval,
        int batchLimit,
        QuarantineSet quarantined,
        StageStamps stamps,
        Counters counters,
        FaultLog faults,
        FaultListener faultListener) {}
