package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.RpiOrders;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** The book with the orders that only retail clients can take. */
final class BookEndpoints {
    private static final int WEIGHT = 20;
    private static final int LIMIT = 1000;

    private final PublicMarket market;

    BookEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(Endpoint.of("GET", "/fapi/v1/rpiDepth")
                .weight(WEIGHT)
                .takes("symbol", "limit")
                .serve(this::rpiDepth));
    }

    private void rpiDepth(ApiCall call, JsonWriter out) throws VenueException {
        int symbol = market.mandatorySymbol(call.parameters(), "symbol");
        call.parameters().bounded("limit", LIMIT, LIMIT, LIMIT);
        BookImage image = market.source().book(symbol, LIMIT);
        if (image == null) {
            throw Errors.invalidSymbolStatus();
        }
        out.raw("{\"lastUpdateId\":").number(image.lastUpdateId());
        out.raw(",\"E\":").number(call.timeMs()).raw(",\"T\":").number(image.timeMs());
        out.raw(",\"bids\":[");
        levels(symbol, image.spec(), image.bidTicks(), image.bidLots(), out);
        out.raw("],\"asks\":[");
        levels(symbol, image.spec(), image.askTicks(), image.askLots(), out);
        out.raw("]}");
    }

    private static void levels(int symbol, SymbolSpec spec, long[] ticks, long[] lots, JsonWriter out) {
        for (int i = 0; i < ticks.length; i++) {
            long all = lots[i] + RpiOrders.lots(symbol, ticks[i]);
            out.raw(i == 0 ? "[\"" : ",[\"").decimal(ticks[i] * spec.priceFactor(), spec.priceDecimals());
            out.raw("\",\"").decimal(all * spec.qtyFactor(), spec.qtyDecimals()).raw("\"]");
        }
    }
}
