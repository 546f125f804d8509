package io.millrace.engine.pipeline;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.StageFaultEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what egress tells the ring: outcomes of commands, and stages' faults. */
final class AnswerEncoder {
    private static final int CAPACITY = 512;
    private static final int MAX_TEXT = CAPACITY - EventHeader.BODY_OFFSET - 32;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
    private final StageFaultEncoder fault = new StageFaultEncoder();

    /** Returns the buffer of the last message, which begins at 0. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Writes the outcome at the queue's head and returns its length. */
    int encodeOutcome(OutcomeQueue queue, long nowNs) {
        outcome.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(queue.id())
                .retryAtNs(0)
                .venueCode(0)
                .httpStatus(0)
                .commandTemplateId(queue.kind())
                .outcome(CommandOutcomeCode.get((short) (queue.code() & 0xFF)))
                .reason(OutcomeReason.get((short) (queue.code() >> 8)));
        int length = outcome.limit();
        putHeader(length, Producers.EGRESS, queue.subject(), nowNs);
        return length;
    }

    /** Writes a stage's fault and returns the message's length. */
    int encodeFault(long sequence, int stage, String text, long nowNs) {
        byte[] bytes = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        fault.wrapAndApplyHeader(buffer, 0, frame)
                .faultSequence(sequence)
                .stage((short) stage)
                .putMessage(bytes, 0, Math.min(bytes.length, MAX_TEXT));
        int length = fault.limit();
        putHeader(length, Producers.SYSTEM, EventHeader.NO_INSTRUMENT, nowNs);
        return length;
    }

    private void putHeader(int length, int producer, int instrumentId, long nowNs) {
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, producer);
        EventHeader.instrumentId(buffer, 0, instrumentId);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, nowNs);
    }
}
