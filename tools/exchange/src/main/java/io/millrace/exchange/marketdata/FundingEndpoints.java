package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.market.FundingHistory;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Funding rates, and what of them differs from the usual. */
final class FundingEndpoints {
    private static final int DEFAULT_LIMIT = 100;
    private static final int USUAL_HOURS = 8;

    private record Charge(String symbol, long timeMs, long rateE8, long markE8) {}

    private final PublicMarket market;

    FundingEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/fundingRate")
                        .cost(Cost.in(Cost.Bucket.FUNDING, 0))
                        .takes("symbol", "startTime", "endTime", "limit")
                        .serve(this::fundingRate),
                Endpoint.of("GET", "/fapi/v1/fundingInfo")
                        .cost(Cost.in(Cost.Bucket.FUNDING, 0))
                        .serve(this::fundingInfo));
    }

    private void fundingRate(ApiCall call, JsonWriter out) throws VenueException {
        Parameters parameters = call.parameters();
        int limit = (int) parameters.bounded("limit", DEFAULT_LIMIT, 1, FundingHistory.BOUND);
        Times times = Times.of(parameters);
        List<Integer> symbols = market.chosen(parameters);
        // All symbols charge at the same times, so that each needs its share only.
        int share = Math.min(limit, limit / symbols.size() + 1);
        List<Charge> charges = new ArrayList<>();
        for (int symbol : symbols) {
            String name = market.source().symbols().get(symbol).symbol();
            market.history(symbol)
                    .fundings()
                    .query(
                            times.startMs(),
                            times.endMs(),
                            share,
                            (timeMs, rateE8, markE8) -> charges.add(new Charge(name, timeMs, rateE8, markE8)));
        }
        charges.sort(Comparator.comparingLong(Charge::timeMs));
        int from = times.startMs() >= 0 ? 0 : Math.max(0, charges.size() - limit);
        out.raw('[');
        for (Charge charge : charges.subList(from, Math.min(charges.size(), from + limit))) {
            Rows.next(out);
            out.raw('{');
            Rows.text(out, "symbol", charge.symbol());
            Rows.number(out, "fundingTime", charge.timeMs());
            Rows.e8(out, "fundingRate", charge.rateE8());
            Rows.e8(out, "markPrice", charge.markE8());
            Rows.text(out, "rateType", "Regular");
            out.raw('}');
        }
        out.raw(']');
    }

    private void fundingInfo(ApiCall call, JsonWriter out) {
        out.raw('[');
        for (ContractRules rules : market.rules()) {
            ContractRules usual = ContractRules.of(rules.spec());
            boolean isUsual = rules.fundingIntervalHours() == USUAL_HOURS
                    && rules.fundingCapE8() == usual.fundingCapE8()
                    && rules.fundingFloorE8() == usual.fundingFloorE8();
            if (!isUsual) {
                Rows.next(out);
                out.raw('{');
                Rows.text(out, "symbol", rules.spec().symbol());
                Rows.e8(out, "adjustedFundingRateCap", rules.fundingCapE8());
                Rows.e8(out, "adjustedFundingRateFloor", rules.fundingFloorE8());
                Rows.number(out, "fundingIntervalHours", rules.fundingIntervalHours());
                Rows.flag(out, "disclaimer", false);
                out.raw('}');
            }
        }
        out.raw(']');
    }
}
