package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.market.DaySummary;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** Statistics of 24 h, last prices and best bids and asks. */
final class TickerEndpoints {
    private static final int ALL_DAYS_WEIGHT = 40;
    private static final int ALL_BOOKS_WEIGHT = 5;

    private final PublicMarket market;

    TickerEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/ticker/24hr")
                        .cost(Cost.bySymbol(1, ALL_DAYS_WEIGHT))
                        .takes("symbol")
                        .serve((call, out) -> each(call, out, this::day)),
                Endpoint.of("GET", "/fapi/v1/ticker/price")
                        .cost(Cost.bySymbol(1, 2))
                        .takes("symbol")
                        .serve((call, out) -> each(call, out, this::price)),
                Endpoint.of("GET", "/fapi/v2/ticker/price")
                        .cost(Cost.bySymbol(1, 2))
                        .takes("symbol")
                        .serve((call, out) -> each(call, out, this::price)),
                Endpoint.of("GET", "/fapi/v1/ticker/bookTicker")
                        .cost(Cost.bySymbol(2, ALL_BOOKS_WEIGHT))
                        .takes("symbol")
                        .serve((call, out) -> each(call, out, this::book)));
    }

    /** Writes the object of one symbol. */
    private interface Row {
        void write(int symbol, ApiCall call, JsonWriter out) throws VenueException;
    }

    /** One object if a symbol was sent, otherwise an array of all. */
    private void each(ApiCall call, JsonWriter out, Row row) throws VenueException {
        boolean isOne = call.parameters().has("symbol");
        out.raw(isOne ? "" : "[");
        for (int symbol : market.chosen(call.parameters())) {
            if (!isOne) {
                Rows.next(out);
            }
            out.raw('{');
            row.write(symbol, call, out);
            out.raw('}');
        }
        out.raw(isOne ? "" : "]");
    }

    private void day(int symbol, ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.history(symbol);
        SymbolSpec spec = history.spec();
        DaySummary day = history.day(call.timeMs());
        Rows.text(out, "symbol", spec.symbol());
        Rows.price(out, "priceChange", spec, day.changeTicks());
        Rows.decimal(out, "priceChangePercent", day.changePercentE3(), 3);
        Rows.price(out, "weightedAvgPrice", spec, day.averageTicks());
        Rows.price(out, "lastPrice", spec, day.lastTicks());
        Rows.qty(out, "lastQty", spec, day.lastLots());
        Rows.price(out, "openPrice", spec, day.openTicks());
        Rows.price(out, "highPrice", spec, day.highTicks());
        Rows.price(out, "lowPrice", spec, day.lowTicks());
        Rows.qty(out, "volume", spec, day.volumeLots());
        Rows.turnover(out, "quoteVolume", spec, day.turnover());
        Rows.number(out, "openTime", day.openTimeMs());
        Rows.number(out, "closeTime", call.timeMs());
        Rows.number(out, "firstId", day.firstTradeId());
        Rows.number(out, "lastId", day.lastTradeId());
        Rows.number(out, "count", day.trades());
    }

    private void price(int symbol, ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.history(symbol);
        Rows.text(out, "symbol", history.spec().symbol());
        Rows.price(out, "price", history.spec(), history.lastTicks());
        Rows.number(out, "time", history.lastTradeMs() == 0 ? call.timeMs() : history.lastTradeMs());
    }

    private void book(int symbol, ApiCall call, JsonWriter out) {
        SymbolSpec spec = market.source().symbols().get(symbol);
        BookImage book = market.source().book(symbol, 1);
        boolean hasBid = book != null && book.bidTicks().length > 0;
        boolean hasAsk = book != null && book.askTicks().length > 0;
        Rows.text(out, "symbol", spec.symbol());
        Rows.price(out, "bidPrice", spec, hasBid ? book.bidTicks()[0] : 0);
        Rows.qty(out, "bidQty", spec, hasBid ? book.bidLots()[0] : 0);
        Rows.price(out, "askPrice", spec, hasAsk ? book.askTicks()[0] : 0);
        Rows.qty(out, "askQty", spec, hasAsk ? book.askLots()[0] : 0);
        Rows.number(out, "time", book == null ? call.timeMs() : book.timeMs());
    }
}
