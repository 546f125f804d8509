package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.venue.SymbolSpec;

/** Writes orders and fills as the venue does. */
final class OrderJson {
    private static final OrderStatus AS_IT_IS = null;

    private final TradingPort venue;
    private final boolean hasOldFields;

    OrderJson(TradingPort venue, boolean hasOldFields) {
        this.venue = venue;
        this.hasOldFields = hasOldFields;
    }

    /** Writes the answer to a request that changed the order: as it is now. */
    void result(JsonWriter out, Order order) {
        change(out, order, AS_IT_IS);
    }

    /** Writes the acknowledgement of a new order: accepted, and nothing said of fills. */
    void acknowledgement(JsonWriter out, Order order) {
        change(out, order, OrderStatus.NEW);
    }

    private void change(JsonWriter out, Order order, OrderStatus status) {
        SymbolSpec spec = spec(order);
        long executedLots = status == AS_IT_IS ? order.executedLots() : 0;
        out.raw("{\"orderId\":").number(order.orderId());
        text(out, "symbol", spec.symbol());
        text(out, "status", (status == AS_IT_IS ? order.status() : status).name());
        text(out, "clientOrderId", order.clientOrderId());
        text(out, "price", Decimals.price(order.priceTicks(), spec));
        if (hasOldFields) {
            text(out, "avgPrice", status == AS_IT_IS ? Decimals.averagePrice(order, spec) : "0.00");
        }
        text(out, "origQty", Decimals.qty(order.qtyLots(), spec));
        text(out, "executedQty", Decimals.qty(executedLots, spec));
        text(out, "cumQty", Decimals.qty(executedLots, spec));
        if (hasOldFields) {
            text(out, "cumQuote", status == AS_IT_IS ? Decimals.turnover(order.turnover(), spec) : "0");
        }
        terms(out, order, spec);
        if (order.modifyId() != 0) {
            out.raw(",\"modifyId\":").number(order.modifyId());
        }
        out.raw(",\"updateTime\":").number(order.updateTimeMs()).raw('}');
    }

    /** Writes the answer to a query. */
    void query(JsonWriter out, Order order) {
        SymbolSpec spec = spec(order);
        out.raw("{\"orderId\":").number(order.orderId());
        text(out, "symbol", spec.symbol());
        text(out, "pair", spec.symbol());
        text(out, "status", order.status().name());
        text(out, "clientOrderId", order.clientOrderId());
        text(out, "price", Decimals.price(order.priceTicks(), spec));
        text(out, "avgPrice", Decimals.averagePrice(order, spec));
        text(out, "origQty", Decimals.qty(order.qtyLots(), spec));
        text(out, "executedQty", Decimals.qty(order.executedLots(), spec));
        text(out, "cumQuote", Decimals.turnover(order.turnover(), spec));
        text(out, "cumBase", Decimals.qty(order.executedLots(), spec));
        terms(out, order, spec);
        out.raw(",\"time\":").number(order.createTimeMs());
        out.raw(",\"updateTime\":").number(order.updateTimeMs()).raw('}');
    }

    private void terms(JsonWriter out, Order order, SymbolSpec spec) {
        text(out, "timeInForce", order.timeInForce().name());
        text(out, "type", order.type().name());
        flag(out, "reduceOnly", order.isReduceOnly());
        flag(out, "closePosition", order.isClosePosition());
        text(out, "side", order.side().name());
        text(out, "positionSide", "BOTH");
        text(out, "stopPrice", Decimals.price(order.stopPriceTicks(), spec));
        text(out, "workingType", order.workingType().name());
        flag(out, "priceProtect", order.isPriceProtect());
        text(out, "origType", order.origType().name());
        text(out, "priceMatch", order.priceMatch().name());
        text(out, "selfTradePreventionMode", order.stpMode().name());
        out.raw(",\"goodTillDate\":").number(order.goodTillDateMs());
    }

    /** Writes a fill. */
    void trade(JsonWriter out, UserTrade trade) {
        Order order = trade.order();
        SymbolSpec spec = spec(order);
        out.raw("{\"symbol\":");
        out.quoted(spec.symbol());
        text(out, "pair", spec.symbol());
        out.raw(",\"id\":").number(trade.tradeId());
        out.raw(",\"orderId\":").number(order.orderId());
        text(out, "side", order.side().name());
        text(out, "positionSide", "BOTH");
        text(out, "price", Decimals.price(trade.priceTicks(), spec));
        text(out, "qty", Decimals.qty(trade.qtyLots(), spec));
        text(out, "quoteQty", Decimals.turnover(Math.multiplyExact(trade.priceTicks(), trade.qtyLots()), spec));
        text(out, "baseQty", Decimals.qty(trade.qtyLots(), spec));
        text(out, "realizedPnl", Decimals.money(trade.realizedE8()));
        text(out, "commission", Decimals.money(trade.commissionE8()));
        text(out, "commissionAsset", "USDT");
        text(out, "marginAsset", "USDT");
        flag(out, "buyer", order.side() == Side.BUY);
        flag(out, "maker", trade.isMaker());
        out.raw(",\"time\":").number(trade.timeMs()).raw('}');
    }

    /** Writes an amendment. */
    void amendment(JsonWriter out, Amendment amendment) {
        Order order = amendment.order();
        SymbolSpec spec = spec(order);
        out.raw("{\"amendmentId\":").number(amendment.amendmentId());
        text(out, "symbol", spec.symbol());
        text(out, "pair", spec.symbol());
        out.raw(",\"orderId\":").number(order.orderId());
        text(out, "clientOrderId", order.clientOrderId());
        out.raw(",\"time\":").number(amendment.timeMs());
        out.raw(",\"amendment\":{\"price\":{\"before\":");
        out.quoted(Decimals.price(amendment.oldPriceTicks(), spec));
        text(out, "after", Decimals.price(amendment.newPriceTicks(), spec));
        out.raw("},\"origQty\":{\"before\":");
        out.quoted(Decimals.qty(amendment.oldQtyLots(), spec));
        text(out, "after", Decimals.qty(amendment.newQtyLots(), spec));
        out.raw("},\"count\":").number(amendment.count()).raw("}}");
    }

    private SymbolSpec spec(Order order) {
        return venue.rules(order.symbol()).spec();
    }

    static void text(JsonWriter out, String name, String value) {
        out.raw(",\"").raw(name).raw("\":");
        out.quoted(value);
    }

    static void flag(JsonWriter out, String name, boolean value) {
        out.raw(",\"").raw(name).raw(value ? "\":true" : "\":false");
    }
}
