package io.millrace.exchange.api;

import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Rows of the endpoint table for conditional orders.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class AlgoEndpoints {
    private static final String ONE = "/fapi/v1/algoOrder";
    private static final int MOST_LISTED = 1000;
    private static final int LISTED = 500;

    private final TradingPort venue;
    private final AlgoService service;
    private final LongSupplier clockNs;
    private final OrderParser parser;
    private final AlgoJson json;

    AlgoEndpoints(TradingPort venue, AlgoService service, LongSupplier clockNs, OrderParser parser) {
        this.venue = venue;
        this.service = service;
        this.clockNs = clockNs;
        this.parser = parser;
        this.json = new AlgoJson(venue);
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("POST", ONE)
                        .security(Security.TRADE)
                        .cost(Cost.orders(1, 1, 0))
                        .takes(
                                "algoType",
                                "symbol",
                                "side",
                                "positionSide",
                                "type",
                                "timeInForce",
                                "quantity",
                                "price",
                                "triggerPrice",
                                "workingType",
                                "priceMatch",
                                "closePosition",
                                "priceProtect",
                                "reduceOnly",
                                "activatePrice",
                                "activationPrice",
                                "callbackRate",
                                "clientAlgoId",
                                "newOrderRespType",
                                "selfTradePreventionMode",
                                "goodTillDate")
                        .serve(this::place),
                Endpoint.of("DELETE", ONE)
                        .security(Security.TRADE)
                        .takes("symbol", "algoId", "clientAlgoId", "algoid", "clientalgoid")
                        .serve(this::cancel),
                Endpoint.of("DELETE", "/fapi/v1/algoOpenOrders")
                        .security(Security.TRADE)
                        .takes("symbol")
                        .serve(this::cancelAll),
                Endpoint.of("GET", ONE)
                        .security(Security.USER_DATA)
                        .takes("symbol", "algoId", "clientAlgoId")
                        .serve(this::query),
                Endpoint.of("GET", "/fapi/v1/openAlgoOrders")
                        .security(Security.USER_DATA)
                        .cost(Cost.bySymbol(1, 40))
                        .takes("algoType", "symbol", "algoId")
                        .serve(this::open),
                Endpoint.of("GET", "/fapi/v1/allAlgoOrders")
                        .security(Security.USER_DATA)
                        .weight(5)
                        .takes("symbol", "algoId", "startTime", "endTime", "limit")
                        .serve(this::all));
    }

    private void place(ApiCall call, JsonWriter out) throws VenueException {
        json.placed(out, venue.placeAlgo(request(call)));
    }

    private AlgoRequest request(ApiCall call) throws VenueException {
        Parameters parameters = call.parameters();
        if (!parameters.mandatory("algoType").equals("CONDITIONAL")) {
            throw ApiErrors.invalidData("algoType");
        }
        int symbol = parser.symbol(parameters);
        SymbolSpec spec = venue.rules(symbol).spec();
        parameters.mandatory("type");
        OrderType type = parameters.constant("type", OrderType.class, null, Errors::invalidOrderType);
        parser.checkPositionSide(call.accountId(), parameters);
        OrderParser.responseType(parameters);
        TimeInForce timeInForce =
                parameters.constant("timeInForce", TimeInForce.class, TimeInForce.GTC, Errors::invalidTimeInForce);
        return AlgoRequest.of(call.accountId(), symbol, parser.side(parameters), type)
                .timeInForce(timeInForce)
                .qtyLots(given(Decimals.qtyLots(parameters.decimal("quantity"), spec), parameters, "quantity"))
                .priceTicks(given(Decimals.priceTicks(parameters.decimal("price"), spec), parameters, "price"))
                .triggerPriceTicks(given(
                        Decimals.priceTicks(parameters.decimal("triggerPrice"), spec), parameters, "triggerPrice"))
                .workingType(parameters.constant(
                        "workingType", WorkingType.class, WorkingType.CONTRACT_PRICE, ApiErrors::invalidWorkingType))
                .priceMatch(OrderParser.priceMatch(parameters))
                .closePosition(parameters.flag("closePosition", false))
                .priceProtect(parameters.flag("priceProtect", false))
                .reduceOnly(parameters.flag("reduceOnly", false))
                .trailing(
                        Decimals.priceTicks(
                                parameters.decimal(current(parameters, "activatePrice", "activationPrice")), spec),
                        callbackTenths(parameters))
                .clientAlgoId(parameters.text("clientAlgoId"))
                .stpMode(OrderParser.stpMode(parameters, StpMode.NONE))
                .goodTillDateMs(parameters.integer("goodTillDate", 0))
                .build();
    }

    /** Returns the name under which a parameter was sent: clients made before 2026 use the former one. */
    private static String current(Parameters parameters, String name, String formerName) {
        return !parameters.has(name) && parameters.has(formerName) ? formerName : name;
    }

    /** Tells a zero that was sent from nothing sent. */
    private static long given(long value, Parameters parameters, String name) {
        return value == 0 && parameters.has(name) ? -1 : value;
    }

    private static int callbackTenths(Parameters parameters) throws VenueException {
        String text = parameters.decimal("callbackRate");
        if (text == null) {
            return 0;
        }
        BigDecimal tenths = new BigDecimal(text).movePointRight(1).stripTrailingZeros();
        if (tenths.scale() > 0 || tenths.signum() == 0 || tenths.precision() - tenths.scale() > 6) {
            throw Errors.invalidCallbackRate();
        }
        return tenths.intValueExact();
    }

    private void cancel(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        long algoId = parameters.integer(current(parameters, "algoId", "algoid"), 0);
        String clientAlgoId = clientAlgoId(parameters, algoId);
        json.cancelled(out, venue.cancelAlgo(call.accountId(), algoId, clientAlgoId));
    }

    private void cancelAll(ApiCall call, JsonWriter out) throws VenueException {
        venue.cancelAllAlgos(call.accountId(), parser.symbol(call.parameters()));
        out.raw("{\"code\":200,\"msg\":\"The operation of cancel all open order is done.\"}");
    }

    private void query(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        long algoId = parameters.integer("algoId", 0);
        String clientAlgoId = clientAlgoId(parameters, algoId);
        json.query(out, service.query(call.accountId(), algoId, clientAlgoId, clockNs.getAsLong()));
    }

    private static String clientAlgoId(Parameters parameters, long algoId) throws VenueException {
        String clientAlgoId = parameters.text(current(parameters, "clientAlgoId", "clientalgoid"));
        if (algoId == 0 && clientAlgoId == null) {
            throw ApiErrors.mandatoryEither("algoId", "clientAlgoId");
        }
        return clientAlgoId;
    }

    private void open(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbolOrAll(parameters);
        long algoId = parameters.integer("algoId", 0);
        List<AlgoOrder> found = service.open(call.accountId(), symbol).stream()
                .filter(order -> algoId == 0 || order.algoId() == algoId)
                .toList();
        OrderQueries.write(out, found, json::listed);
    }

    private void all(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        TimeRange range = TimeRange.of(parameters, call.timeMs(), OrderQueries.WEEK_MS);
        int limit = (int) parameters.bounded("limit", LISTED, 1, MOST_LISTED);
        long fromId = parameters.integer("algoId", 0);
        List<AlgoOrder> found = new ArrayList<>();
        for (AlgoOrder order : service.all(call.accountId(), symbol, fromId, clockNs.getAsLong())) {
            if (fromId > 0 || range.holds(order.createTimeMs())) {
                found.add(order);
            }
        }
        OrderQueries.write(out, range.limited(found, limit, fromId > 0), json::listed);
    }
}
