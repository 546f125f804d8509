package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.TradingSchedule;
import io.millrace.exchange.trade.VenueException;
import java.util.List;

/** What the venue tells about itself: insurance fund, risk of automatic deleveraging, trading hours. */
final class VenueStatusEndpoints {
    private static final int SCHEDULE_WEIGHT = 5;
    private static final long RISK_STEP_MS = 1_800_000;
    private static final long DAY_MS = 86_400_000;
    private static final int SCHEDULE_DAYS = 7;

    private final PublicMarket market;

    VenueStatusEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/insuranceBalance").takes("symbol").serve(this::insurance),
                Endpoint.of("GET", "/fapi/v1/symbolAdlRisk").takes("symbol").serve(this::adlRisk),
                Endpoint.of("GET", "/fapi/v1/tradingSchedule")
                        .weight(SCHEDULE_WEIGHT)
                        .serve(this::schedule));
    }

    /** One fund for all contracts. */
    private void insurance(ApiCall call, JsonWriter out) throws VenueException {
        boolean isOne = call.parameters().has("symbol");
        out.raw(isOne ? "{\"symbols\":[" : "[{\"symbols\":[");
        for (int symbol : market.chosen(call.parameters())) {
            Rows.next(out);
            out.raw('"')
                    .raw(JsonWriter.ascii(market.source().symbols().get(symbol).symbol()))
                    .raw('"');
        }
        out.raw("],\"assets\":[{");
        Rows.text(out, "asset", "USDT");
        Rows.e8(out, "marginBalance", market.insuranceE8());
        Rows.number(out, "updateTime", call.timeMs());
        out.raw(isOne ? "}]}" : "}]}]");
    }

    private void adlRisk(ApiCall call, JsonWriter out) throws VenueException {
        boolean isOne = call.parameters().has("symbol");
        out.raw(isOne ? "" : "[");
        for (int symbol : market.chosen(call.parameters())) {
            if (!isOne) {
                Rows.next(out);
            }
            out.raw('{');
            Rows.text(out, "symbol", market.source().symbols().get(symbol).symbol());
            Rows.text(out, "adlRisk", "low");
            Rows.number(out, "updateTime", call.timeMs() - call.timeMs() % RISK_STEP_MS);
            out.raw('}');
        }
        out.raw(isOne ? "" : "]");
    }

    /** A week from the day before. */
    private void schedule(ApiCall call, JsonWriter out) {
        long fromMs = call.timeMs() - call.timeMs() % DAY_MS - DAY_MS;
        out.raw("{\"updateTime\":").number(call.timeMs()).raw(",\"marketSchedules\":{");
        for (TradingSchedule.Venue venue : TradingSchedule.Venue.values()) {
            out.raw(venue == TradingSchedule.Venue.EQUITY ? "\"" : ",\"").raw(venue.name());
            out.raw("\":{\"sessions\":[");
            long at = fromMs;
            while (at < fromMs + SCHEDULE_DAYS * DAY_MS) {
                TradingSchedule.Session session = TradingSchedule.at(venue, at);
                Rows.next(out);
                out.raw('{');
                Rows.number(out, "startTime", session.startMs());
                Rows.number(out, "endTime", session.endMs());
                Rows.text(out, "type", session.type().name());
                out.raw('}');
                at = session.endMs();
            }
            out.raw("]}");
        }
        out.raw("}}");
    }
}
