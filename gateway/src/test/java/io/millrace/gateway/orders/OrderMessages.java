package io.millrace.gateway.orders;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AmendOrderEncoder;
import io.millrace.codecs.event.ArmCountdownEncoder;
import io.millrace.codecs.event.AuditDoneDecoder;
import io.millrace.codecs.event.AuditEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoEncoder;
import io.millrace.codecs.event.CancelBatchEncoder;
import io.millrace.codecs.event.CancelOrderEncoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.ConfigureInstrumentEncoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoEncoder;
import io.millrace.codecs.event.PlaceOrderEncoder;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.QueryOrderEncoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.gateway.RecordingInlet;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes order commands, and describes what became of them in one line each. */
public final class OrderMessages {
    public static final int TAG = 4711;
    private static final int FIRST_GRID = 1;

    private OrderMessages() {}

    public static UnsafeBuffer limit(long id, long key, long deadlineNs, long ticks, long lots) {
        return place(id, key, deadlineNs, new Terms(Side.BUY, ticks, lots));
    }

    public static UnsafeBuffer market(long id, long key, long deadlineNs, Side side, long lots) {
        return place(id, key, deadlineNs, new Terms(side, 0, lots));
    }

    /** An entry; a limit order if it has a price. */
    private record Terms(Side side, long ticks, long lots) {}

    private static UnsafeBuffer place(long id, long key, long deadlineNs, Terms terms) {
        boolean isMarket = terms.ticks() == 0;
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new PlaceOrderEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .priceTicks(terms.ticks())
                .qtyLots(terms.lots())
                .goodTillMs(0)
                .clientTag(TAG)
                .side(terms.side())
                .orderType(isMarket ? OrderType.MARKET : OrderType.LIMIT)
                .timeInForce(isMarket ? TimeInForce.NONE : TimeInForce.GTC)
                .reduceOnly(BooleanType.NO)
                .priceMatch(PriceMatch.NONE)
                .selfTradePrevention(SelfTradePrevention.EXPIRE_MAKER)
                .lane(Lane.ENTRY);
        return finish(buffer, PlaceOrderEncoder.TEMPLATE_ID, PlaceOrderEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer amend(long id, long key, long deadlineNs, long ticks, long lots) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new AmendOrderEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .venueOrderId(0)
                .priceTicks(ticks)
                .qtyLots(lots)
                .clientTag(TAG)
                .side(Side.BUY)
                .lane(Lane.ENTRY);
        return finish(buffer, AmendOrderEncoder.TEMPLATE_ID, AmendOrderEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer cancel(long id, long key, long deadlineNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new CancelOrderEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .venueOrderId(0)
                .clientTag(TAG)
                .lane(Lane.CANCEL);
        return finish(buffer, CancelOrderEncoder.TEMPLATE_ID, CancelOrderEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer stop(long id, long key, long deadlineNs, long triggerTicks) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new PlaceAlgoEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .triggerTicks(triggerTicks)
                .priceTicks(0)
                .qtyLots(10)
                .activateTicks(0)
                .goodTillMs(0)
                .clientTag(TAG)
                .callbackTenths(0)
                .side(Side.SELL)
                .orderType(OrderType.STOP_MARKET)
                .timeInForce(TimeInForce.NONE)
                .workingType(WorkingType.MARK_PRICE)
                .priceProtect(BooleanType.NO)
                .closePosition(BooleanType.NO)
                .reduceOnly(BooleanType.YES)
                .lane(Lane.PROTECTION);
        return finish(buffer, PlaceAlgoEncoder.TEMPLATE_ID, PlaceAlgoEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer cancelAlgo(long id, long key, long deadlineNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new CancelAlgoEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .venueAlgoId(0)
                .clientTag(TAG)
                .lane(Lane.CANCEL);
        return finish(buffer, CancelAlgoEncoder.TEMPLATE_ID, CancelAlgoEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer query(long id, long key, long deadlineNs, boolean isAlgo) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new QueryOrderEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientKey(key)
                .venueId(0)
                .clientTag(TAG)
                .attempt(1)
                .algo(isAlgo ? BooleanType.YES : BooleanType.NO)
                .lane(Lane.QUERY);
        return finish(buffer, QueryOrderEncoder.TEMPLATE_ID, QueryOrderEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer cancelBatch(long id, long deadlineNs, long... keys) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        CancelBatchEncoder encoder = new CancelBatchEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .clientTag(TAG)
                .lane(Lane.CANCEL);
        CancelBatchEncoder.OrdersEncoder orders = encoder.ordersCount(keys.length);
        for (long key : keys) {
            orders.next().clientKey(key);
        }
        int behindBlock = encoder.encodedLength() - CancelBatchEncoder.BLOCK_LENGTH;
        return finish(buffer, CancelBatchEncoder.TEMPLATE_ID, CancelBatchEncoder.BLOCK_LENGTH, behindBlock, 0);
    }

    public static UnsafeBuffer arm(long id, long deadlineNs, long countdownMs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new ArmCountdownEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .countdownMs(countdownMs)
                .lane(Lane.PROTECTION);
        return finish(buffer, ArmCountdownEncoder.TEMPLATE_ID, ArmCountdownEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer configure(long id, long deadlineNs, int leverage, MarginType marginType) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new ConfigureInstrumentEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .leverage(leverage)
                .marginType(marginType)
                .lane(Lane.PROTECTION);
        return finish(buffer, ConfigureInstrumentEncoder.TEMPLATE_ID, ConfigureInstrumentEncoder.BLOCK_LENGTH, 0, 0);
    }

    public static UnsafeBuffer audit(long id, long deadlineNs, int kinds, int instrumentId, long afterTradeId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new AuditEncoder()
                .wrap(buffer, 8)
                .commandId(id)
                .causeSequence(1)
                .deadlineNs(deadlineNs)
                .afterTradeId(afterTradeId)
                .sinceMs(0)
                .lane(Lane.QUERY);
        buffer.putShort(8 + AuditEncoder.kindsEncodingOffset(), (short) kinds, ByteOrder.LITTLE_ENDIAN);
        return finish(buffer, AuditEncoder.TEMPLATE_ID, AuditEncoder.BLOCK_LENGTH, 0, instrumentId);
    }

    private static UnsafeBuffer finish(
            ExpandableArrayBuffer buffer, int templateId, int blockLength, int behindBlock, int instrumentId) {
        int length = 8 + blockLength + behindBlock;
        EventHeader.putFrame(buffer, 0, blockLength, templateId, 7001, 1);
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.ENGINE);
        EventHeader.instrumentId(buffer, 0, instrumentId);
        EventHeader.gridVersion(buffer, 0, FIRST_GRID);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** What became of a command: its outcomes and reports, in order. */
    public static List<String> chain(RecordingInlet control, long commandId) {
        List<String> lines = new ArrayList<>();
        for (UnsafeBuffer event : List.copyOf(control.all())) {
            String line = line(event, commandId);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String line(UnsafeBuffer event, long commandId) {
        MessageHeaderDecoder frame = new MessageHeaderDecoder();
        switch (EventHeader.templateId(event, 0)) {
            case CommandOutcomeDecoder.TEMPLATE_ID -> {
                CommandOutcomeDecoder outcome = new CommandOutcomeDecoder().wrapAndApplyHeader(event, 0, frame);
                boolean isPlain = outcome.httpStatus() == 0 && outcome.venueCode() == 0;
                String detail = isPlain ? "" : ":" + outcome.httpStatus() + ":" + outcome.venueCode();
                return outcome.commandId() != commandId ? null : outcome.outcome() + ":" + outcome.reason() + detail;
            }
            case OrderReportDecoder.TEMPLATE_ID -> {
                OrderReportDecoder report = new OrderReportDecoder().wrapAndApplyHeader(event, 0, frame);
                return report.commandId() != commandId || report.source() == ReportSource.STREAM
                        ? null
                        : report.source() + ":" + report.status();
            }
            case AlgoReportDecoder.TEMPLATE_ID -> {
                AlgoReportDecoder report = new AlgoReportDecoder().wrapAndApplyHeader(event, 0, frame);
                return report.commandId() != commandId || report.source() == ReportSource.STREAM
                        ? null
                        : report.source() + ":" + report.status();
            }
            case AuditDoneDecoder.TEMPLATE_ID -> {
                AuditDoneDecoder done = new AuditDoneDecoder().wrapAndApplyHeader(event, 0, frame);
                return done.commandId() != commandId ? null : "DONE:" + done.rows();
            }
            default -> {
                return null;
            }
        }
    }
}
