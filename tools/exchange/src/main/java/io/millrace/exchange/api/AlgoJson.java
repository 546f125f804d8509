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
        common(out, order, AlgoStatus.NEW).end();
    }

    /** Writes the answer to a query. */
    void query(JsonWriter out, AlgoOrder order) {
        actual(common(out, order, order.status()), order).end();
    }

    /** Writes an element of a list. */
    void listed(JsonWriter out, AlgoOrder order) {
        actual(common(out, order, order.status()), order)
                .text("tpTriggerPrice", "0")
                .text("tpPrice", "0")
                .text("slTriggerPrice", "0")
                .text("slPrice", "0")
                .end();
    }

    /** Writes the answer to a cancellation; the code is a text here. */
    void cancelled(JsonWriter out, AlgoOrder order) {
        new Fields(out)
                .number("algoId", order.algoId())
                .text("clientAlgoId", order.clientAlgoId())
                .text("code", "200")
                .text("msg", "success")
                .end();
    }

    private Fields common(JsonWriter out, AlgoOrder order, AlgoStatus status) {
        AlgoRequest request = order.request();
        SymbolSpec spec = venue.rules(request.symbol()).spec();
        Fields fields = new Fields(out).number("algoId", order.algoId());
        fields.text("clientAlgoId", order.clientAlgoId());
        fields.text("algoType", "CONDITIONAL");
        fields.text("orderType", request.type().name());
        fields.text("symbol", spec.symbol());
        fields.text("side", request.side().name());
        fields.text("positionSide", "BOTH");
        fields.text("timeInForce", request.timeInForce().name());
        fields.text("quantity", Decimals.qty(request.qtyLots(), spec));
        fields.text("algoStatus", status.name());
        fields.text("triggerPrice", Decimals.price(request.triggerPriceTicks(), spec));
        fields.text("price", Decimals.price(request.priceTicks(), spec));
        fields.number("icebergQuantity", "null");
        fields.text("selfTradePreventionMode", request.stpMode().name());
        fields.text("workingType", request.workingType().name());
        fields.text("priceMatch", request.priceMatch().name());
        fields.flag("closePosition", request.closePosition());
        fields.flag("priceProtect", request.priceProtect());
        fields.flag("reduceOnly", request.reduceOnly());
        boolean isTrailing = request.isTrailing();
        fields.text("activatePrice", isTrailing ? Decimals.price(request.activatePriceTicks(), spec) : "");
        fields.text("callbackRate", isTrailing ? ContractText.callbackRate(request.callbackTenths()) : "");
        fields.number("createTime", order.createTimeMs());
        fields.number("updateTime", order.updateTimeMs());
        fields.number("triggerTime", order.triggerTimeMs());
        return fields.number("goodTillDate", request.goodTillDateMs());
    }

    private Fields actual(Fields fields, AlgoOrder order) {
        AlgoRequest request = order.request();
        SymbolSpec spec = venue.rules(request.symbol()).spec();
        boolean hasChild = order.childOrderId() != 0;
        fields.text("actualOrderId", hasChild ? String.valueOf(order.childOrderId()) : "");
        fields.text("actualPrice", Decimals.averagePrice(order.turnover(), order.executedLots(), spec));
        fields.text("actualQty", Decimals.qty(order.executedLots(), spec));
        fields.text("actualType", hasChild ? (request.isLimit() ? "LIMIT" : "MARKET") : "");
        return fields.text("tpOrderType", "");
    }
}
