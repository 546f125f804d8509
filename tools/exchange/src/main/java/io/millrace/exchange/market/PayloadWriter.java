package io.millrace.exchange.market;

import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.SymbolSpec;

/**
 * Writes the payloads of one symbol's streams, field by field as the venue does.
 *
 * <p><b>Thread:</b> confined to the market's thread; writers of several symbols share one {@link JsonWriter}.
 */
final class PayloadWriter {
    private static final int E8 = 8;
    private static final byte[] DEPTH = JsonWriter.ascii("{\"e\":\"depthUpdate\",\"E\":");
    private static final byte[] BOOK_TICKER = JsonWriter.ascii("{\"e\":\"bookTicker\",\"u\":");
    private static final byte[] TRADE = JsonWriter.ascii("{\"e\":\"trade\",\"E\":");
    private static final byte[] AGG_TRADE = JsonWriter.ascii("{\"e\":\"aggTrade\",\"E\":");
    private static final byte[] MARK = JsonWriter.ascii("{\"e\":\"markPriceUpdate\",\"E\":");
    private static final byte[] KLINE = JsonWriter.ascii("{\"e\":\"kline\",\"E\":");
    private static final byte[] TICKER = JsonWriter.ascii("{\"e\":\"24hrTicker\",\"E\":");
    private static final byte[] FORCE = JsonWriter.ascii("{\"e\":\"forceOrder\",\"E\":");
    private static final byte[] TRUE = JsonWriter.ascii("true");
    private static final byte[] FALSE = JsonWriter.ascii("false");
    private static final byte[] ST = JsonWriter.ascii(",\"st\":1");
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] COMMA_T = JsonWriter.ascii(",\"T\":");
    private static final byte[] COMMA_E = JsonWriter.ascii(",\"E\":");
    private static final byte[] FIRST_ID = JsonWriter.ascii(",\"U\":");
    private static final byte[] LAST_ID = JsonWriter.ascii(",\"u\":");
    private static final byte[] PREVIOUS_ID = JsonWriter.ascii(",\"pu\":");
    private static final byte[] BIDS = JsonWriter.ascii(",\"b\":[");
    private static final byte[] ASKS = JsonWriter.ascii("],\"a\":[");
    private static final byte[] LEVEL_MIDDLE = JsonWriter.ascii("\",\"");
    private static final byte[] LEVEL_END = JsonWriter.ascii("\"]");
    private static final byte[] NEXT_LEVEL = JsonWriter.ascii(",[\"");
    private static final byte[] FIRST_LEVEL = JsonWriter.ascii("[\"");
    private static final byte[] MAKER = JsonWriter.ascii(",\"m\":");

    private final JsonWriter out;
    private final boolean isCurrent;
    private final byte[] symbol;
    private final byte[] symbolPair;
    private final byte[] pair;
    private final byte[] st;
    private final long priceFactor;
    private final long qtyFactor;
    private final int priceDecimals;
    private final int qtyDecimals;

    PayloadWriter(SymbolSpec spec, JsonWriter out, boolean isCurrent) {
        this.out = out;
        this.isCurrent = isCurrent;
        this.symbol = JsonWriter.ascii(",\"s\":\"" + spec.symbol() + '"');
        this.pair = isCurrent ? JsonWriter.ascii(",\"ps\":\"" + spec.symbol() + '"') : NOTHING;
        this.st = isCurrent ? ST : NOTHING;
        this.symbolPair = JsonWriter.ascii(
                ",\"s\":\"" + spec.symbol() + (isCurrent ? "\",\"ps\":\"" + spec.symbol() + "\",\"st\":1" : "\""));
        this.priceFactor = spec.priceFactor();
        this.qtyFactor = spec.qtyFactor();
        this.priceDecimals = spec.priceDecimals();
        this.qtyDecimals = spec.qtyDecimals();
    }

    void depth(DepthChain chain, LadderBook book, long eventMs) {
        out.clear().raw(DEPTH).number(eventMs).raw(COMMA_T).number(book.lastChangeMs());
        out.raw(symbolPair).raw(FIRST_ID).number(chain.firstId());
        out.raw(LAST_ID).number(book.lastUpdateId()).raw(PREVIOUS_ID).number(chain.previousId());
        out.raw(BIDS);
        levels(chain.bids, book, true);
        out.raw(ASKS);
        levels(chain.asks, book, false);
        out.raw(']').raw('}');
    }

    private void levels(TickSet changed, LadderBook book, boolean isBid) {
        int count = changed.sortDistinct();
        for (int i = 0; i < count; i++) {
            long tick = changed.get(i);
            out.raw(i == 0 ? FIRST_LEVEL : NEXT_LEVEL).decimal(tick * priceFactor, priceDecimals);
            out.raw(LEVEL_MIDDLE).decimal(book.lotsAt(isBid, tick) * qtyFactor, qtyDecimals);
            out.raw(LEVEL_END);
        }
    }

    void bookTicker(LadderBook book) {
        long timeMs = book.lastChangeMs();
        out.clear().raw(BOOK_TICKER).number(book.lastUpdateId()).raw(symbolPair);
        out.raw(COMMA_E).number(timeMs).raw(COMMA_T).number(timeMs);
        price(",\"b\":\"", book.bestBid());
        qty(",\"B\":\"", book.lotsAt(true, book.bestBid()));
        price(",\"a\":\"", book.bestAsk());
        qty(",\"A\":\"", book.lotsAt(false, book.bestAsk()));
        out.raw('}');
    }

    void trade(long timeMs, long tradeId, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        out.clear().raw(TRADE).number(timeMs).raw(COMMA_T).number(timeMs).raw(symbol);
        number(",\"t\":", tradeId);
        price(",\"p\":\"", priceTicks);
        qty(",\"q\":\"", qtyLots);
        text(",\"X\":\"MARKET\"");
        out.raw(MAKER).raw(isBuyerMaker ? TRUE : FALSE).raw('}');
    }

    void aggTrade(Aggregate trade) {
        out.clear().raw(AGG_TRADE).number(trade.timeMs).raw(symbol);
        number(",\"a\":", trade.id);
        price(",\"p\":\"", trade.priceTicks);
        qty(",\"q\":\"", trade.qtyLots);
        if (isCurrent) {
            qty(",\"nq\":\"", trade.qtyLots);
        }
        number(",\"f\":", trade.firstTradeId);
        number(",\"l\":", trade.lastTradeId);
        out.raw(COMMA_T).number(trade.timeMs);
        out.raw(MAKER).raw(trade.isBuyerMaker ? TRUE : FALSE).raw(st).raw('}');
    }

    void markPrice(MarkPrice mark, long eventMs) {
        out.clear().raw(MARK).number(eventMs).raw(symbol);
        e8(",\"p\":\"", mark.markE8());
        if (isCurrent) {
            e8(",\"ap\":\"", mark.markMeanE8());
        }
        e8(",\"i\":\"", mark.indexE8());
        e8(",\"P\":\"", mark.indexE8());
        e8(",\"r\":\"", mark.rateE8());
        out.raw(COMMA_T).number(mark.nextFundingMs()).raw(st).raw('}');
    }

    void kline(KlineBar bar, boolean isFinal, long eventMs) {
        out.clear().raw(KLINE).number(eventMs).raw(symbol);
        number(",\"k\":{\"t\":", bar.openTimeMs);
        number(",\"T\":", bar.openTimeMs + KlineBar.LENGTH_MS - 1);
        out.raw(symbol);
        text(",\"i\":\"1m\"");
        number(",\"f\":", bar.firstTradeId);
        number(",\"L\":", bar.lastTradeId);
        price(",\"o\":\"", bar.openTicks);
        price(",\"c\":\"", bar.closeTicks);
        price(",\"h\":\"", bar.highTicks);
        price(",\"l\":\"", bar.lowTicks);
        qty(",\"v\":\"", bar.volumeLots);
        number(",\"n\":", bar.trades);
        text(",\"x\":");
        out.raw(isFinal ? TRUE : FALSE);
        turnover(",\"q\":\"", bar.turnover);
        qty(",\"V\":\"", bar.takerBuyLots);
        turnover(",\"Q\":\"", bar.takerBuyTurnover);
        text(",\"B\":\"0\"}}");
    }

    void ticker(RollingDay day, long eventMs) {
        long change = day.lastTicks - day.openTicks;
        out.clear().raw(TICKER).number(eventMs).raw(symbol).raw(pair);
        price(",\"p\":\"", change);
        decimal(",\"P\":\"", Math.round(change * 100_000.0 / day.openTicks), 3);
        price(",\"w\":\"", Math.round((double) day.turnoverUnits / day.volumeLots));
        price(",\"c\":\"", day.lastTicks);
        qty(",\"Q\":\"", day.lastLots);
        price(",\"o\":\"", day.openTicks);
        price(",\"h\":\"", day.highTicks);
        price(",\"l\":\"", day.lowTicks);
        qty(",\"v\":\"", day.volumeLots);
        turnover(",\"q\":\"", day.turnoverUnits);
        number(",\"O\":", day.openTimeMs);
        number(",\"C\":", eventMs);
        number(",\"F\":", day.firstTradeId);
        number(",\"L\":", day.lastTradeId);
        number(",\"n\":", day.tradeCount);
        out.raw(st).raw('}');
    }

    void forceOrder(Liquidation order, long eventMs) {
        out.clear().raw(FORCE).number(eventMs);
        text(",\"o\":{");
        text("\"s\":");
        out.raw(symbol, 5, symbol.length - 5);
        text(order.isSell ? ",\"S\":\"SELL\"" : ",\"S\":\"BUY\"");
        text(",\"o\":\"LIMIT\",\"f\":\"IOC\"");
        qty(",\"q\":\"", order.qtyLots);
        price(",\"p\":\"", order.limitTicks);
        price(",\"ap\":\"", Math.round((double) order.turnover / order.qtyLots));
        text(",\"X\":\"FILLED\"");
        qty(",\"l\":\"", order.lastLots);
        qty(",\"z\":\"", order.qtyLots);
        out.raw(COMMA_T).number(order.timeMs).raw('}').raw(pair).raw(st).raw('}');
    }

    private void price(String name, long ticks) {
        decimal(name, ticks * priceFactor, priceDecimals);
    }

    private void qty(String name, long lots) {
        decimal(name, lots * qtyFactor, qtyDecimals);
    }

    private void turnover(String name, long units) {
        decimal(name, units * priceFactor * qtyFactor, priceDecimals + qtyDecimals);
    }

    private void e8(String name, long value) {
        decimal(name, value, E8);
    }

    private void decimal(String name, long unscaled, int decimals) {
        text(name);
        out.decimal(unscaled, decimals).raw('"');
    }

    private void number(String name, long value) {
        text(name);
        out.number(value);
    }

    private void text(String text) {
        out.raw(text);
    }
}
