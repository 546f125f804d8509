package io.millrace.exchange.capture;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.RecordedTrading;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import java.util.List;

/**
 * Clients' trading with a capture: its diffs and trades go to matching, its last and mark prices are the venue's. Where the capture
 * has no mark price it is the middle of the book. Of single and aggregated trades those count that come first.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class CaptureTrading implements PricePort {
    private final CaptureBook[] books;
    private final RecordedTrading recorded;
    private final MarketFlow flow;
    private final StreamKind[] tradeStream;
    private final long[] lastTicks;
    private final long[] markE8;
    private final long[] rateE8;
    private final long[] nextFundingMs;

    CaptureTrading(CaptureBook[] books, CaptureRow row, boolean hasImpact, MarketFlow flow) {
        this.books = books;
        this.flow = flow;
        this.recorded = new RecordedTrading(List.of(books), hasImpact);
        this.tradeStream = new StreamKind[books.length];
        this.lastTicks = new long[books.length];
        this.markE8 = new long[books.length];
        this.rateE8 = new long[books.length];
        this.nextFundingMs = new long[books.length];
        recorded.connect(flow);
        for (int i = 0; i < books.length; i++) {
            int symbol = i;
            books[i].listen((isBid, tick, oldLots, newLots) ->
                    recorded.onLevel(symbol, isBid, tick, oldLots, newLots, row.timeMs));
        }
    }

    MarketPort port() {
        return recorded;
    }

    /** A trade or a mark price was played. */
    void onRow(int symbol, CaptureRow row) {
        if (row.markE8 > 0) {
            onMark(symbol, row);
        } else if (row.tradeQty > 0 && row.tradePrice > 0 && isTradeStream(symbol, row.stream)) {
            long ticks = books[symbol].ticks(row.tradePrice);
            lastTicks[symbol] = ticks;
            recorded.onTrade(symbol, row.isBuyerMaker, ticks, books[symbol].lots(row.tradeQty), row.timeMs);
            flow.onLast(symbol);
        }
    }

    private boolean isTradeStream(int symbol, StreamKind stream) {
        boolean isTrade = stream == StreamKind.TRADE || stream == StreamKind.AGG_TRADE;
        if (isTrade && tradeStream[symbol] == null) {
            tradeStream[symbol] = stream;
        }
        return stream == tradeStream[symbol];
    }

    private void onMark(int symbol, CaptureRow row) {
        boolean isFunding = nextFundingMs[symbol] != 0 && row.timeMs > nextFundingMs[symbol];
        markE8[symbol] = row.markE8;
        flow.onMark(symbol);
        if (isFunding) {
            flow.onFunding(symbol, rateE8[symbol], row.markE8);
        }
        nextFundingMs[symbol] = row.timeMs;
        rateE8[symbol] = row.rateE8;
    }

    @Override
    public long lastTicks(int symbol) {
        return lastTicks[symbol] == 0 ? middle(symbol) : lastTicks[symbol];
    }

    @Override
    public long markPrice(int symbol) {
        return markE8[symbol] == 0 ? books[symbol].priceE8(middle(symbol)) : markE8[symbol];
    }

    private long middle(int symbol) {
        long bid = bestBidTicks(symbol);
        long ask = bestAskTicks(symbol);
        return bid == 0 || ask == 0 ? Math.max(bid, ask) : (bid + ask) / 2;
    }

    @Override
    public long bestBidTicks(int symbol) {
        return recorded.bestTicks(symbol, true);
    }

    @Override
    public long bestAskTicks(int symbol) {
        return recorded.bestTicks(symbol, false);
    }
}
