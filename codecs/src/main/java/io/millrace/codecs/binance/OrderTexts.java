package io.millrace.codecs.binance;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.event.WorkingType;

/**
 * The venue's words for what orders are and do. Each list stands in the order of its enum's values, beginning with the one
 * whose value is given beside it.
 */
final class OrderTexts {
    static final byte[][] SIDES = EventWriter.texts("BUY", "SELL");
    static final byte[][] ORDER_TYPES = EventWriter.texts(
            "LIMIT",
            "MARKET",
            "LIQUIDATION",
            "STOP",
            "STOP_MARKET",
            "TAKE_PROFIT",
            "TAKE_PROFIT_MARKET",
            "TRAILING_STOP_MARKET");
    static final byte[][] TIMES_IN_FORCE = EventWriter.texts("GTC", "IOC", "FOK", "GTX", "GTD", "GTE_GTC", "RPI");
    static final byte[][] WORKING_TYPES = EventWriter.texts("CONTRACT_PRICE", "MARK_PRICE");
    static final byte[][] PRICE_MATCHES = EventWriter.texts(
            "NONE", "OPPONENT", "OPPONENT_5", "OPPONENT_10", "OPPONENT_20", "QUEUE", "QUEUE_5", "QUEUE_10", "QUEUE_20");
    static final byte[][] SELF_TRADE_PREVENTIONS =
            EventWriter.texts("NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH");

    private static final byte[][] EXECUTIONS =
            EventWriter.texts("NEW", "CANCELED", "CALCULATED", "EXPIRED", "TRADE", "AMENDMENT");
    private static final byte[][] STATUSES = EventWriter.texts(
            "NEW",
            "PARTIALLY_FILLED",
            "FILLED",
            "CANCELED",
            "EXPIRED",
            "EXPIRED_IN_MATCH",
            "REJECTED",
            "NEW_INSURANCE",
            "NEW_ADL");
    private static final byte[][] ALGO_STATUSES =
            EventWriter.texts("NEW", "CANCELED", "TRIGGERING", "TRIGGERED", "FINISHED", "REJECTED", "EXPIRED");

    private OrderTexts() {}

    /** Reads a side; null if it is none. */
    static Side side(FieldReader fields, int slot) {
        return switch (indexOf(fields, slot, SIDES)) {
            case 0 -> Side.BUY;
            case 1 -> Side.SELL;
            default -> null;
        };
    }

    static OrderType orderType(FieldReader fields, int slot) {
        int index = indexOf(fields, slot, ORDER_TYPES);
        return index < 0 ? OrderType.OTHER : OrderType.get((short) (OrderType.LIMIT.value() + index));
    }

    static TimeInForce timeInForce(FieldReader fields, int slot) {
        int index = indexOf(fields, slot, TIMES_IN_FORCE);
        return index < 0 ? TimeInForce.OTHER : TimeInForce.get((short) (TimeInForce.GTC.value() + index));
    }

    static ExecutionType execution(FieldReader fields, int slot) {
        int index = indexOf(fields, slot, EXECUTIONS);
        return index < 0 ? ExecutionType.OTHER : ExecutionType.get((short) (ExecutionType.NEW.value() + index));
    }

    static VenueStatus status(FieldReader fields, int slot) {
        int index = indexOf(fields, slot, STATUSES);
        return index < 0 ? VenueStatus.OTHER : VenueStatus.get((short) (VenueStatus.NEW.value() + index));
    }

    static AlgoStatus algoStatus(FieldReader fields, int slot) {
        int index = indexOf(fields, slot, ALGO_STATUSES);
        return index < 0 ? AlgoStatus.OTHER : AlgoStatus.get((short) (AlgoStatus.NEW.value() + index));
    }

    static WorkingType workingType(FieldReader fields, int slot) {
        return indexOf(fields, slot, WORKING_TYPES) == 1 ? WorkingType.MARK_PRICE : WorkingType.CONTRACT_PRICE;
    }

    static byte[] of(Side side) {
        return SIDES[side.value() - Side.BUY.value()];
    }

    static byte[] of(OrderType type) {
        return ORDER_TYPES[type.value() - OrderType.LIMIT.value()];
    }

    static byte[] of(TimeInForce timeInForce) {
        return TIMES_IN_FORCE[timeInForce.value() - TimeInForce.GTC.value()];
    }

    static byte[] of(WorkingType workingType) {
        return WORKING_TYPES[workingType.value() - WorkingType.CONTRACT_PRICE.value()];
    }

    static byte[] of(PriceMatch priceMatch) {
        return PRICE_MATCHES[priceMatch.value()];
    }

    static byte[] of(SelfTradePrevention prevention) {
        return SELF_TRADE_PREVENTIONS[prevention.value()];
    }

    private static int indexOf(FieldReader fields, int slot, byte[][] texts) {
        int start = fields.text(slot);
        return start < 0 ? -1 : fields.indexOf(start, texts);
    }
}
