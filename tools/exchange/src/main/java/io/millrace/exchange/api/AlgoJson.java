package io.millrace.exchange.api;

import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoStatus;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.ContractText;
import io.millrace.exchange.venue.SymbolSpec;

/** Writes conditional orders as the venue does. */
final class AlgoJson {
    private final TradingPort venue;

    AlgoJson(TradingPort venue) {
        this.venue = venue;
    }

    /** Writes the answer to a new order: as it was accepted, whatever has become of it since. */
    void placed(JsonWriter out, AlgoOrder order) {
        common(out, order, AlgoStatus.NEW);
        out.raw('}');
    }

    /** Writes the answer to a query. */
    void query(JsonWriter out, AlgoOrder order) {
        common(out, order, order.status());
        actual(out, order);
        out.raw('}');
    }

    /** Writes an element of a list. */
    void listed(JsonWriter out, AlgoOrder order) {
        common(out, order, order.status());
        actual(out, order);
        OrderJson.text(out, "tpTriggerPrice", "0");
        OrderJson.text(out, "tpPrice", "0");
        OrderJson.text(out, "slTriggerPrice", "0");
        OrderJson.text(out, "slPrice", "0");
        out.raw('}');
    }

    /** Writes the answer to a cancellation; the code is a text here. */
    void cancelled(JsonWriter out, AlgoOrder order) {
        out.raw("{\"algoId\":").number(order.algoId());
        OrderJson.text(out, "clientAlgoId", order.clientAlgoId());
        out.raw(",\"code\":\"200\",\"msg\":\"success\"}");
    }

    private void common(JsonWriter out, AlgoOrder order, AlgoStatus status) {
        AlgoRequest request = order.request();
        SymbolSpec spec = venue.rules(request.symbol()).spec();
        out.raw("{\"algoId\":").number(order.algoId());
        OrderJson.text(out, "clientAlgoId", order.clientAlgoId());
        OrderJson.text(out, "algoType", "CONDITIONAL");
        OrderJson.text(out, "orderType", request.type().name());
        OrderJson.text(out, "symbol", spec.symbol());
        OrderJson.text(out, "side", request.side().name());
        OrderJson.text(out, "positionSide", "BOTH");
        OrderJson.text(out, "timeInForce", request.timeInForce().name());
        OrderJson.text(out, "quantity", Decimals.qty(request.qtyLots(), spec));
        OrderJson.text(out, "algoStatus", status.name());
        OrderJson.text(out, "triggerPrice", Decimals.price(request.triggerPriceTicks(), spec));
        OrderJson.text(out, "price", Decimals.price(request.priceTicks(), spec));
        out.raw(",\"icebergQuantity\":null");
        OrderJson.text(out, "selfTradePreventionMode", request.stpMode().name());
        OrderJson.text(out, "workingType", request.workingType().name());
        OrderJson.text(out, "priceMatch", request.priceMatch().name());
        OrderJson.flag(out, "closePosition", request.closePosition());
        OrderJson.flag(out, "priceProtect", request.priceProtect());
        OrderJson.flag(out, "reduceOnly", request.reduceOnly());
        boolean isTrailing = request.isTrailing();
        OrderJson.text(out, "activatePrice", isTrailing ? Decimals.price(request.activatePriceTicks(), spec) : "");
        OrderJson.text(out, "callbackRate", isTrailing ? ContractText.callbackRate(request.callbackTenths()) : "");
        out.raw(",\"createTime\":").number(order.createTimeMs());
        out.raw(",\"updateTime\":").number(order.updateTimeMs());
        out.raw(",\"triggerTime\":").number(order.triggerTimeMs());
        out.raw(",\"goodTillDate\":").number(request.goodTillDateMs());
    }

    private void actual(JsonWriter out, AlgoOrder order) {
        AlgoRequest request = order.request();
        SymbolSpec spec = venue.rules(request.symbol()).spec();
        boolean hasChild = order.childOrderId() != 0;
        OrderJson.text(out, "actualOrderId", hasChild ? String.valueOf(order.childOrderId()) : "");
        OrderJson.text(out, "actualPrice", Decimals.averagePrice(order.turnover(), order.executedLots(), spec));
        OrderJson.text(out, "actualQty", Decimals.qty(order.executedLots(), spec));
        OrderJson.text(out, "actualType", hasChild ? (request.isLimit() ? "LIMIT" : "MARKET") : "");
        OrderJson.text(out, "tpOrderType", "");
    }
}
