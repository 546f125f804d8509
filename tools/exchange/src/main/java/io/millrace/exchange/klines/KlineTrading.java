package io.millrace.exchange.klines;

import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.matching.RecordedTrading;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.LadderBook;
import java.util.Arrays;

/**
 * Clients' trading with bars that are played: the made-up books go to matching as a recording's do, last and mark prices are those
 * that are published.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class KlineTrading implements PricePort {
    private final SymbolPublisher[] publishers;
    private final RecordedTrading recorded;
    private MarketFlow flow;

    KlineTrading(LadderBook[] books, SymbolPublisher[] publishers) {
        this.publishers = publishers;
        this.recorded =
                new RecordedTrading(Arrays.stream(books).map(BookLevels::new).toList(), false);
    }

    /** A ladder as the levels that were told. */
    private record BookLevels(LadderBook book) implements RecordedTrading.Levels {
        @Override
        public long levelFrom(boolean isBid, long tick) {
            return book.levelFrom(isBid, tick == 0 && isBid ? book.bestBid() : tick);
        }

        @Override
        public long lotsAt(boolean isBid, long tick) {
            return book.lotsAt(isBid, tick);
        }
    }

    MarketPort connect(MarketFlow newFlow) {
        flow = newFlow;
        recorded.connect(newFlow);
        return recorded;
    }

    void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
        recorded.onTrade(symbol, isSell, priceTicks, qtyLots, timeMs);
    }

    void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
        recorded.onLevel(symbol, isBid, priceTicks, oldLots, newLots, timeMs);
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
    public long lastTicks(int symbol) {
        return publishers[symbol].history().lastTicks();
    }

    @Override
    public long markPrice(int symbol) {
        return publishers[symbol].markPriceE8();
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
