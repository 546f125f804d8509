package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.ApiErrors;
import io.millrace.exchange.api.ApiHandler;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.market.Bar;
import io.millrace.exchange.market.BarHistory;
import io.millrace.exchange.market.BarTimes;
import io.millrace.exchange.market.Interval;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.PriceHistory;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;
import java.util.Set;

/** Bars of trades, of mark and index price and of the premium. */
final class BarEndpoints {
    private static final int DEFAULT_LIMIT = 500;
    private static final int E8 = 8;
    private static final long MS_PER_SECOND = 1000;
    private static final String PERPETUAL = "PERPETUAL";
    /** Contract types that there can be, but that the market has no contract of. */
    private static final Set<String> OTHER_TYPES = Set.of("CURRENT_QUARTER", "NEXT_QUARTER", "TRADIFI_PERPETUAL");

    private final PublicMarket market;

    BarEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                row("/fapi/v1/klines", "symbol", this::klines),
                Endpoint.of("GET", "/fapi/v1/continuousKlines")
                        .cost(Cost.weight(BarEndpoints::weight))
                        .takes("pair", "contractType", "interval", "startTime", "endTime", "limit")
                        .serve(this::continuousKlines),
                row("/fapi/v1/indexPriceKlines", "pair", (call, out) -> prices(PriceHistory.Kind.INDEX, call, out)),
                row("/fapi/v1/markPriceKlines", "symbol", (call, out) -> prices(PriceHistory.Kind.MARK, call, out)),
                row(
                        "/fapi/v1/premiumIndexKlines",
                        "symbol",
                        (call, out) -> prices(PriceHistory.Kind.PREMIUM, call, out)));
    }

    private static Endpoint row(String path, String name, ApiHandler handler) {
        return Endpoint.of("GET", path)
                .cost(Cost.weight(BarEndpoints::weight))
                .takes(name, "interval", "startTime", "endTime", "limit")
                .serve(handler);
    }

    private static int weight(Parameters parameters) throws VenueException {
        long limit = parameters.integer("limit", DEFAULT_LIMIT);
        if (limit < 100) {
            return 1;
        }
        return limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
    }

    private static Interval interval(Parameters parameters) throws VenueException {
        Interval interval = Interval.of(parameters.mandatory("interval"));
        if (interval == null || interval == Interval.S1) {
            throw Errors.of(-1120, "Invalid interval.", Times.BAD_REQUEST);
        }
        return interval;
    }

    private static BarTimes times(Parameters parameters) throws VenueException {
        int limit = (int) parameters.bounded("limit", DEFAULT_LIMIT, 1, BarHistory.BOUND);
        Times times = Times.of(parameters);
        return new BarTimes(times.startMs(), times.endMs(), limit);
    }

    private void klines(ApiCall call, JsonWriter out) throws VenueException {
        klines(market.mandatoryHistory(call.parameters()), call.parameters(), out);
    }

    private void continuousKlines(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        SymbolHistory history = market.history(market.mandatorySymbol(parameters, "pair"));
        String type = parameters.mandatory("contractType");
        if (type.equals(PERPETUAL)) {
            klines(history, parameters, out);
        } else if (OTHER_TYPES.contains(type)) {
            interval(parameters);
            out.raw("[]");
        } else {
            throw ApiErrors.invalidData("contractType");
        }
    }

    private static void klines(SymbolHistory history, Parameters parameters, JsonWriter out) throws VenueException {
        Interval interval = interval(parameters);
        BarTimes times = times(parameters);
        out.raw('[');
        history.bars().query(interval, times, bar -> write(history.spec(), interval, bar, out));
        out.raw(']');
    }

    private static void write(SymbolSpec spec, Interval interval, Bar bar, JsonWriter out) {
        Rows.next(out);
        out.raw('[').number(bar.openTimeMs());
        long factor = spec.priceFactor();
        int decimals = spec.priceDecimals();
        text(out, bar.openTicks() * factor, decimals);
        text(out, bar.highTicks() * factor, decimals);
        text(out, bar.lowTicks() * factor, decimals);
        text(out, bar.closeTicks() * factor, decimals);
        text(out, bar.volumeLots() * spec.qtyFactor(), spec.qtyDecimals());
        out.raw(',').number(interval.endMs(bar.openTimeMs()) - 1);
        text(out, bar.turnover() * factor * spec.qtyFactor(), decimals + spec.qtyDecimals());
        out.raw(',').number(bar.trades());
        text(out, bar.takerBuyLots() * spec.qtyFactor(), spec.qtyDecimals());
        text(out, bar.takerBuyTurnover() * factor * spec.qtyFactor(), decimals + spec.qtyDecimals());
        out.raw(",\"0\"]");
    }

    private void prices(PriceHistory.Kind kind, ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        String name = kind == PriceHistory.Kind.INDEX ? "pair" : "symbol";
        SymbolHistory history = market.history(market.mandatorySymbol(parameters, name));
        Interval interval = interval(parameters);
        BarTimes times = times(parameters);
        out.raw('[');
        history.prices().query(kind, interval, times, (openMs, open, high, low, close) -> {
            long closeMs = interval.endMs(openMs) - 1;
            Rows.next(out);
            out.raw('[').number(openMs);
            text(out, open, E8);
            text(out, high, E8);
            text(out, low, E8);
            text(out, close, E8);
            out.raw(",\"0\",").number(closeMs).raw(",\"0\",");
            // One sample a second.
            out.number((Math.min(closeMs, call.timeMs()) - openMs) / MS_PER_SECOND + 1);
            out.raw(",\"0\",\"0\",\"0\"]");
        });
        out.raw(']');
    }

    private static void text(JsonWriter out, long unscaled, int decimals) {
        out.raw(",\"").decimal(unscaled, decimals).raw('"');
    }
}
