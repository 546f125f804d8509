package io.millrace.gateway;

import io.millrace.codecs.event.ChangeStreamsEncoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FetchBarsEncoder;
import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.event.ResubscribeEncoder;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes commands and describes events in one line each, for comparisons. */
final class Events {
    private Events() {}

    static UnsafeBuffer fetchSnapshot(long commandId, int instrumentId, long deadlineNs, int depthLimit) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        FetchSnapshotEncoder encoder = new FetchSnapshotEncoder().wrap(buffer, 8);
        encoder.commandId(commandId)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .depthLimit(depthLimit)
                .attempt(1);
        return finish(buffer, FetchSnapshotEncoder.TEMPLATE_ID, FetchSnapshotEncoder.BLOCK_LENGTH, instrumentId);
    }

    static UnsafeBuffer resubscribe(long commandId, int instrumentId, long deadlineNs, int streams) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ResubscribeEncoder encoder = new ResubscribeEncoder().wrap(buffer, 8);
        encoder.commandId(commandId).causeSequence(1).deadlineNs(deadlineNs);
        buffer.putShort(8 + ResubscribeEncoder.streamsEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
        return finish(buffer, ResubscribeEncoder.TEMPLATE_ID, ResubscribeEncoder.BLOCK_LENGTH, instrumentId);
    }

    static UnsafeBuffer fetchBars(long commandId, int instrumentId, long deadlineNs, long startMs, long endMs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        FetchBarsEncoder encoder = new FetchBarsEncoder().wrap(buffer, 8);
        encoder.commandId(commandId)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .startTimeMs(startMs)
                .endTimeMs(endMs)
                .barLimit((int) ((endMs - startMs) / 60_000) + 1)
                .attempt(1)
                .interval(Interval.M1);
        return finish(buffer, FetchBarsEncoder.TEMPLATE_ID, FetchBarsEncoder.BLOCK_LENGTH, instrumentId);
    }

    static UnsafeBuffer changeStreams(long commandId, int instrumentId, long deadlineNs, int in, int out) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ChangeStreamsEncoder encoder = new ChangeStreamsEncoder().wrap(buffer, 8);
        encoder.commandId(commandId).causeSequence(1).deadlineNs(deadlineNs).rank(0);
        buffer.putShort(8 + ChangeStreamsEncoder.subscribeEncodingOffset(), (short) in, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(8 + ChangeStreamsEncoder.unsubscribeEncodingOffset(), (short) out, ByteOrder.LITTLE_ENDIAN);
        return finish(buffer, ChangeStreamsEncoder.TEMPLATE_ID, ChangeStreamsEncoder.BLOCK_LENGTH, instrumentId);
    }

    private static UnsafeBuffer finish(
            ExpandableArrayBuffer buffer, int templateId, int blockLength, int instrumentId) {
        EventHeader.putFrame(buffer, 0, blockLength, templateId, 7001, 1);
        EventHeader.length(buffer, 0, 8 + blockLength);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.ENGINE);
        EventHeader.instrumentId(buffer, 0, instrumentId);
        byte[] bytes = new byte[8 + blockLength];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** STATE:streams:[instruments]@connection of each StreamStatus. */
    static List<String> streamStates(RecordingInlet control) {
        List<String> lines = new ArrayList<>();
        for (UnsafeBuffer message : control.of(StreamStatusDecoder.TEMPLATE_ID)) {
            StreamStatusDecoder status =
                    new StreamStatusDecoder().wrap(message, 8, StreamStatusDecoder.BLOCK_LENGTH, 1);
            int streams = message.getShort(8 + StreamStatusDecoder.streamsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            List<Integer> ids = new ArrayList<>();
            status.instruments().forEach(instrument -> ids.add(instrument.instrumentId()));
            lines.add(status.state() + ":" + streams + ":" + ids + "@" + EventHeader.connectionId(message, 0));
        }
        return lines;
    }

    /** id:OUTCOME:REASON:status:code of each CommandOutcome. */
    static List<String> outcomes(RecordingInlet control) {
        List<String> lines = new ArrayList<>();
        for (UnsafeBuffer message : control.of(CommandOutcomeDecoder.TEMPLATE_ID)) {
            CommandOutcomeDecoder outcome = outcome(message);
            lines.add(outcome.commandId() + ":" + outcome.outcome() + ":" + outcome.reason() + ":"
                    + outcome.httpStatus() + ":" + outcome.venueCode());
        }
        return lines;
    }

    static CommandOutcomeDecoder outcome(UnsafeBuffer message) {
        return new CommandOutcomeDecoder().wrap(message, 8, CommandOutcomeDecoder.BLOCK_LENGTH, 1);
    }
}
