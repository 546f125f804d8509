package io.millrace.app.trading;

import io.millrace.codecs.event.AlgoReportEncoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DifferenceDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderTransitionDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.ReconcileDoneDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.pipeline.EgressAgent;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Between an engine that is only to be looked at and the venue: questions pass, everything else is kept here and does not leave.
 * A stop counts as taken by the venue, because the engine waits for that before it looks at the next thing.
 *
 * <p><b>Thread:</b> commands and records on egress's; the rest on any.
 */
final class DryVenue implements Inlet, OutletHandler {
    private static final int FIRST_ORDER_COMMAND = PlaceOrderDecoder.TEMPLATE_ID;
    private static final int LAST_COMMAND = 79;
    /** The venue's own numbers are far below. */
    private static final long FIRST_ALGO_ID = Long.MAX_VALUE / 2;

    private final Inlet control;
    private final LongSupplier clockNs;
    private final List<UnsafeBuffer> kept = new CopyOnWriteArrayList<>();
    private final List<UnsafeBuffer> records = new CopyOnWriteArrayList<>();
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private final ReconcileDoneDecoder done = new ReconcileDoneDecoder();
    private volatile boolean isClean;
    private final AtomicLong activity = new AtomicLong();
    private volatile Failure failure;
    private volatile Inlet questions = (buffer, offset, length) -> Inlet.BACK_PRESSURED;

    /** Why a question had no answer. */
    record Failure(String reason, int venueCode, int httpStatus) {
        /** Returns whether asking again is of no use. */
        boolean isFinal() {
            return httpStatus == 401
                    || httpStatus == 403
                    || venueCode == -2014
                    || venueCode == -2015
                    || venueCode == -1022;
        }
    }

    /**
     * Makes it.
     *
     * @param control the engine's inlet.
     * @param clockNs ingress time.
     */
    DryVenue(Inlet control, LongSupplier clockNs) {
        this.control = control;
        this.clockNs = clockNs;
    }

    /** Says who takes what only asks. */
    void questions(Inlet newQuestions) {
        questions = newQuestions;
    }

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        int templateId = EventHeader.templateId(buffer, offset);
        if (templateId == QueryOrderDecoder.TEMPLATE_ID && isAnsweredHere(buffer, offset)) {
            return Inlet.ACCEPTED;
        }
        if (templateId == AuditDecoder.TEMPLATE_ID || templateId == QueryOrderDecoder.TEMPLATE_ID) {
            return questions.offer(buffer, offset, length);
        }
        // Commands about market data are of no interest.
        if (templateId >= FIRST_ORDER_COMMAND && templateId <= LAST_COMMAND) {
            keep(copy(buffer, offset, length));
        }
        return Inlet.ACCEPTED;
    }

    /** What is given out again, because nobody answered, is not new. */
    private void keep(UnsafeBuffer command) {
        if (kept.stream().anyMatch(other -> isSame(other, command))) {
            return;
        }
        activity.incrementAndGet();
        kept.add(command);
        if (EventHeader.templateId(command, 0) == PlaceAlgoDecoder.TEMPLATE_ID) {
            PlaceAlgoDecoder placed = new PlaceAlgoDecoder().wrapAndApplyHeader(command, 0, frame);
            take(command, placed.commandId(), ReportSource.ANSWER);
        }
    }

    /** The venue does not know the stops that count as taken. */
    private boolean isAnsweredHere(DirectBuffer buffer, int offset) {
        QueryOrderDecoder query = new QueryOrderDecoder().wrapAndApplyHeader(buffer, offset, frame);
        for (UnsafeBuffer command : kept) {
            boolean isStop = EventHeader.templateId(command, 0) == PlaceAlgoDecoder.TEMPLATE_ID;
            if (isStop
                    && new PlaceAlgoDecoder()
                                    .wrapAndApplyHeader(command, 0, frame)
                                    .clientKey()
                            == query.clientKey()) {
                take(command, query.commandId(), ReportSource.QUERY);
                return true;
            }
        }
        return false;
    }

    /** Returns whether two commands differ in their id, cause and time alone. */
    private static boolean isSame(UnsafeBuffer one, UnsafeBuffer other) {
        int what = EgressAgent.DEADLINE_NS_OFFSET + Long.BYTES;
        return one.capacity() == other.capacity()
                && EventHeader.templateId(one, 0) == EventHeader.templateId(other, 0)
                && EventHeader.instrumentId(one, 0) == EventHeader.instrumentId(other, 0)
                && Arrays.equals(one.byteArray(), what, one.capacity(), other.byteArray(), what, other.capacity());
    }

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        switch (EventHeader.templateId(buffer, offset)) {
            // Each round tells anew of a difference that stays.
            case DifferenceDecoder.TEMPLATE_ID -> records.add(copy(buffer, offset, length));
            case OrderTransitionDecoder.TEMPLATE_ID -> {
                activity.incrementAndGet();
                records.add(copy(buffer, offset, length));
            }
            case ReconcileDoneDecoder.TEMPLATE_ID -> {
                if (!isClean && done.wrapAndApplyHeader(buffer, offset, frame).clean() == BooleanType.YES) {
                    activity.incrementAndGet();
                    isClean = true;
                }
            }
            default -> {
                // Digests and checkpoints of a run that nobody keeps.
            }
        }
    }

    /** Returns an inlet that passes everything on to the engine, and looks at what becomes of questions. */
    Inlet control() {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        return (buffer, offset, length) -> {
            if (EventHeader.templateId(buffer, offset) == CommandOutcomeDecoder.TEMPLATE_ID) {
                outcome.wrapAndApplyHeader(buffer, offset, header);
                boolean isGood = outcome.outcome() == CommandOutcomeCode.SENT
                        || outcome.outcome() == CommandOutcomeCode.ANSWERED
                        || outcome.commandTemplateId() == QueryOrderDecoder.TEMPLATE_ID;
                if (!isGood) {
                    failure = new Failure(outcome.reason().name(), outcome.venueCode(), outcome.httpStatus());
                }
            }
            return control.offer(buffer, offset, length);
        };
    }

    private static UnsafeBuffer copy(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private void take(UnsafeBuffer command, long commandId, ReportSource source) {
        PlaceAlgoDecoder placed = new PlaceAlgoDecoder().wrapAndApplyHeader(command, 0, frame);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        AlgoReportEncoder report = new AlgoReportEncoder();
        report.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .commandId(commandId)
                .venueAlgoId(FIRST_ALGO_ID + kept.indexOf(command))
                .childOrderId(0)
                .clientKey(placed.clientKey())
                .triggerTicks(placed.triggerTicks())
                .priceTicks(placed.priceTicks())
                .qtyLots(placed.qtyLots())
                .filledLots(0);
        report.averagePrice().mantissa(0).exponent((byte) 0);
        report.clientTag(placed.clientTag())
                .status(AlgoStatus.NEW)
                .side(placed.side())
                .orderType(placed.orderType())
                .workingType(placed.workingType())
                .reduceOnly(placed.reduceOnly())
                .closePosition(placed.closePosition())
                .activated(BooleanType.NO)
                .source(source)
                .clientText("")
                .reason("");
        int length = MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength();
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.ACCOUNT);
        EventHeader.instrumentId(buffer, 0, EventHeader.instrumentId(command, 0));
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, clockNs.getAsLong());
        control.offer(buffer, 0, length);
    }

    /** Returns whether a comparison left nothing to be rechecked; later ones would miss the stops that count as taken. */
    boolean isClean() {
        return isClean;
    }

    /** Returns a number that grows with every new command and with every change of an order's state. */
    long activity() {
        return activity.get();
    }

    /** Returns why the last question without an answer had none, null if all had one. */
    Failure failure() {
        return failure;
    }

    /** Returns the commands that did not leave. */
    List<UnsafeBuffer> kept() {
        return kept;
    }

    /** Returns the records of differences and of orders' changes of state, in order. */
    List<UnsafeBuffer> records() {
        return records;
    }
}
