package io.millrace.app.runtime;

import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.DiskLevel;
import io.millrace.codecs.event.DiskStatusEncoder;
import io.millrace.codecs.event.JournalOpenedEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.RunStoppedEncoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes the events that the process itself makes. Each method leaves whole messages in {@link #buffer()} from 0 and returns
 * their bytes.
 *
 * <p><b>Thread:</b> one at a time. Cold.
 */
final class SystemEvents {
    /** Layout of the journal's records as this build writes them. */
    private static final int NO_STAGE = 255;

    private static final int FORMAT_VERSION = 1;

    private static final int TEXT_LENGTH_BYTES = 2;
    private static final int MAX_REASON_BYTES = 200;
    private static final int FRAME = MessageHeaderEncoder.ENCODED_LENGTH;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final LongSupplier clockNs;
    private final int slotLength;

    /**
     * Makes the encoder.
     *
     * @param clockNs ingress time.
     * @param slotLength most bytes of one message.
     */
    SystemEvents(LongSupplier clockNs, int slotLength) {
        this.clockNs = clockNs;
        this.slotLength = slotLength;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** The first record of a journal: build and configuration, in as many chunks as it takes. */
    int journalOpened(String build, String configuration) {
        byte[] buildBytes = build.getBytes(StandardCharsets.UTF_8);
        byte[] text = configuration.getBytes(StandardCharsets.UTF_8);
        int room = slotLength - FRAME - JournalOpenedEncoder.BLOCK_LENGTH - 2 * TEXT_LENGTH_BYTES - buildBytes.length;
        JournalOpenedEncoder opened = new JournalOpenedEncoder();
        int offset = 0;
        int at = 0;
        do {
            int length = Math.min(room, text.length - at);
            opened.wrapAndApplyHeader(buffer, offset, frame)
                    .schemaVersion(JournalOpenedEncoder.SCHEMA_VERSION)
                    .formatVersion(FORMAT_VERSION)
                    .putBuild(buildBytes, 0, buildBytes.length)
                    .putConfiguration(text, at, length);
            int flags = (at == 0 ? EventFlags.FIRST : 0) | (at + length == text.length ? EventFlags.LAST : 0);
            offset += finish(offset, opened.encodedLength(), flags, Producers.SYSTEM);
            at += length;
        } while (at < text.length);
        return offset;
    }

    int runStarted(long runEpoch, long lastInputSequence, long lastOutputIndex, String build) {
        RunStartedEncoder started = new RunStartedEncoder();
        started.wrapAndApplyHeader(buffer, 0, frame)
                .runEpoch(runEpoch)
                .lastInputSequence(lastInputSequence)
                .lastOutputIndex(lastOutputIndex)
                .build(build)
                .configuration("");
        return finish(0, started.encodedLength(), EventFlags.WHOLE, Producers.SYSTEM);
    }

    int runStopped(long runEpoch, StopReason reason) {
        RunStoppedEncoder stopped = new RunStoppedEncoder();
        stopped.wrapAndApplyHeader(buffer, 0, frame).runEpoch(runEpoch).reason(reason);
        return finish(0, stopped.encodedLength(), EventFlags.WHOLE, Producers.SYSTEM);
    }

    int quarantine(long sequence, int stage, String reason) {
        return operator(OperatorAction.QUARANTINE, sequence, stage, reason);
    }

    int operator(OperatorAction action, String reason) {
        return operator(action, -1, NO_STAGE, reason);
    }

    private int operator(OperatorAction action, long sequence, int stage, String reason) {
        OperatorCommandEncoder command = new OperatorCommandEncoder();
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        command.wrapAndApplyHeader(buffer, 0, frame)
                .targetSequence(sequence)
                .action(action)
                .stage((short) stage)
                .putReason(text, 0, Math.min(text.length, MAX_REASON_BYTES));
        return finish(0, command.encodedLength(), EventFlags.WHOLE, Producers.OPERATOR);
    }

    int tick(long tick) {
        ClockTickEncoder event = new ClockTickEncoder();
        event.wrapAndApplyHeader(buffer, 0, frame).tick(tick);
        return finish(0, event.encodedLength(), EventFlags.WHOLE, Producers.CLOCK);
    }

    /** The account's stream as one connection tells it. */
    int privateStatus(PrivateState state) {
        PrivateStatusEncoder event = new PrivateStatusEncoder();
        event.wrapAndApplyHeader(buffer, 0, frame).connections(1).state(state);
        return finish(0, event.encodedLength(), EventFlags.WHOLE, Producers.ACCOUNT);
    }

    int diskStatus(long freeBytes, DiskLevel level) {
        DiskStatusEncoder status = new DiskStatusEncoder();
        status.wrapAndApplyHeader(buffer, 0, frame).freeBytes(freeBytes).level(level);
        return finish(0, status.encodedLength(), EventFlags.WHOLE, Producers.SYSTEM);
    }

    /** A command that was decided on before a crash and never left. */
    int neverSent(long commandId, int commandTemplateId) {
        CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
        outcome.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(commandId)
                .retryAtNs(0)
                .venueCode(0)
                .httpStatus(0)
                .commandTemplateId(commandTemplateId)
                .outcome(CommandOutcomeCode.EXPIRED_UNSENT)
                .reason(OutcomeReason.CRASHED_BEFORE_SEND);
        return finish(0, outcome.encodedLength(), EventFlags.WHOLE, Producers.SYSTEM);
    }

    private int finish(int offset, int encodedLength, int flags, int producer) {
        int length = FRAME + encodedLength;
        EventHeader.length(buffer, offset, length);
        EventHeader.flags(buffer, offset, flags);
        EventHeader.producer(buffer, offset, producer);
        EventHeader.instrumentId(buffer, offset, EventHeader.NO_INSTRUMENT);
        EventHeader.gridVersion(buffer, offset, 0);
        EventHeader.connectionId(buffer, offset, 0);
        EventHeader.eventTimeMs(buffer, offset, 0);
        EventHeader.transactTimeMs(buffer, offset, 0);
        EventHeader.ingressNs(buffer, offset, clockNs.getAsLong());
        return length;
    }
}
