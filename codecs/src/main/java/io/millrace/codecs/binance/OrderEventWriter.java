package io.millrace.codecs.binance;

import io.millrace.codecs.event.AlgoReportEncoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecimalEncoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.FillNoticeEncoder;
import io.millrace.codecs.event.OrderReportEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;

/**
 * Reads the members of an order from where the venue tells of one and writes the event's message at the scratch's beginning.
 * Whether all members were good is for the caller to ask the {@link DecodeFailure}.
 */
final class OrderEventWriter {
    /** Most bytes of a foreign order's name or of a reason that are kept. */
    static final int MAX_TEXT = 96;
    /** No message is longer. */
    static final int MAX_LENGTH = 512;

    private final FrameBuffer frame;
    private final FieldReader fields;
    private final DecodeFailure failure;
    private final EventScratch scratch;
    private final OrderReportEncoder order = new OrderReportEncoder();
    private final FillNoticeEncoder fill = new FillNoticeEncoder();
    private final AlgoReportEncoder algo = new AlgoReportEncoder();
    private long clientKey;
    private int clientTag;
    private int textStart;
    private int textLength;

    OrderEventWriter(FrameBuffer frame, FieldReader fields, DecodeFailure failure, EventScratch scratch) {
        this.frame = frame;
        this.fields = fields;
        this.failure = failure;
        this.scratch = scratch;
    }

    /**
     * Writes an OrderReport.
     *
     * @param spec the order's contract.
     * @param commandId that this answers, 0 for none.
     * @param eventTimeMs when the venue told it, 0 if it does not say.
     */
    int order(InstrumentSpec spec, ReportSource source, long commandId, long eventTimeMs) {
        begin(OrderReportEncoder.TEMPLATE_ID, OrderReportEncoder.BLOCK_LENGTH, spec, eventTimeMs, 0);
        name(OrderFields.CLIENT_ID);
        boolean isStream = fields.has(OrderFields.EXECUTION);
        order.wrap(scratch.buffer(), 8)
                .commandId(commandId)
                .venueOrderId(fields.count(OrderFields.ORDER_ID))
                .clientKey(clientKey)
                .priceTicks(fields.ticksIfTold(OrderFields.PRICE, spec))
                .qtyLots(fields.lots(OrderFields.QTY, spec))
                .filledLots(fields.lots(OrderFields.FILLED, spec))
                .lastTicks(fields.ticksIfTold(OrderFields.LAST_PRICE, spec))
                .lastLots(fields.lotsIfTold(OrderFields.LAST_QTY, spec))
                .tradeId(fields.countIfTold(OrderFields.TRADE_ID))
                .feeE8(fields.signedE8IfTold(OrderFields.FEE))
                .feeAsset(fields.isTold(OrderFields.FEE_ASSET) ? fields.word(OrderFields.FEE_ASSET) : 0)
                .realizedE8(fields.signedE8IfTold(OrderFields.REALIZED))
                .clientTag(clientTag)
                .execution(isStream ? OrderTexts.execution(fields, OrderFields.EXECUTION) : ExecutionType.NONE)
                .status(OrderTexts.status(fields, OrderFields.STATUS))
                .side(side())
                .orderType(OrderTexts.orderType(fields, OrderFields.TYPE))
                .originalType(originalType())
                .timeInForce(OrderTexts.timeInForce(fields, OrderFields.TIME_IN_FORCE))
                .maker(bool(fields.boolIfTold(OrderFields.MAKER)))
                .reduceOnly(bool(fields.boolIfTold(OrderFields.REDUCE_ONLY)))
                .closePosition(bool(fields.boolIfTold(OrderFields.CLOSE_POSITION)))
                .expiryReason((short) Math.min(fields.countIfTold(OrderFields.EXPIRY_REASON), 255))
                .source(source);
        decimal(order.averagePrice(), OrderFields.AVERAGE_PRICE);
        order.putClientText(frame.view(), textStart, textLength);
        return end(8 + order.encodedLength());
    }

    private OrderType originalType() {
        return fields.has(OrderFields.ORIGINAL_TYPE)
                ? OrderTexts.orderType(fields, OrderFields.ORIGINAL_TYPE)
                : OrderTexts.orderType(fields, OrderFields.TYPE);
    }

    /** Writes a FillNotice of a TRADE_LITE. */
    int fill(InstrumentSpec spec, long eventTimeMs) {
        begin(FillNoticeEncoder.TEMPLATE_ID, FillNoticeEncoder.BLOCK_LENGTH, spec, eventTimeMs, 0);
        name(OrderFields.CLIENT_ID);
        fill.wrap(scratch.buffer(), 8)
                .commandId(0)
                .venueOrderId(fields.count(OrderFields.ORDER_ID))
                .clientKey(clientKey)
                .lastTicks(fields.ticksIfTold(OrderFields.LAST_PRICE, spec))
                .lastLots(fields.lots(OrderFields.LAST_QTY, spec))
                .tradeId(fields.count(OrderFields.TRADE_ID))
                .feeE8(0)
                .feeAsset(0)
                .realizedE8(0)
                .clientTag(clientTag)
                .side(side())
                .maker(bool(fields.boolIfTold(OrderFields.MAKER)))
                .source(ReportSource.STREAM)
                .putClientText(frame.view(), textStart, textLength);
        return end(8 + fill.encodedLength());
    }

    /**
     * Writes an AlgoReport. The answer to a cancel has neither contract nor state: then it is cancelled, and what it was is
     * told as 0.
     *
     * @param spec the order's contract.
     * @param commandId that this answers, 0 for none.
     * @param eventTimeMs when the venue told it, 0 if it does not say.
     * @param transactTimeMs when it happened, 0 if the order itself says so.
     */
    int algo(InstrumentSpec spec, ReportSource source, long commandId, long eventTimeMs, long transactTimeMs) {
        begin(AlgoReportEncoder.TEMPLATE_ID, AlgoReportEncoder.BLOCK_LENGTH, spec, eventTimeMs, transactTimeMs);
        name(OrderFields.CLIENT_ALGO_ID);
        boolean isWhole = fields.has(OrderFields.STATUS);
        algo.wrap(scratch.buffer(), 8)
                .commandId(commandId)
                .venueAlgoId(fields.count(OrderFields.ALGO_ID))
                .childOrderId(fields.countIfTold(OrderFields.CHILD_ID))
                .clientKey(clientKey)
                .triggerTicks(fields.ticksIfTold(OrderFields.TRIGGER_PRICE, spec))
                .priceTicks(fields.ticksIfTold(OrderFields.PRICE, spec))
                .qtyLots(fields.lotsIfTold(OrderFields.QTY, spec))
                .filledLots(fields.lotsIfTold(OrderFields.FILLED, spec))
                .clientTag(clientTag)
                .status(isWhole ? OrderTexts.algoStatus(fields, OrderFields.STATUS) : AlgoStatus.CANCELED)
                .side(isWhole ? side() : Side.NULL_VAL)
                .orderType(isWhole ? OrderTexts.orderType(fields, OrderFields.TYPE) : OrderType.OTHER)
                .workingType(
                        isWhole ? OrderTexts.workingType(fields, OrderFields.WORKING_TYPE) : WorkingType.CONTRACT_PRICE)
                .reduceOnly(bool(fields.boolIfTold(OrderFields.REDUCE_ONLY)))
                .closePosition(bool(fields.boolIfTold(OrderFields.CLOSE_POSITION)))
                .activated(bool(fields.boolIfTold(OrderFields.ACTIVATED)))
                .source(source);
        decimal(algo.averagePrice(), OrderFields.AVERAGE_PRICE);
        algo.putClientText(frame.view(), textStart, textLength);
        int reason = fields.isTold(OrderFields.REASON) ? fields.text(OrderFields.REASON) : -1;
        int length = reason < 0 ? 0 : Math.min(fields.textEnd(reason) - reason, MAX_TEXT);
        algo.putReason(frame.view(), Math.max(reason, 0), length);
        return end(8 + algo.encodedLength());
    }

    private void begin(int templateId, int blockLength, InstrumentSpec spec, long eventTimeMs, long transactTimeMs) {
        long atMs = transactTimeMs == 0 ? fields.countIfTold(OrderFields.UPDATE_TIME) : transactTimeMs;
        scratch.header(0, EventScratch.frame(templateId, blockLength), 0, spec, eventTimeMs, atMs);
    }

    private int end(int length) {
        scratch.lengthAndFlags(0, length, EventFlags.WHOLE);
        return length;
    }

    /** Reads a client id: ours as tag and key, others as text. */
    private void name(int slot) {
        int start = fields.text(slot);
        int length = start < 0 ? 0 : fields.textEnd(start) - start;
        clientKey = length == 0 ? ClientOrderId.NO_KEY : ClientOrderId.key(frame.view(), start, length);
        boolean isOurs = clientKey != ClientOrderId.NO_KEY;
        clientTag = isOurs ? ClientOrderId.tag(frame.view(), start, length) : 0;
        textStart = Math.max(start, 0);
        textLength = isOurs ? 0 : Math.min(length, MAX_TEXT);
    }

    private Side side() {
        Side side = OrderTexts.side(fields, OrderFields.SIDE);
        if (side == null) {
            failure.failWhole(DecodeReason.BAD_ENUM, Math.max(fields.require(OrderFields.SIDE), 0));
            return Side.NULL_VAL;
        }
        return side;
    }

    private void decimal(DecimalEncoder target, int slot) {
        boolean isTold = fields.decimalIfTold(slot);
        target.mantissa(isTold ? fields.numbers().mantissa() : 0)
                .exponent(isTold ? (byte) -fields.numbers().scale() : 0);
    }

    private static BooleanType bool(boolean value) {
        return value ? BooleanType.YES : BooleanType.NO;
    }
}
