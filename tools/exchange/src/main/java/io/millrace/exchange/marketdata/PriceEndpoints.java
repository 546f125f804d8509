package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.market.AssetIndexes;
import io.millrace.exchange.market.CompositeIndex;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** Mark prices, and the indexes that the market knows. */
final class PriceEndpoints {
    private static final int ALL_WEIGHT = 10;
    private static final long INTEREST_E8 = 10_000;
    /** Places that the index is said to come from, and their weights at 1e-8. */
    private static final List<Constituent> CONSTITUENTS = List.of(
            new Constituent("spot-a", 50_000_000),
            new Constituent("spot-b", 30_000_000),
            new Constituent("spot-c", 20_000_000));

    private static final List<String> ASSET_FIELDS = List.of(
            ",\"index\":\"",
            ",\"bidBuffer\":\"",
            ",\"askBuffer\":\"",
            ",\"bidRate\":\"",
            ",\"askRate\":\"",
            ",\"autoExchangeBidBuffer\":\"",
            ",\"autoExchangeAskBuffer\":\"",
            ",\"autoExchangeBidRate\":\"",
            ",\"autoExchangeAskRate\":\"");

    private record Constituent(String name, long weightE8) {}

    private final PublicMarket market;

    PriceEndpoints(PublicMarket market) {
        this.market = market;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/premiumIndex")
                        .cost(Cost.bySymbol(1, ALL_WEIGHT))
                        .takes("symbol")
                        .serve(this::premiumIndex),
                Endpoint.of("GET", "/fapi/v1/constituents")
                        .weight(2)
                        .takes("symbol")
                        .serve(this::constituents),
                Endpoint.of("GET", "/fapi/v1/assetIndex")
                        .cost(Cost.bySymbol(1, ALL_WEIGHT))
                        .takes("symbol")
                        .serve(this::assetIndex),
                Endpoint.of("GET", "/fapi/v1/indexInfo").takes("symbol").serve(this::indexInfo));
    }

    private void premiumIndex(ApiCall call, JsonWriter out) throws VenueException {
        boolean isOne = call.parameters().has("symbol");
        out.raw(isOne ? "" : "[");
        for (int symbol : market.chosen(call.parameters())) {
            if (!isOne) {
                Rows.next(out);
            }
            premiumIndex(market.history(symbol), out);
        }
        out.raw(isOne ? "" : "]");
    }

    private static void premiumIndex(SymbolHistory history, JsonWriter out) {
        MarkPrice mark = history.mark();
        long lastE8 = history.lastE8();
        long indexE8 = mark.isKnown() ? mark.indexE8() : lastE8;
        out.raw('{');
        Rows.text(out, "symbol", history.spec().symbol());
        Rows.e8(out, "markPrice", mark.isKnown() ? mark.markE8() : lastE8);
        Rows.e8(out, "indexPrice", indexE8);
        Rows.e8(out, "estimatedSettlePrice", indexE8);
        Rows.e8(out, "lastFundingRate", mark.rateE8());
        Rows.e8(out, "interestRate", INTEREST_E8);
        Rows.number(out, "nextFundingTime", mark.nextFundingMs());
        Rows.number(out, "time", history.markTimeMs());
        out.raw('}');
    }

    private static long indexE8(SymbolHistory history) {
        return history.mark().isKnown() ? history.mark().indexE8() : history.lastE8();
    }

    private void constituents(ApiCall call, JsonWriter out) throws VenueException {
        SymbolHistory history = market.mandatoryHistory(call.parameters());
        out.raw('{');
        Rows.text(out, "symbol", history.spec().symbol());
        Rows.number(out, "time", history.markTimeMs());
        out.raw(",\"constituents\":[");
        for (Constituent constituent : CONSTITUENTS) {
            Rows.next(out);
            out.raw('{');
            Rows.text(out, "exchange", constituent.name());
            Rows.text(out, "symbol", history.spec().symbol());
            Rows.e8(out, "price", indexE8(history));
            Rows.e8(out, "weight", constituent.weightE8());
            out.raw('}');
        }
        out.raw("]}");
    }

    private void assetIndex(ApiCall call, JsonWriter out) throws VenueException {
        String wanted = call.parameters().text("symbol");
        List<SymbolSpec> symbols = market.source().symbols();
        out.raw(wanted == null ? "[" : "");
        boolean isFound = wanted == null;
        for (int i = 0; i < Math.min(AssetIndexes.MOST, symbols.size()); i++) {
            String name = AssetIndexes.symbol(symbols.get(i));
            if (wanted == null || wanted.equals(name)) {
                isFound = true;
                if (wanted == null) {
                    Rows.next(out);
                }
                SymbolHistory history = market.history(i);
                out.raw('{');
                Rows.text(out, "symbol", name);
                Rows.number(out, "time", history.markTimeMs());
                AssetIndexes.write(ASSET_FIELDS, indexE8(history), out);
                out.raw('}');
            }
        }
        if (!isFound) {
            throw Errors.invalidSymbol();
        }
        out.raw(wanted == null ? "]" : "");
    }

    private void indexInfo(ApiCall call, JsonWriter out) throws VenueException {
        String wanted = call.parameters().text("symbol");
        CompositeIndex index = market.source().compositeIndex();
        if (wanted != null && (index == null || !wanted.equals(CompositeIndex.SYMBOL))) {
            throw Errors.invalidSymbol();
        }
        out.raw(wanted == null ? "[" : "");
        if (index != null) {
            index.info(call.timeMs(), out);
        }
        out.raw(wanted == null ? "]" : "");
    }
}
