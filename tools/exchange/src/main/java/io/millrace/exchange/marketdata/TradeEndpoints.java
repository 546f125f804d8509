package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.api.Security;
import io.millrace.exchange.market.AggregateHistory;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.market.TradeHistory;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** Single and aggregated trades. */
final class TradeEndpoints {
    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1000;
    private static final int HISTORICAL_DEFAULT = 100;
    private static final int HISTORICAL_MAX = 500;
    private static final int TRADES_WEIGHT = 5;
    private static final int HISTORY_WEIGHT = 20;
    private static final long HOUR_MS = 3_600_000;

    private final PublicMarket market;

    TradeEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/trades")
                        .weight(TRADES_WEIGHT)
                        .takes("symbol", "limit")
                        .serve(this::trades),
                Endpoint.of("GET", "/fapi/v1/historicalTrades")
                        .security(Security.MARKET_DATA)
                        .weight(HISTORY_WEIGHT)
                        .takes("symbol", "limit", "fromId")
                        .serve(this::historicalTrades),
                Endpoint.of("GET", "/fapi/v1/aggTrades")
                        .weight(HISTORY_WEIGHT)
                        .takes("symbol", "fromId", "startTime", "endTime", "limit")
                        .serve(this::aggTrades));
    }

    private void trades(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        long limit = call.parameters().bounded("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        TradeHistory trades = history.trades();
        writeTrades(history, Math.max(trades.firstId(), trades.endId() - limit), limit, out);
    }

    private void historicalTrades(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        long limit = call.parameters().bounded("limit", HISTORICAL_DEFAULT, 1, HISTORICAL_MAX);
        long fromId = call.parameters().integer("fromId", -1);
        TradeHistory trades = history.trades();
        long from = fromId < 0 ? trades.endId() - limit : fromId;
        writeTrades(history, Math.max(trades.firstId(), from), limit, out);
    }

    private static void writeTrades(SymbolHistory history, long fromId, long limit, JsonWriter out) {
        SymbolSpec spec = history.spec();
        TradeHistory trades = history.trades();
        out.raw('[');
        for (long id = fromId; id < trades.endId() && id < fromId + limit; id++) {
            Rows.next(out);
            out.raw('{');
            Rows.number(out, "id", id);
            Rows.price(out, "price", spec, trades.priceTicks(id));
            Rows.qty(out, "qty", spec, trades.qtyLots(id));
            Rows.turnover(out, "quoteQty", spec, trades.priceTicks(id) * trades.qtyLots(id));
            Rows.number(out, "time", trades.timeMs(id));
            Rows.flag(out, "isBuyerMaker", trades.isBuyerMaker(id));
            Rows.flag(out, "isRPITrade", false);
            out.raw('}');
        }
        out.raw(']');
    }

    private void aggTrades(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        SymbolHistory history = market.mandatoryHistory(parameters);
        long limit = parameters.bounded("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Times times = Times.of(parameters);
        if (times.startMs() >= 0 && times.endMs() - times.startMs() > HOUR_MS) {
            throw Errors.of(-1127, "More than 1 hours between startTime and endTime.", Times.BAD_REQUEST);
        }
        AggregateHistory trades = history.aggregates();
        long end = times.endMs() < 0 ? trades.endId() : trades.firstIdFrom(times.endMs() + 1);
        long from;
        if (parameters.has("fromId")) {
            from = parameters.integer("fromId", 0);
            end = trades.endId();
        } else if (times.startMs() >= 0) {
            from = trades.firstIdFrom(times.startMs());
        } else {
            from = end - limit;
        }
        from = Math.max(trades.firstId(), from);
        writeAggregates(history, from, Math.min(end, from + limit), out);
    }

    private static void writeAggregates(SymbolHistory history, long fromId, long endId, JsonWriter out) {
        SymbolSpec spec = history.spec();
        AggregateHistory trades = history.aggregates();
        out.raw('[');
        for (long id = fromId; id < endId; id++) {
            Rows.next(out);
            out.raw('{');
            Rows.number(out, "a", id);
            Rows.price(out, "p", spec, trades.priceTicks(id));
            Rows.qty(out, "q", spec, trades.qtyLots(id));
            Rows.qty(out, "nq", spec, trades.qtyLots(id));
            Rows.number(out, "f", trades.firstTradeId(id));
            Rows.number(out, "l", trades.lastTradeId(id));
            Rows.number(out, "T", trades.timeMs(id));
            Rows.flag(out, "m", trades.isBuyerMaker(id));
            out.raw('}');
        }
        out.raw(']');
    }
}
