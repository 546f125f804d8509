package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.matching.Amendment;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.Trade;
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
        Fields fields = new Fields(out).number("orderId", order.orderId());
        fields.text("symbol", spec.symbol());
        fields.text("status", (status == AS_IT_IS ? order.status() : status).name());
        fields.text("clientOrderId", order.clientOrderId());
        fields.text("price", Decimals.price(order.priceTicks(), spec));
        if (hasOldFields) {
            fields.text("avgPrice", status == AS_IT_IS ? Decimals.averagePrice(order, spec) : "0.00");
        }
        fields.text("origQty", Decimals.qty(order.qtyLots(), spec));
        fields.text("executedQty", Decimals.qty(executedLots, spec));
        fields.text("cumQty", Decimals.qty(executedLots, spec));
        if (hasOldFields) {
            fields.text("cumQuote", status == AS_IT_IS ? Decimals.turnover(order.turnover(), spec) : "0");
        }
        terms(fields, order, spec);
        if (order.modifyId() != 0) {
            fields.number("modifyId", order.modifyId());
        }
        fields.number("updateTime", order.updateTimeMs()).end();
    }

    /** Writes the answer to a query. */
    void query(JsonWriter out, Order order) {
        SymbolSpec spec = spec(order);
        Fields fields = new Fields(out).number("orderId", order.orderId());
        fields.text("symbol", spec.symbol());
        fields.text("pair", spec.symbol());
        fields.text("status", order.status().name());
        fields.text("clientOrderId", order.clientOrderId());
        fields.text("price", Decimals.price(order.priceTicks(), spec));
        fields.text("avgPrice", Decimals.averagePrice(order, spec));
        fields.text("origQty", Decimals.qty(order.qtyLots(), spec));
        fields.text("executedQty", Decimals.qty(order.executedLots(), spec));
        fields.text("cumQuote", Decimals.turnover(order.turnover(), spec));
        fields.text("cumBase", Decimals.qty(order.executedLots(), spec));
        terms(fields, order, spec);
        fields.number("time", order.createTimeMs());
        fields.number("updateTime", order.updateTimeMs()).end();
    }

    private static void terms(Fields fields, Order order, SymbolSpec spec) {
        fields.text("timeInForce", order.timeInForce().name());
        fields.text("type", order.type().name());
        fields.flag("reduceOnly", order.isReduceOnly());
        fields.flag("closePosition", order.isClosePosition());
        fields.text("side", order.side().name());
        fields.text("positionSide", "BOTH");
        fields.text("stopPrice", Decimals.price(order.stopPriceTicks(), spec));
        fields.text("workingType", order.workingType().name());
        fields.flag("priceProtect", order.isPriceProtect());
        fields.text("origType", order.origType().name());
        fields.text("priceMatch", order.priceMatch().name());
        fields.text("selfTradePreventionMode", order.stpMode().name());
        fields.number("goodTillDate", order.goodTillDateMs());
    }

    /** Writes a fill. */
    void trade(JsonWriter out, UserTrade row) {
        Trade trade = row.trade();
        Order order = row.order();
        SymbolSpec spec = spec(order);
        Fields fields = new Fields(out).text("symbol", spec.symbol());
        fields.text("pair", spec.symbol());
        fields.number("id", trade.tradeId());
        fields.number("orderId", order.orderId());
        fields.text("side", order.side().name());
        fields.text("positionSide", "BOTH");
        fields.text("price", Decimals.price(trade.priceTicks(), spec));
        fields.text("qty", Decimals.qty(trade.qtyLots(), spec));
        fields.text("quoteQty", Decimals.turnover(Math.multiplyExact(trade.priceTicks(), trade.qtyLots()), spec));
        fields.text("baseQty", Decimals.qty(trade.qtyLots(), spec));
        fields.text("realizedPnl", Decimals.money(row.realizedPnl()));
        fields.text("commission", Decimals.money(row.commission()));
        fields.text("commissionAsset", "USDT");
        fields.text("marginAsset", "USDT");
        fields.flag("buyer", order.side() == Side.BUY);
        fields.flag("maker", row.isMaker());
        fields.number("time", trade.timeMs()).end();
    }

    /** Writes an amendment. */
    void amendment(JsonWriter out, Amendment amendment) {
        Order order = amendment.order();
        SymbolSpec spec = spec(order);
        Fields fields = new Fields(out).number("amendmentId", amendment.amendmentId());
        fields.text("symbol", spec.symbol());
        fields.text("pair", spec.symbol());
        fields.number("orderId", order.orderId());
        fields.text("clientOrderId", order.clientOrderId());
        fields.number("time", amendment.timeMs());
        Fields change = new Fields(fields.begin("amendment"));
        Fields price = new Fields(change.begin("price"));
        price.text("before", Decimals.price(amendment.oldPriceTicks(), spec));
        price.text("after", Decimals.price(amendment.newPriceTicks(), spec)).end();
        Fields qty = new Fields(change.begin("origQty"));
        qty.text("before", Decimals.qty(amendment.oldQtyLots(), spec));
        qty.text("after", Decimals.qty(amendment.newQtyLots(), spec)).end();
        change.number("count", amendment.count()).end();
        fields.end();
    }

    private SymbolSpec spec(Order order) {
        return venue.rules(order.symbol()).spec();
    }
}
