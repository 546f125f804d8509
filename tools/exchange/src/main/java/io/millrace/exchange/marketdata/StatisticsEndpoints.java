package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.ApiErrors;
import io.millrace.exchange.api.ApiHandler;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.market.BarTimes;
import io.millrace.exchange.market.Interval;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.PriceHistory;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Open interest, and what is under {@code /futures/data}. */
final class StatisticsEndpoints {
    private static final int DEFAULT_LIMIT = 30;
    private static final int MAX_LIMIT = 500;
    private static final int E8 = 8;
    private static final int E4 = 4;
    private static final long UNIT_E4 = 10_000;
    private static final long MONTH_MS = 30 * 86_400_000L;
    private static final Set<Interval> PERIODS = Set.of(
            Interval.M5,
            Interval.M15,
            Interval.M30,
            Interval.H1,
            Interval.H2,
            Interval.H4,
            Interval.H6,
            Interval.H12,
            Interval.D1);
    private static final Set<String> CONTRACT_TYPES = Set.of("PERPETUAL", "CURRENT_QUARTER", "NEXT_QUARTER");

    private final PublicMarket market;

    StatisticsEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/openInterest").takes("symbol").serve(this::openInterest),
                row("openInterestHist", this::openInterestHist),
                row("globalLongShortAccountRatio", shares(Statistics.Share.ACCOUNTS)),
                row("topLongShortAccountRatio", shares(Statistics.Share.TOP_ACCOUNTS)),
                row("topLongShortPositionRatio", shares(Statistics.Share.TOP_POSITIONS)),
                row("takerlongshortRatio", this::takers),
                Endpoint.of("GET", "/futures/data/basis")
                        .cost(Cost.in(Cost.Bucket.DATA, 0))
                        .takes("pair", "contractType", "period", "limit", "startTime", "endTime")
                        .serve(this::basis));
    }

    private static Endpoint row(String name, ApiHandler handler) {
        return Endpoint.of("GET", "/futures/data/" + name)
                .cost(Cost.in(Cost.Bucket.DATA, 0))
                .takes("symbol", "period", "limit", "startTime", "endTime")
                .serve(handler);
    }

    private static Interval period(Parameters parameters) throws VenueException {
        Interval period = Interval.of(parameters.mandatory("period"));
        if (!PERIODS.contains(period)) {
            throw ApiErrors.invalidData("period");
        }
        return period;
    }

    /** Which periods are asked for; nothing of them is older than a month, and none runs any more. */
    private static BarTimes times(Parameters parameters, Interval period, long nowMs) throws VenueException {
        int limit = (int) parameters.bounded("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        Times times = Times.of(parameters);
        if (times.startMs() >= 0 && times.startMs() < nowMs - MONTH_MS) {
            throw ApiErrors.invalidData("startTime");
        }
        long last = period.openMs(nowMs) - 1;
        return new BarTimes(times.startMs(), times.endMs() < 0 ? last : Math.min(last, times.endMs()), limit);
    }

    /** Returns the ends of the periods, oldest first; a statistic is that of the moment. */
    private static List<Long> moments(Parameters parameters, long nowMs) throws VenueException {
        Interval period = period(parameters);
        BarTimes times = times(parameters, period, nowMs);
        long last = period.openMs(times.endMs() + 1);
        long oldest = Math.max(nowMs - MONTH_MS, times.startMs());
        List<Long> moments = new ArrayList<>();
        if (times.startMs() >= 0) {
            long first = period.openMs(oldest + period.lengthMs() - 1);
            for (long at = first; at <= last && moments.size() < times.limit(); at += period.lengthMs()) {
                moments.add(at);
            }
        } else {
            long first = Math.max(oldest, last - (times.limit() - 1) * period.lengthMs());
            for (long at = period.openMs(first + period.lengthMs() - 1); at <= last; at += period.lengthMs()) {
                moments.add(at);
            }
        }
        return moments;
    }

    private static long interestLots(SymbolHistory history, long timeMs) {
        return Statistics.interestLots(history.spec(), history.openPriceTicks(), timeMs);
    }

    private void openInterest(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        out.raw('{');
        Rows.text(out, "symbol", history.spec().symbol());
        Rows.qty(out, "openInterest", history.spec(), interestLots(history, call.timeMs()));
        Rows.number(out, "time", call.timeMs());
        out.raw('}');
    }

    private void openInterestHist(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        SymbolSpec spec = history.spec();
        out.raw('[');
        for (long at : moments(call.parameters(), call.timeMs())) {
            long lots = interestLots(history, at);
            Rows.next(out);
            out.raw('{');
            Rows.text(out, "symbol", spec.symbol());
            Rows.qty(out, "sumOpenInterest", spec, lots);
            Rows.turnover(out, "sumOpenInterestValue", spec, lots * closeTicks(history, at));
            Rows.qty(out, "CMCCirculatingSupply", spec, lots * UNIT_E4);
            Rows.number(out, "timestamp", at);
            out.raw('}');
        }
        out.raw(']');
    }

    /** Returns the last price before a moment, or the present one where nothing is known. */
    private static long closeTicks(SymbolHistory history, long timeMs) {
        long[] close = {history.lastTicks()};
        history.bars().query(Interval.M5, new BarTimes(-1, timeMs - 1, 1), bar -> close[0] = bar.closeTicks());
        return close[0];
    }

    private ApiHandler shares(Statistics.Share share) {
        return (call, out) -> {
            SymbolSpec spec = market.mandatoryHistory(call.parameters()).spec();
            out.raw('[');
            for (long at : moments(call.parameters(), call.timeMs())) {
                long longs = Statistics.longShareE4(spec, share, at);
                long shorts = UNIT_E4 - longs;
                Rows.next(out);
                out.raw('{');
                Rows.text(out, "symbol", spec.symbol());
                Rows.decimal(out, "longAccount", longs, E4);
                Rows.decimal(out, "longShortRatio", (longs * UNIT_E4 + shorts / 2) / shorts, E4);
                Rows.decimal(out, "shortAccount", shorts, E4);
                Rows.number(out, "timestamp", at);
                out.raw('}');
            }
            out.raw(']');
        };
    }

    private void takers(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        SymbolSpec spec = history.spec();
        Interval period = period(call.parameters());
        out.raw('[');
        history.bars().query(period, times(call.parameters(), period, call.timeMs()), bar -> {
            long buys = bar.takerBuyLots();
            long sells = bar.volumeLots() - buys;
            Rows.next(out);
            out.raw('{');
            Rows.decimal(out, "buySellRatio", sells == 0 ? 0 : Math.round((double) buys * UNIT_E4 / sells), E4);
            Rows.qty(out, "sellVol", spec, sells);
            Rows.qty(out, "buyVol", spec, buys);
            Rows.number(out, "timestamp", bar.openTimeMs());
            out.raw('}');
        });
        out.raw(']');
    }

    private void basis(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        SymbolHistory history = market.history(market.mandatorySymbol(parameters, "pair"));
        String type = parameters.mandatory("contractType");
        if (!CONTRACT_TYPES.contains(type)) {
            throw ApiErrors.invalidData("contractType");
        }
        Interval period = period(parameters);
        BarTimes times = times(parameters, period, call.timeMs());
        out.raw('[');
        if (type.equals("PERPETUAL")) {
            List<Long> prices = new ArrayList<>();
            history.bars().query(period, times, bar -> prices.add(history.priceE8(bar.closeTicks())));
            int[] row = {0};
            history.prices().query(PriceHistory.Kind.INDEX, period, times, (openMs, open, high, low, index) -> {
                basis(history.spec(), openMs, prices.get(row[0]++), index, out);
            });
        }
        out.raw(']');
    }

    private static void basis(SymbolSpec spec, long timeMs, long priceE8, long indexE8, JsonWriter out) {
        Rows.next(out);
        out.raw('{');
        Rows.e8(out, "indexPrice", indexE8);
        Rows.text(out, "contractType", "PERPETUAL");
        Rows.decimal(out, "basisRate", Math.round((double) (priceE8 - indexE8) * UNIT_E4 / indexE8), E4);
        Rows.decimal(out, "futuresPrice", priceE8, E8);
        Rows.text(out, "annualizedBasisRate", "");
        Rows.e8(out, "basis", priceE8 - indexE8);
        Rows.text(out, "pair", spec.symbol());
        Rows.number(out, "timestamp", timeMs);
        out.raw('}');
    }
}
