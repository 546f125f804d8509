package io.millrace.exchange.klines;

import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.LadderBook;

/**
 * What clients' orders see of bars that are played: the books answer, and what clients do changes nothing in them.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class KlineTrading implements MarketPort, PricePort {
    private static final long FIRST_TRADE_ID = 5_000_000_000L;

    private final LadderBook[] books;
    private final SymbolPublisher[] publishers;
    private MarketFlow flow;
    private long lastTradeId = FIRST_TRADE_ID;

    KlineTrading(LadderBook[] books, SymbolPublisher[] publishers) {
        this.books = books;
        this.publishers = publishers;
    }

    void connect(MarketFlow newFlow) {
        flow = newFlow;
    }

    void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
        if (flow != null) {
            flow.onPrint(symbol, isSell, priceTicks, qtyLots, timeMs);
        }
    }

    void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
        if (flow != null) {
            flow.onLevel(symbol, isBid, priceTicks, oldLots, newLots, timeMs);
        }
    }

    void onLast(int symbol) {
        if (flow != null) {
            flow.onLast(symbol);
        }
    }

    /** The timer of a symbol has run, which is once a second. */
    void onTimer(int symbol) {
        if (flow == null) {
            return;
        }
        flow.onMark(symbol);
        SymbolPublisher publisher = publishers[symbol];
        if (publisher.isFundingDue()) {
            flow.onFunding(symbol, publisher.mark().settledRateE8(), publisher.markPriceE8());
        }
    }

    @Override
    public long bestTicks(int symbol, boolean isBid) {
        return isBid ? books[symbol].bestBid() : books[symbol].bestAsk();
    }

    @Override
    public long marketLots(int symbol, boolean isBid, long priceTicks) {
        return books[symbol].lotsAt(isBid, priceTicks);
    }

    @Override
    public long marketLevelFrom(int symbol, boolean isBid, long priceTicks) {
        return books[symbol].levelFrom(isBid, priceTicks);
    }

    @Override
    public void begin(int symbol) {}

    @Override
    public void end(int symbol) {}

    @Override
    public void show(int symbol, boolean isBid, long priceTicks, long qtyLots) {}

    @Override
    public void hide(int symbol, boolean isBid, long priceTicks, long qtyLots) {}

    @Override
    public void beginTaker(int symbol, boolean isSell, long limitTicks) {}

    @Override
    public long fill(int symbol, long priceTicks, long qtyLots, boolean isMarketMaker) {
        return ++lastTradeId;
    }

    @Override
    public void endTaker(int symbol, boolean isLiquidation) {
        onLast(symbol);
    }

    @Override
    public long lastTicks(int symbol) {
        return publishers[symbol].history().lastTicks();
    }

    @Override
    public long markPrice(int symbol) {
        return publishers[symbol].markPriceE8();
    }

    @Override
    public long bestBidTicks(int symbol) {
        return books[symbol].bestBid();
    }

    @Override
    public long bestAskTicks(int symbol) {
        return books[symbol].bestAsk();
    }
}
