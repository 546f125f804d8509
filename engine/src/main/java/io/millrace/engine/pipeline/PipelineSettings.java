package io.millrace.engine.pipeline;

import org.agrona.concurrent.NanoClock;

/**
 * What a {@link Pipeline} is made with; {@code EngineContext} says what each means, and checks it.
 *
 * @param ringSlots slots of the ring.
 * @param slotLength bytes of a slot.
 * @param firstSequence journal sequence of the first event.
 * @param checkpointInterval sequences between two checkpoints.
 * @param batchLimit most slots of one duty cycle.
 * @param sampleShift k of the sampling of time stamps.
 * @param isJournaled whether outputs wait for the input outlet.
 * @param isClockOfIngress whether ingress times come from {@code nanoClock}.
 * @param nanoClock of stamps and deadlines.
 * @param quarantined events that stages do not see.
 * @param faultListener hears of faults.
 */
public record PipelineSettings(
        int ringSlots,
        int slotLength,
        long firstSequence,
        int checkpointInterval,
        int batchLimit,
        int sampleShift,
        boolean isJournaled,
        boolean isClockOfIngress,
        NanoClock nanoClock,
        QuarantineSet quarantined,
        FaultListener faultListener) {}
