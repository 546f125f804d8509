package io.millrace.exchange.market;

import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.SymbolSpec;

/**
 * Writes the payloads of one symbol's streams, field by field as the venue does, behind what is in the
 * {@link JsonWriter} already.
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
    private static final byte[] CONTINUOUS_KLINE = JsonWriter.ascii("{\"e\":\"continuous_kline\",\"E\":");
    private static final byte[] MINI_TICKER = JsonWriter.ascii("{\"e\":\"24hrMiniTicker\",\"E\":");
    private static final byte[] TICKER = JsonWriter.ascii("{\"e\":\"24hrTicker\",\"E\":");
    private static final byte[] FORCE = JsonWriter.ascii("{\"e\":\"forceOrder\",\"E\":");
    private static final byte[] TRUE = JsonWriter.ascii("true");
    private static final byte[] FALSE = JsonWriter.ascii("false");
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

    private final int index;
    private final JsonWriter out;
    private final boolean isCurrent;
    private final byte[] symbol;
    private final byte[] symbolPair;
    private final byte[] pair;
    private final byte[] continuousPair;
    private final byte[] st;
    private final long priceFactor;
    private final long qtyFactor;
    private final int priceDecimals;
    private final int qtyDecimals;

    /**
     * Makes a writer for a contract.
     *
     * @param index of the symbol.
     * @param spec the contract.
     * @param out takes what is written; the caller clears it.
     * @param isCurrent whether payloads carry the fields of 2026.
     */
    PayloadWriter(int index, SymbolSpec spec, JsonWriter out, boolean isCurrent) {
        this(index, spec, spec.symbol(), spec.symbol(), isCurrent ? ",\"st\":1" : "", out);
    }

    /** Makes a writer for the contract on the same asset that is margined in the asset, which the whole market's streams show. */
    static PayloadWriter coinMargined(int index, SymbolSpec spec, JsonWriter out) {
        String pair = spec.baseAsset() + "USD";
        return new PayloadWriter(index, spec, pair + "_PERP", pair, ",\"st\":2", out);
    }

    private PayloadWriter(int index, SymbolSpec spec, String name, String pairName, String st, JsonWriter out) {
        this.index = index;
        this.out = out;
        this.isCurrent = !st.isEmpty();
        this.symbol = JsonWriter.ascii(",\"s\":\"" + name + '"');
        this.pair = isCurrent ? JsonWriter.ascii(",\"ps\":\"" + pairName + '"') : NOTHING;
        this.st = JsonWriter.ascii(st);
        this.symbolPair =
                JsonWriter.ascii(",\"s\":\"" + name + '"' + (isCurrent ? ",\"ps\":\"" + pairName + '"' + st : ""));
        this.continuousPair = JsonWriter.ascii(",\"ps\":\"" + pairName + "\",\"ct\":\"PERPETUAL\"");
        this.priceFactor = spec.priceFactor();
        this.qtyFactor = spec.qtyFactor();
        this.priceDecimals = spec.priceDecimals();
        this.qtyDecimals = spec.qtyDecimals();
    }

    /** Writes what changed; {@code isRetail} adds the orders that only retail clients can take. */
    void depth(DepthChain chain, LadderBook book, long eventMs, boolean isRetail) {
        depthHead(chain, book, eventMs);
        changed(chain.bids, book, true, isRetail);
        out.raw(ASKS);
        changed(chain.asks, book, false, isRetail);
        out.raw(']').raw('}');
    }

    /** Writes the best levels, whatever changed. */
    void partialDepth(DepthChain chain, LadderBook book, long eventMs, int limit) {
        depthHead(chain, book, eventMs);
        best(book, true, limit);
        out.raw(ASKS);
        best(book, false, limit);
        out.raw(']').raw('}');
    }

    private void depthHead(DepthChain chain, LadderBook book, long eventMs) {
        out.raw(DEPTH).number(eventMs).raw(COMMA_T).number(book.lastChangeMs());
        out.raw(symbolPair).raw(FIRST_ID).number(chain.firstId());
        out.raw(LAST_ID).number(book.lastUpdateId()).raw(PREVIOUS_ID).number(chain.previousId());
        out.raw(BIDS);
    }

    private void changed(TickSet changed, LadderBook book, boolean isBid, boolean isRetail) {
        int count = changed.sortDistinct();
        for (int i = 0; i < count; i++) {
            long tick = changed.get(i);
            long lots = book.lotsAt(isBid, tick);
            if (isRetail && lots > 0) {
                lots += RpiOrders.lots(index, tick);
            }
            level(i == 0, tick, lots);
        }
    }

    private void best(LadderBook book, boolean isBid, int limit) {
        long tick = isBid ? book.bestBid() : book.bestAsk();
        int count = Math.min(limit, book.levels(isBid));
        for (int i = 0; i < count; i++) {
            level(i == 0, tick, book.lotsAt(isBid, tick));
            tick = book.levelFrom(isBid, isBid ? tick - 1 : tick + 1);
        }
    }

    private void level(boolean isFirst, long tick, long lots) {
        out.raw(isFirst ? FIRST_LEVEL : NEXT_LEVEL).decimal(tick * priceFactor, priceDecimals);
        out.raw(LEVEL_MIDDLE).decimal(lots * qtyFactor, qtyDecimals);
        out.raw(LEVEL_END);
    }

    void bookTicker(LadderBook book) {
        long timeMs = book.lastChangeMs();
        out.raw(BOOK_TICKER).number(book.lastUpdateId()).raw(symbolPair);
        out.raw(COMMA_E).number(timeMs).raw(COMMA_T).number(timeMs);
        price(",\"b\":\"", book.bestBid());
        qty(",\"B\":\"", book.lotsAt(true, book.bestBid()));
        price(",\"a\":\"", book.bestAsk());
        qty(",\"A\":\"", book.lotsAt(false, book.bestAsk()));
        out.raw('}');
    }

    void trade(long timeMs, long tradeId, long priceTicks, long qtyLots, boolean isBuyerMaker) {
        out.raw(TRADE).number(timeMs).raw(COMMA_T).number(timeMs).raw(symbol);
        number(",\"t\":", tradeId);
        price(",\"p\":\"", priceTicks);
        qty(",\"q\":\"", qtyLots);
        text(",\"X\":\"MARKET\"");
        out.raw(MAKER).raw(isBuyerMaker ? TRUE : FALSE).raw('}');
    }

    void aggTrade(Aggregate trade) {
        out.raw(AGG_TRADE).number(trade.timeMs).raw(symbol);
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
        out.raw(MARK).number(eventMs).raw(symbol);
        e8(",\"p\":\"", mark.markE8());
        if (isCurrent) {
            e8(",\"ap\":\"", mark.markMeanE8());
        }
        e8(",\"i\":\"", mark.indexE8());
        e8(",\"P\":\"", mark.indexE8());
        e8(",\"r\":\"", mark.rateE8());
        out.raw(COMMA_T).number(mark.nextFundingMs()).raw(st).raw('}');
    }

    void kline(Bar bar, Interval interval, boolean isFinal, long eventMs) {
        out.raw(KLINE).number(eventMs).raw(symbol);
        number(",\"k\":{\"t\":", bar.openTimeMs);
        number(",\"T\":", interval.endMs(bar.openTimeMs) - 1);
        out.raw(symbol);
        barBody(bar, interval, isFinal);
    }

    void continuousKline(Bar bar, Interval interval, boolean isFinal, long eventMs) {
        out.raw(CONTINUOUS_KLINE).number(eventMs);
        out.raw(continuousPair);
        number(",\"k\":{\"t\":", bar.openTimeMs);
        number(",\"T\":", interval.endMs(bar.openTimeMs) - 1);
        barBody(bar, interval, isFinal);
    }

    private void barBody(Bar bar, Interval interval, boolean isFinal) {
        text(",\"i\":\"");
        text(interval.code());
        out.raw('"');
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
        out.raw(TICKER).number(eventMs).raw(symbol).raw(pair);
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

    void miniTicker(RollingDay day, long eventMs) {
        out.raw(MINI_TICKER).number(eventMs).raw(symbol);
        price(",\"c\":\"", day.lastTicks);
        price(",\"o\":\"", day.openTicks);
        price(",\"h\":\"", day.highTicks);
        price(",\"l\":\"", day.lowTicks);
        qty(",\"v\":\"", day.volumeLots);
        turnover(",\"q\":\"", day.turnoverUnits);
        out.raw(pair).raw(st).raw('}');
    }

    void forceOrder(Liquidation order, long eventMs) {
        out.raw(FORCE).number(eventMs);
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
