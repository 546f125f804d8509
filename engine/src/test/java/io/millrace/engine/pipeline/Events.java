package io.millrace.engine.pipeline;

import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.RunStoppedEncoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes events for tests. */
final class Events {
    private static final MessageHeaderEncoder FRAME = new MessageHeaderEncoder();

    private Events() {}

    static MutableDirectBuffer buffer() {
        return new UnsafeBuffer(new byte[16 * 1024]);
    }

    static int ticker(MutableDirectBuffer buffer, int offset, int instrumentId, long updateId, long ingressNs) {
        BookTickerEncoder encoder = new BookTickerEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
        encoder.updateId(updateId).bidTicks(100).bidLots(5).askTicks(101).askLots(7);
        return header(buffer, offset, encoder.limit() - offset, EventFlags.WHOLE, instrumentId, ingressNs);
    }

    static int diff(MutableDirectBuffer buffer, int offset, int flags, long id, int levels) {
        DepthDiffEncoder encoder = new DepthDiffEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
        encoder.firstUpdateId(id).lastUpdateId(id).prevUpdateId(id - 1);
        DepthDiffEncoder.BidsEncoder bids = encoder.bidsCount(levels);
        for (int i = 0; i < levels; i++) {
            bids.next().priceTicks(100 - i).qtyLots(id % 7);
        }
        encoder.asksCount(0);
        return header(buffer, offset, encoder.limit() - offset, flags, 0, id);
    }

    static int tick(MutableDirectBuffer buffer, int offset, long tick, long ingressNs) {
        ClockTickEncoder encoder = new ClockTickEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, FRAME).tick(tick);
        return header(buffer, offset, encoder.limit() - offset, EventFlags.WHOLE, EventHeader.NO_INSTRUMENT, ingressNs);
    }

    static int operator(MutableDirectBuffer buffer, int offset, OperatorAction action, long targetSequence, int stage) {
        OperatorCommandEncoder encoder = new OperatorCommandEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, FRAME)
                .targetSequence(targetSequence)
                .action(action)
                .stage((short) stage)
                .reason("test");
        return header(buffer, offset, encoder.limit() - offset, EventFlags.WHOLE, EventHeader.NO_INSTRUMENT, 1);
    }

    static int runStarted(MutableDirectBuffer buffer, int offset, long runEpoch, long lastInputSequence) {
        RunStartedEncoder encoder = new RunStartedEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, FRAME)
                .runEpoch(runEpoch)
                .lastInputSequence(lastInputSequence)
                .lastOutputIndex(-1)
                .build("test")
                .configuration("");
        return header(buffer, offset, encoder.limit() - offset, EventFlags.WHOLE, EventHeader.NO_INSTRUMENT, 1);
    }

    static int runStopped(MutableDirectBuffer buffer, int offset, long runEpoch) {
        RunStoppedEncoder encoder = new RunStoppedEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, FRAME).runEpoch(runEpoch).reason(StopReason.ORDERLY);
        return header(buffer, offset, encoder.limit() - offset, EventFlags.WHOLE, EventHeader.NO_INSTRUMENT, 1);
    }

    private static int header(
            MutableDirectBuffer buffer, int offset, int length, int flags, int instrumentId, long ingressNs) {
        EventHeader.length(buffer, offset, length);
        EventHeader.flags(buffer, offset, flags);
        EventHeader.producer(buffer, offset, Producers.MARKET);
        EventHeader.instrumentId(buffer, offset, instrumentId);
        EventHeader.gridVersion(buffer, offset, 0);
        EventHeader.connectionId(buffer, offset, 1);
        EventHeader.eventTimeMs(buffer, offset, 0);
        EventHeader.transactTimeMs(buffer, offset, 0);
        EventHeader.ingressNs(buffer, offset, ingressNs);
        return length;
    }
}
