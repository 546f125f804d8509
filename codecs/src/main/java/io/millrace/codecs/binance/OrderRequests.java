package io.millrace.codecs.binance;

import static io.millrace.codecs.binance.RequestWriter.bytes;

import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the engine's order commands as the venue's requests: of the WebSocket API with {@link #json}, or as the query string
 * of a REST request with {@link #query}; then the method for the command, which returns the offset behind the request. A
 * query ends with the timestamp, so that a signature can be appended.
 *
 * <p><b>Thread:</b> confined to its owner. <b>Allocation:</b> when an instrument is first seen.
 */
public final class OrderRequests {
    /** Bytes that the longest request takes. */
    public static final int MAX_LENGTH = 2048;

    private static final byte[] PLACE = bytes("order.place");
    private static final byte[] MODIFY = bytes("order.modify");
    private static final byte[] CANCEL = bytes("order.cancel");
    private static final byte[] QUERY = bytes("order.status");
    private static final byte[] PLACE_ALGO = bytes("algoOrder.place");
    private static final byte[] CANCEL_ALGO = bytes("algoOrder.cancel");
    private static final byte[] SYMBOL = bytes("symbol");
    private static final byte[] SIDE = bytes("side");
    private static final byte[] TYPE = bytes("type");
    private static final byte[] TIME_IN_FORCE = bytes("timeInForce");
    private static final byte[] QUANTITY = bytes("quantity");
    private static final byte[] PRICE = bytes("price");
    private static final byte[] PRICE_MATCH = bytes("priceMatch");
    private static final byte[] REDUCE_ONLY = bytes("reduceOnly");
    private static final byte[] NEW_CLIENT_ID = bytes("newClientOrderId");
    private static final byte[] ORIGINAL_CLIENT_ID = bytes("origClientOrderId");
    private static final byte[] ORIGINAL_CLIENT_IDS = bytes("origClientOrderIdList");
    private static final byte[] ORDER_ID = bytes("orderId");
    private static final byte[] PREVENTION = bytes("selfTradePreventionMode");
    private static final byte[] GOOD_TILL = bytes("goodTillDate");
    private static final byte[] ALGO_TYPE = bytes("algoType");
    private static final byte[] CONDITIONAL = bytes("CONDITIONAL");
    private static final byte[] TRIGGER_PRICE = bytes("triggerPrice");
    private static final byte[] WORKING_TYPE = bytes("workingType");
    private static final byte[] CLOSE_POSITION = bytes("closePosition");
    private static final byte[] PRICE_PROTECT = bytes("priceProtect");
    private static final byte[] ACTIVATE_PRICE = bytes("activatePrice");
    private static final byte[] CALLBACK_RATE = bytes("callbackRate");
    private static final byte[] CLIENT_ALGO_ID = bytes("clientAlgoId");
    private static final byte[] ALGO_ID = bytes("algoId");
    private static final byte[] RECV_WINDOW = bytes("recvWindow");
    private static final byte[] TIMESTAMP = bytes("timestamp");

    private final RequestWriter writer = new RequestWriter();
    private final UnsafeBuffer ids = new UnsafeBuffer(new byte[16 * ClientOrderId.MAX_LENGTH]);
    private final int recvWindowMs;
    private byte[][] symbols = new byte[256][];
    private MutableDirectBuffer dst;
    private int offset;
    private long requestId;
    private long timestampMs;
    private boolean isJson;

    /**
     * Makes a writer.
     *
     * @param recvWindowMs how old a request may be when it arrives, 1 to 60000.
     */
    public OrderRequests(int recvWindowMs) {
        if (recvWindowMs < 1 || recvWindowMs > 60_000) {
            throw new IllegalArgumentException("recvWindowMs=" + recvWindowMs + " is outside 1 to 60000");
        }
        this.recvWindowMs = recvWindowMs;
    }

    /**
     * The next request is one of the WebSocket API.
     *
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first byte.
     * @param requestId 0 or more; the answer repeats it.
     * @param timestampMs epoch milliseconds.
     */
    public OrderRequests json(MutableDirectBuffer dst, int offset, long requestId, long timestampMs) {
        this.dst = dst;
        this.offset = offset;
        this.requestId = requestId;
        this.timestampMs = timestampMs;
        isJson = true;
        return this;
    }

    /**
     * The next request is a query string.
     *
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the first byte.
     * @param timestampMs epoch milliseconds.
     */
    public OrderRequests query(MutableDirectBuffer dst, int offset, long timestampMs) {
        this.dst = dst;
        this.offset = offset;
        this.timestampMs = timestampMs;
        isJson = false;
        return this;
    }

    /** Writes an order: {@code order.place} or {@code POST /fapi/v1/order}. */
    public int place(PlaceOrderDecoder command, InstrumentSpec spec) {
        begin(PLACE, spec);
        writer.text(SIDE, OrderTexts.of(command.side()));
        writer.text(TYPE, OrderTexts.of(command.orderType()));
        boolean isLimit = command.orderType() == OrderType.LIMIT;
        if (isLimit && command.timeInForce() != TimeInForce.NONE) {
            writer.text(TIME_IN_FORCE, OrderTexts.of(command.timeInForce()));
        }
        writer.units(QUANTITY, command.qtyLots(), spec.lot());
        if (isLimit && command.priceMatch() == PriceMatch.NONE) {
            writer.units(PRICE, command.priceTicks(), spec.tick());
        } else if (isLimit) {
            writer.text(PRICE_MATCH, OrderTexts.of(command.priceMatch()));
        }
        if (command.reduceOnly() == BooleanType.YES) {
            writer.flag(REDUCE_ONLY, true);
        }
        if (command.selfTradePrevention() != SelfTradePrevention.DEFAULT) {
            writer.text(PREVENTION, OrderTexts.of(command.selfTradePrevention()));
        }
        if (command.goodTillMs() != 0) {
            writer.number(GOOD_TILL, command.goodTillMs());
        }
        writer.clientId(NEW_CLIENT_ID, command.clientTag(), command.clientKey());
        return end();
    }

    /** Writes an amendment: {@code order.modify} or {@code PUT /fapi/v1/order}. */
    public int amend(AmendOrderDecoder command, InstrumentSpec spec) {
        begin(MODIFY, spec);
        order(ORDER_ID, command.venueOrderId(), ORIGINAL_CLIENT_ID, command.clientTag(), command.clientKey());
        writer.text(SIDE, OrderTexts.of(command.side()));
        writer.units(QUANTITY, command.qtyLots(), spec.lot());
        writer.units(PRICE, command.priceTicks(), spec.tick());
        return end();
    }

    /** Writes a cancel: {@code order.cancel} or {@code DELETE /fapi/v1/order}. */
    public int cancel(CancelOrderDecoder command, InstrumentSpec spec) {
        begin(CANCEL, spec);
        order(ORDER_ID, command.venueOrderId(), ORIGINAL_CLIENT_ID, command.clientTag(), command.clientKey());
        return end();
    }

    /** Writes a conditional order: {@code algoOrder.place} or {@code POST /fapi/v1/algoOrder}. */
    public int placeAlgo(PlaceAlgoDecoder command, InstrumentSpec spec) {
        begin(PLACE_ALGO, spec);
        writer.text(ALGO_TYPE, CONDITIONAL);
        writer.text(SIDE, OrderTexts.of(command.side()));
        writer.text(TYPE, OrderTexts.of(command.orderType()));
        if (command.timeInForce() != TimeInForce.NONE) {
            writer.text(TIME_IN_FORCE, OrderTexts.of(command.timeInForce()));
        }
        if (command.closePosition() == BooleanType.YES) {
            writer.flag(CLOSE_POSITION, true);
        } else {
            writer.units(QUANTITY, command.qtyLots(), spec.lot());
        }
        if (command.reduceOnly() == BooleanType.YES && command.closePosition() != BooleanType.YES) {
            writer.flag(REDUCE_ONLY, true);
        }
        if (command.priceTicks() != 0) {
            writer.units(PRICE, command.priceTicks(), spec.tick());
        }
        if (command.orderType() == OrderType.TRAILING_STOP_MARKET) {
            if (command.activateTicks() != 0) {
                writer.units(ACTIVATE_PRICE, command.activateTicks(), spec.tick());
            }
            writer.decimal(CALLBACK_RATE, command.callbackTenths(), -1);
        } else {
            writer.units(TRIGGER_PRICE, command.triggerTicks(), spec.tick());
        }
        writer.text(WORKING_TYPE, OrderTexts.of(command.workingType()));
        if (command.priceProtect() == BooleanType.YES) {
            writer.flag(PRICE_PROTECT, true);
        }
        if (command.goodTillMs() != 0) {
            writer.number(GOOD_TILL, command.goodTillMs());
        }
        writer.clientId(CLIENT_ALGO_ID, command.clientTag(), command.clientKey());
        return end();
    }

    /** Writes a conditional order's cancel: {@code algoOrder.cancel} or {@code DELETE /fapi/v1/algoOrder}. */
    public int cancelAlgo(CancelAlgoDecoder command) {
        begin(CANCEL_ALGO, null);
        order(ALGO_ID, command.venueAlgoId(), CLIENT_ALGO_ID, command.clientTag(), command.clientKey());
        return end();
    }

    /**
     * Writes a query: {@code order.status} or {@code GET /fapi/v1/order}, or of a conditional order, which only REST has,
     * {@code GET /fapi/v1/algoOrder}.
     */
    public int query(QueryOrderDecoder command, InstrumentSpec spec) {
        boolean isAlgo = command.algo() == BooleanType.YES;
        begin(QUERY, isAlgo ? null : spec);
        order(
                isAlgo ? ALGO_ID : ORDER_ID,
                command.venueId(),
                isAlgo ? CLIENT_ALGO_ID : ORIGINAL_CLIENT_ID,
                command.clientTag(),
                command.clientKey());
        return end();
    }

    /**
     * Writes a cancel of up to ten orders; REST only: {@code DELETE /fapi/v1/batchOrders}.
     *
     * @throws IllegalStateException if the WebSocket API was asked for.
     */
    public int cancelBatch(CancelBatchDecoder command, InstrumentSpec spec) {
        if (isJson) {
            throw new IllegalStateException("the WebSocket API has no batches, write a query");
        }
        begin(null, spec);
        int length = 0;
        ids.putByte(length++, (byte) '[');
        int clientTag = command.clientTag();
        for (CancelBatchDecoder.OrdersDecoder order : command.orders()) {
            if (length > 1) {
                ids.putByte(length++, (byte) ',');
            }
            ids.putByte(length++, (byte) '"');
            length += ClientOrderId.put(clientTag, order.clientKey(), ids, length);
            ids.putByte(length++, (byte) '"');
        }
        ids.putByte(length++, (byte) ']');
        writer.text(ORIGINAL_CLIENT_IDS, Arrays.copyOf(ids.byteArray(), length));
        return end();
    }

    private void begin(byte[] method, InstrumentSpec spec) {
        if (isJson) {
            writer.beginJson(dst, offset, requestId, method);
        } else {
            writer.beginQuery(dst, offset);
        }
        if (spec != null) {
            writer.text(SYMBOL, symbol(spec));
        }
    }

    private void order(byte[] idName, long id, byte[] clientIdName, int tag, long key) {
        if (id != 0) {
            writer.number(idName, id);
        } else {
            writer.clientId(clientIdName, tag, key);
        }
    }

    private int end() {
        writer.number(RECV_WINDOW, recvWindowMs);
        writer.number(TIMESTAMP, timestampMs);
        return writer.end();
    }

    private byte[] symbol(InstrumentSpec spec) {
        if (spec.id() >= symbols.length) {
            symbols = Arrays.copyOf(symbols, Math.max(spec.id() + 1, symbols.length * 2));
        }
        byte[] symbol = symbols[spec.id()];
        if (symbol == null) {
            symbol = bytes(spec.symbol());
            symbols[spec.id()] = symbol;
        }
        return symbol;
    }
}
