package io.millrace.exchange.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.api.OrderParser.ResponseType;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.VenueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of the endpoint table that place, amend and cancel orders.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class OrderEndpoints {
    private static final int MOST_PLACED = 5;
    private static final int MOST_CANCELLED = 10;
    private static final String ORDER = "/fapi/v1/order";
    private static final String BATCH = "/fapi/v1/batchOrders";
    private static final String[] PLACE = {
        "symbol",
        "side",
        "positionSide",
        "type",
        "timeInForce",
        "quantity",
        "reduceOnly",
        "price",
        "newClientOrderId",
        "stopPrice",
        "closePosition",
        "activationPrice",
        "activatePrice",
        "callbackRate",
        "workingType",
        "priceProtect",
        "newOrderRespType",
        "priceMatch",
        "selfTradePreventionMode",
        "goodTillDate"
    };
    private static final String[] MODIFY = {
        "orderId", "origClientOrderId", "symbol", "side", "quantity", "price", "priceMatch", "modifyId", "positionSide"
    };
    private static final String[] ONE_ORDER = {"symbol", "orderId", "origClientOrderId"};

    private final TradingPort venue;
    private final OrderParser parser;
    private final OrderJson json;

    OrderEndpoints(TradingPort venue, OrderParser parser, OrderJson json) {
        this.venue = venue;
        this.parser = parser;
        this.json = json;
    }

    List<Endpoint> rows() {
        return List.of(
                trade("POST", ORDER).cost(Cost.orders(1, 1, 0)).takes(PLACE).serve(this::place),
                trade("PUT", ORDER).cost(Cost.orders(1, 1, 0)).takes(MODIFY).serve(this::modify),
                trade("DELETE", ORDER).takes(ONE_ORDER).serve(this::cancel),
                trade("POST", ORDER + "/test").takes(PLACE).serve(this::test),
                trade("POST", BATCH)
                        .cost(Cost.orders(5, 1, 5))
                        .takes("batchOrders")
                        .serve((call, out) -> batch(call, out, this::placeOfBatch)),
                trade("PUT", BATCH)
                        .cost(Cost.orders(5, 1, 5))
                        .takes("batchOrders")
                        .serve((call, out) -> batch(call, out, this::modify)),
                trade("DELETE", BATCH)
                        .takes("symbol", "orderIdList", "origClientOrderIdList")
                        .serve(this::cancelBatch),
                trade("DELETE", "/fapi/v1/allOpenOrders").takes("symbol").serve(this::cancelAll),
                trade("POST", "/fapi/v1/countdownCancelAll")
                        .weight(10)
                        .takes("symbol", "countdownTime")
                        .serve(this::countdown));
    }

    private static Endpoint.Builder trade(String method, String path) {
        return Endpoint.of(method, path).security(Security.TRADE);
    }

    private void place(ApiCall call, JsonWriter out) throws VenueException {
        place(call, out, StpMode.EXPIRE_MAKER);
    }

    private void placeOfBatch(ApiCall call, JsonWriter out) throws VenueException {
        place(call, out, StpMode.NONE);
    }

    private void place(ApiCall call, JsonWriter out, StpMode defaultStpMode) throws VenueException {
        OrderRequest request = parser.order(call, call.parameters(), defaultStpMode);
        ResponseType responseType = OrderParser.responseType(call.parameters());
        Order order = venue.place(request);
        if (responseType == ResponseType.ACK) {
            json.acknowledgement(out, order);
        } else {
            json.result(out, order);
        }
    }

    private void test(ApiCall call, JsonWriter out) throws VenueException {
        venue.check(parser.order(call, call.parameters(), StpMode.EXPIRE_MAKER));
        out.raw("{}");
    }

    private void modify(ApiCall call, JsonWriter out) throws VenueException {
        json.result(out, venue.amend(parser.amendment(call, call.parameters())));
    }

    private void cancel(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        long orderId = parameters.integer("orderId", 0);
        String clientOrderId = parameters.text("origClientOrderId");
        if (orderId == 0 && clientOrderId == null) {
            throw ApiErrors.mandatoryEither("orderId", "origClientOrderId");
        }
        json.result(out, venue.cancel(call.accountId(), symbol, orderId, clientOrderId));
    }

    /** Does one thing for each element; what one is refused for stands in its place. */
    private void batch(ApiCall call, JsonWriter out, ApiHandler handler) throws VenueException {
        JsonNode list = list(call.parameters().mandatory("batchOrders"), "batchOrders");
        if (list.isEmpty() || list.size() > MOST_PLACED) {
            throw ApiErrors.invalidBatchSize();
        }
        out.raw('[');
        for (int i = 0; i < list.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            element(call.with(parameters(list.get(i))), out, handler);
        }
        out.raw(']');
    }

    private static void element(ApiCall call, JsonWriter out, ApiHandler handler) {
        JsonWriter one = new JsonWriter(512);
        try {
            handler.serve(call, one);
            out.raw(one.bytes(), 0, one.length());
        } catch (VenueException e) {
            out.raw(ApiDispatcher.error(e));
        }
    }

    private void cancelBatch(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        parser.symbol(parameters);
        boolean hasIds = parameters.has("orderIdList");
        String name = hasIds ? "orderIdList" : "origClientOrderIdList";
        if (!parameters.has(name)) {
            throw ApiErrors.mandatoryEither("orderIdList", "origClientOrderIdList");
        }
        JsonNode list = list(parameters.mandatory(name), name);
        if (list.isEmpty() || list.size() > MOST_CANCELLED) {
            throw ApiErrors.invalidData(name);
        }
        out.raw('[');
        for (int i = 0; i < list.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            Map<String, String> one = new LinkedHashMap<>();
            one.put("symbol", parameters.text("symbol"));
            one.put(hasIds ? "orderId" : "origClientOrderId", list.get(i).asText());
            element(call.with(Parameters.of(one)), out, this::cancel);
        }
        out.raw(']');
    }

    private void cancelAll(ApiCall call, JsonWriter out) throws VenueException {
        venue.cancelAll(call.accountId(), parser.symbol(call.parameters()));
        out.raw("{\"code\":200,\"msg\":\"The operation of cancel all open order is done.\"}");
    }

    private void countdown(ApiCall call, JsonWriter out) throws VenueException {
        int symbol = parser.symbol(call.parameters());
        long countdownMs = call.parameters().mandatoryInteger("countdownTime");
        venue.countdown(call.accountId(), symbol, countdownMs);
        new Fields(out)
                .text("symbol", call.parameters().text("symbol"))
                .text("countdownTime", String.valueOf(countdownMs))
                .end();
    }

    /** Reads a list in JSON. */
    private static JsonNode list(String text, String name) throws VenueException {
        try {
            JsonNode list = Json.MAPPER.readTree(text);
            if (list.isArray()) {
                return list;
            }
        } catch (JsonProcessingException e) {
            throw ApiErrors.invalidData(name);
        }
        throw ApiErrors.invalidData(name);
    }

    private static Parameters parameters(JsonNode object) throws VenueException {
        if (!object.isObject()) {
            throw Errors.parameterMissing("symbol");
        }
        Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
            }
        });
        return Parameters.of(values);
    }
}
