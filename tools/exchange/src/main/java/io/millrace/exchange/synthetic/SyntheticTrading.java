package io.millrace.exchange.synthetic;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.venue.LadderBook;

/**
 * Lets clients' orders into a synthetic market: they stand in its books, its flow trades with them, and their fills are
 * published as the market's own.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class SyntheticTrading implements MarketPort {
    private final LadderBook[] books;
    private final SymbolPublisher[] publishers;
    private final ClientLevels[] clients;
    private final int[] openEvents;
    private final boolean[] isTakerSell;
    private MarketFlow flow;
    private FrameSink sink;
    private long timeMs;

    SyntheticTrading(LadderBook[] books, SymbolPublisher[] publishers, ClientLevels[] clients) {
        this.books = books;
        this.publishers = publishers;
        this.clients = clients;
        this.openEvents = new int[books.length];
        this.isTakerSell = new boolean[books.length];
    }

    void connect(MarketFlow newFlow) {
        flow = newFlow;
        for (ClientLevels levels : clients) {
            levels.connect(newFlow);
        }
    }

    /** Says what time it is; an event that was due before a client acted happens after it, so at the client's time. */
    void enter(long nowMs, FrameSink frames) {
        timeMs = Math.max(timeMs, nowMs);
        sink = frames;
    }

    /** The timer of a symbol has run. */
    void onTimer(int symbol, long count) {
        if (flow == null || count % StreamKind.MARK_PRICE_1S.periodUnits() != 0) {
            return;
        }
        flow.onMark(symbol);
        SymbolPublisher publisher = publishers[symbol];
        if (publisher.isFundingDue()) {
            flow.onFunding(symbol, publisher.mark().settledRateE8(), publisher.markPriceE8());
        }
    }

    void onMarkPinned(int symbol) {
        if (flow != null) {
            flow.onMark(symbol);
        }
    }

    long nowMs() {
        return timeMs;
    }

    LadderBook book(int symbol) {
        return books[symbol];
    }

    SymbolPublisher publisher(int symbol) {
        return publishers[symbol];
    }

    ClientLevels clients(int symbol) {
        return clients[symbol];
    }

    @Override
    public long bestTicks(int symbol, boolean isBid) {
        return isBid ? books[symbol].bestBid() : books[symbol].bestAsk();
    }

    @Override
    public long marketLots(int symbol, boolean isBid, long priceTicks) {
        return clients[symbol].marketLots(isBid, priceTicks);
    }

    @Override
    public long marketLevelFrom(int symbol, boolean isBid, long priceTicks) {
        return clients[symbol].marketLevelFrom(isBid, priceTicks);
    }

    @Override
    public void begin(int symbol) {
        if (openEvents[symbol]++ == 0) {
            publishers[symbol].begin(timeMs, sink);
        }
    }

    @Override
    public void end(int symbol) {
        if (--openEvents[symbol] == 0) {
            publishers[symbol].end();
        }
    }

    @Override
    public void show(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        clients[symbol].show(isBid, priceTicks, qtyLots);
    }

    @Override
    public void hide(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        clients[symbol].hide(isBid, priceTicks, qtyLots);
    }

    @Override
    public void beginTaker(int symbol, boolean isSell, long limitTicks) {
        isTakerSell[symbol] = isSell;
        publishers[symbol].beginTaker(isSell, limitTicks);
    }

    @Override
    public long fill(int symbol, long priceTicks, long qtyLots, boolean isMarketMaker) {
        return clients[symbol].fill(isTakerSell[symbol], priceTicks, qtyLots, isMarketMaker);
    }

    @Override
    public void endTaker(int symbol, boolean isLiquidation) {
        publishers[symbol].endTaker(isLiquidation);
        if (flow != null) {
            flow.onLast(symbol);
        }
    }
}
