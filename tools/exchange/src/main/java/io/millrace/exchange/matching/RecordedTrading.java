package io.millrace.exchange.matching;

import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clients' trading with a market that was recorded or made from bars: its levels are what the source tells, clients can take them
 * and stand among them, and nothing of that is published. With own impact, what clients took stays gone until the source tells the
 * level anew; without, it is back as soon as the taker is done, unless the taker's rest stands there.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks and lots.
 */
public final class RecordedTrading implements MarketPort {
    /** The levels of one contract as the source has told them. */
    public interface Levels {
        /**
         * Returns the nearest level at or behind a price, away from the touch.
         *
         * @param isBid side.
         * @param tick price to begin at; 0 begins at the best.
         * @return ticks, or -1 if there is none.
         */
        long levelFrom(boolean isBid, long tick);

        /**
         * Returns the quantity at a price.
         *
         * @param isBid side.
         * @param tick price.
         * @return lots, 0 where there are none.
         */
        long lotsAt(boolean isBid, long tick);
    }

    private static final class Side {
        final TreeMap<Long, Long> clients = new TreeMap<>();
        final TreeMap<Long, Long> taken = new TreeMap<>();
    }

    private final List<? extends Levels> books;
    private final boolean hasImpact;
    private final List<Side> bids = new ArrayList<>();
    private final List<Side> asks = new ArrayList<>();
    private final int[] openEvents;
    private final boolean[] isTakerSell;
    private final long[] lastTradeId;
    private MarketFlow flow;

    /**
     * Makes the trading side of a source.
     *
     * @param books of its contracts, in their order.
     * @param hasImpact whether what clients took stays gone until its level is told anew.
     */
    public RecordedTrading(List<? extends Levels> books, boolean hasImpact) {
        this.books = books;
        this.hasImpact = hasImpact;
        this.openEvents = new int[books.size()];
        this.isTakerSell = new boolean[books.size()];
        this.lastTradeId = new long[books.size()];
        for (int i = 0; i < books.size(); i++) {
            bids.add(new Side());
            asks.add(new Side());
        }
    }

    /**
     * Names who hears of the market.
     *
     * @param newFlow hears of levels and trades.
     */
    public void connect(MarketFlow newFlow) {
        flow = newFlow;
    }

    /**
     * The source has told a level; {@link Levels} has it already.
     *
     * @param symbol index of the contract.
     * @param isBid side.
     * @param tick price.
     * @param oldLots what it told before, 0 for none.
     * @param newLots what it told now, 0 for none.
     * @param timeMs epoch milliseconds.
     */
    public void onLevel(int symbol, boolean isBid, long tick, long oldLots, long newLots, long timeMs) {
        side(symbol, isBid).taken.remove(tick);
        if (flow != null) {
            flow.onLevel(symbol, isBid, tick, oldLots, newLots, timeMs);
        }
    }

    /**
     * The source has told a trade.
     *
     * @param symbol index of the contract.
     * @param isSell side of its taker.
     * @param tick price.
     * @param lots quantity, above 0.
     * @param timeMs epoch milliseconds.
     */
    public void onTrade(int symbol, boolean isSell, long tick, long lots, long timeMs) {
        if (flow != null) {
            flow.onPrint(symbol, isSell, tick, lots, timeMs);
        }
    }

    @Override
    public long bestTicks(int symbol, boolean isBid) {
        long market = Math.max(0, marketLevelFrom(symbol, isBid, 0));
        TreeMap<Long, Long> clients = side(symbol, isBid).clients;
        if (clients.isEmpty()) {
            return market;
        }
        long client = isBid ? clients.lastKey() : clients.firstKey();
        return market == 0 ? client : isBid ? Math.max(market, client) : Math.min(market, client);
    }

    @Override
    public long marketLots(int symbol, boolean isBid, long priceTicks) {
        long lots = books.get(symbol).lotsAt(isBid, priceTicks);
        Map<Long, Long> taken = side(symbol, isBid).taken;
        return taken.isEmpty() ? lots : Math.max(0, lots - taken.getOrDefault(priceTicks, 0L));
    }

    @Override
    public long marketLevelFrom(int symbol, boolean isBid, long priceTicks) {
        Levels levels = books.get(symbol);
        long tick = levels.levelFrom(isBid, priceTicks);
        while (tick > 0 && marketLots(symbol, isBid, tick) == 0) {
            tick = isBid && tick == 1 ? -1 : levels.levelFrom(isBid, isBid ? tick - 1 : tick + 1);
        }
        return tick;
    }

    @Override
    public void begin(int symbol) {
        openEvents[symbol]++;
    }

    @Override
    public void end(int symbol) {
        if (--openEvents[symbol] == 0 && !hasImpact) {
            giveBack(symbol, true);
            giveBack(symbol, false);
        }
    }

    /** What was taken comes back, except where a client now stands on the other side: the book would be crossed. */
    private void giveBack(int symbol, boolean isBid) {
        TreeMap<Long, Long> taken = side(symbol, isBid).taken;
        if (taken.isEmpty()) {
            return;
        }
        TreeMap<Long, Long> others = side(symbol, !isBid).clients;
        if (others.isEmpty()) {
            taken.clear();
        } else if (isBid) {
            taken.headMap(others.firstKey(), false).clear();
        } else {
            taken.tailMap(others.lastKey(), false).clear();
        }
    }

    @Override
    public void show(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        side(symbol, isBid).clients.merge(priceTicks, qtyLots, Long::sum);
    }

    @Override
    public void hide(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        side(symbol, isBid).clients.compute(priceTicks, (tick, lots) -> left(tick, lots, qtyLots));
    }

    private static Long left(long tick, Long lots, long gone) {
        long left = (lots == null ? 0 : lots) - gone;
        if (left < 0) {
            throw new IllegalStateException(
                    "clients lack " + -left + " of " + gone + " lots at " + tick + ", matching and market disagree");
        }
        return left == 0 ? null : left;
    }

    @Override
    public void beginTaker(int symbol, boolean isSell, long limitTicks) {
        isTakerSell[symbol] = isSell;
    }

    @Override
    public long fill(int symbol, long priceTicks, long qtyLots, boolean isMarketMaker) {
        boolean isBid = isTakerSell[symbol];
        if (isMarketMaker) {
            side(symbol, isBid).taken.merge(priceTicks, qtyLots, Long::sum);
        } else {
            hide(symbol, isBid, priceTicks, qtyLots);
        }
        return ++lastTradeId[symbol];
    }

    @Override
    public void endTaker(int symbol, boolean isLiquidation) {
        // The taker's rest may still come to stand: see end.
    }

    private Side side(int symbol, boolean isBid) {
        return isBid ? bids.get(symbol) : asks.get(symbol);
    }
}
