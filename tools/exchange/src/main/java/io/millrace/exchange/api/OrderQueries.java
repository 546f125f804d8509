package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.matching.Amendment;
import io.millrace.exchange.matching.OrderStore;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Rows of the endpoint table that ask for orders and fills.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class OrderQueries {
    static final long HOUR_MS = 3_600_000L;
    static final long DAY_MS = 24 * HOUR_MS;
    static final long WEEK_MS = 7 * DAY_MS;

    private static final String[] ONE_ORDER = {"symbol", "orderId", "origClientOrderId"};

    private final TradingPort venue;
    private final OrderParser parser;
    private final OrderJson json;

    OrderQueries(TradingPort venue, OrderParser parser, OrderJson json) {
        this.venue = venue;
        this.parser = parser;
        this.json = json;
    }

    List<Endpoint> rows() {
        return List.of(
                data("/fapi/v1/order").takes(ONE_ORDER).serve(this::order),
                data("/fapi/v1/openOrder").takes(ONE_ORDER).serve(this::openOrder),
                data("/fapi/v1/openOrders")
                        .cost(Cost.bySymbol(1, 40))
                        .takes("symbol")
                        .serve(this::openOrders),
                data("/fapi/v1/allOrders")
                        .weight(5)
                        .takes("symbol", "orderId", "startTime", "endTime", "limit")
                        .serve(this::allOrders),
                data("/fapi/v1/userTrades")
                        .weight(5)
                        .takes("symbol", "orderId", "startTime", "endTime", "fromId", "limit")
                        .serve(this::trades),
                data("/fapi/v1/orderAmendment")
                        .takes("symbol", "orderId", "origClientOrderId", "startTime", "endTime", "limit")
                        .serve(this::amendments));
    }

    private static Endpoint.Builder data(String path) {
        return Endpoint.of("GET", path).security(Security.USER_DATA);
    }

    private void order(ApiCall call, JsonWriter out) throws VenueException {
        Order order = find(call);
        if (order == null || !OrderStore.isKnown(order, call.timeMs())) {
            throw Errors.noSuchOrder();
        }
        json.query(out, order);
    }

    private void openOrder(ApiCall call, JsonWriter out) throws VenueException {
        Order order = find(call);
        if (order == null || !order.isWorking()) {
            throw Errors.noSuchOrder();
        }
        json.query(out, order);
    }

    private Order find(ApiCall call) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        long orderId = parameters.integer("orderId", 0);
        String clientOrderId = parameters.text("origClientOrderId");
        if (orderId == 0 && clientOrderId == null) {
            throw ApiErrors.mandatoryEither("orderId", "origClientOrderId");
        }
        return venue.order(call.accountId(), symbol, orderId, clientOrderId);
    }

    private void openOrders(ApiCall call, JsonWriter out) throws VenueException {
        write(out, venue.openOrders(call.accountId(), parser.symbolOrAll(call.parameters())), json::query);
    }

    private void allOrders(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbolOrAll(parameters);
        TimeRange range = TimeRange.of(parameters, call.timeMs(), WEEK_MS);
        int limit = (int) parameters.bounded("limit", 500, 1, 1000);
        long firstId = parameters.integer("orderId", 0);
        List<Order> found = new ArrayList<>();
        for (Order order : venue.orders(call.accountId(), symbol)) {
            boolean isWanted = firstId > 0 ? order.orderId() >= firstId : range.holds(order.createTimeMs());
            if (isWanted && OrderStore.isKnown(order, call.timeMs())) {
                found.add(order);
            }
        }
        write(out, range.limited(found, limit, firstId > 0), json::query);
    }

    private void trades(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        if (parameters.has("fromId") && (parameters.has("startTime") || parameters.has("endTime"))) {
            throw ApiErrors.invalidCombination();
        }
        TimeRange range = TimeRange.of(parameters, call.timeMs(), WEEK_MS);
        int limit = (int) parameters.bounded("limit", 500, 1, 1000);
        long orderId = parameters.integer("orderId", 0);
        long fromId = parameters.integer("fromId", -1);
        List<UserTrade> found = new ArrayList<>();
        for (UserTrade row : venue.trades(call.accountId(), symbol)) {
            boolean isWanted = fromId >= 0
                    ? row.trade().tradeId() >= fromId
                    : range.holds(row.trade().timeMs());
            if (isWanted && (orderId == 0 || row.order().orderId() == orderId)) {
                found.add(row);
            }
        }
        write(out, range.limited(found, limit, fromId >= 0), json::trade);
    }

    private void amendments(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int symbol = parser.symbol(parameters);
        long orderId = parameters.integer("orderId", 0);
        String clientOrderId = parameters.text("origClientOrderId");
        if (orderId == 0 && clientOrderId == null) {
            throw ApiErrors.mandatoryEither("orderId", "origClientOrderId");
        }
        TimeRange range = TimeRange.of(parameters, call.timeMs(), OrderStore.HORIZON_MS);
        int limit = (int) parameters.bounded("limit", 50, 1, 100);
        List<Amendment> found = new ArrayList<>();
        for (Amendment amendment : venue.amendments(call.accountId(), symbol)) {
            Order order = amendment.order();
            boolean isOfOrder = orderId > 0
                    ? order.orderId() == orderId
                    : order.clientOrderId().equals(clientOrderId);
            if (isOfOrder && range.holds(amendment.timeMs())) {
                found.add(amendment);
            }
        }
        write(out, range.limited(found, limit, false), json::amendment);
    }

    static <T> void write(JsonWriter out, List<T> list, BiConsumer<JsonWriter, T> writer) {
        out.raw('[');
        for (int i = 0; i < list.size(); i++) {
            out.raw(i == 0 ? "" : ",");
            writer.accept(out, list.get(i));
        }
        out.raw(']');
    }
}
