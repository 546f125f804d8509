package io.millrace.exchange.matching;

import io.millrace.exchange.trade.MarketPort;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One contract's market with exact quantities per price; checks what matching does to it. */
final class ListMarket implements MarketPort {
    final TreeMap<Long, Long> marketBids = new TreeMap<>();
    final TreeMap<Long, Long> marketAsks = new TreeMap<>();
    final TreeMap<Long, Long> clientBids = new TreeMap<>();
    final TreeMap<Long, Long> clientAsks = new TreeMap<>();
    private boolean isTakerSell;
    private long lastTradeId;
    private int openEvents;

    NavigableMap<Long, Long> market(boolean isBid) {
        return isBid ? marketBids : marketAsks;
    }

    NavigableMap<Long, Long> clients(boolean isBid) {
        return isBid ? clientBids : clientAsks;
    }

    void add(boolean isBid, long tick, long lots) {
        market(isBid).merge(tick, lots, Long::sum);
    }

    static void subtract(Map<Long, Long> side, long tick, long lots) {
        long left = side.getOrDefault(tick, 0L) - lots;
        if (left < 0 || lots <= 0) {
            throw new IllegalStateException(lots + " lots taken at " + tick + " leave " + left);
        }
        if (left == 0) {
            side.remove(tick);
        } else {
            side.put(tick, left);
        }
    }

    long total(boolean isBid, long tick) {
        return marketLots(0, isBid, tick) + clients(isBid).getOrDefault(tick, 0L);
    }

    boolean isEventOpen() {
        return openEvents != 0;
    }

    @Override
    public long bestTicks(int symbol, boolean isBid) {
        return Math.max(0, isBid ? bestBid() : bestAsk());
    }

    private long bestBid() {
        long best = marketBids.isEmpty() ? 0 : marketBids.lastKey();
        return clientBids.isEmpty() ? best : Math.max(best, clientBids.lastKey());
    }

    private long bestAsk() {
        long best = marketAsks.isEmpty() ? Long.MAX_VALUE : marketAsks.firstKey();
        best = clientAsks.isEmpty() ? best : Math.min(best, clientAsks.firstKey());
        return best == Long.MAX_VALUE ? 0 : best;
    }

    @Override
    public long marketLots(int symbol, boolean isBid, long priceTicks) {
        return market(isBid).getOrDefault(priceTicks, 0L);
    }

    @Override
    public long marketLevelFrom(int symbol, boolean isBid, long priceTicks) {
        Long tick = isBid ? marketBids.floorKey(priceTicks) : marketAsks.ceilingKey(priceTicks);
        return tick == null ? -1 : tick;
    }

    @Override
    public void begin(int symbol) {
        openEvents++;
    }

    @Override
    public void end(int symbol) {
        openEvents--;
    }

    @Override
    public void show(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        requireEvent();
        clients(isBid).merge(priceTicks, qtyLots, Long::sum);
    }

    @Override
    public void hide(int symbol, boolean isBid, long priceTicks, long qtyLots) {
        requireEvent();
        subtract(clients(isBid), priceTicks, qtyLots);
    }

    @Override
    public void beginTaker(int symbol, boolean isSell, long limitTicks) {
        isTakerSell = isSell;
    }

    @Override
    public long fill(int symbol, long priceTicks, long qtyLots, boolean isMarketMaker) {
        requireEvent();
        subtract(isMarketMaker ? market(isTakerSell) : clients(isTakerSell), priceTicks, qtyLots);
        return ++lastTradeId;
    }

    @Override
    public void endTaker(int symbol, boolean isLiquidation) {
        // Nothing is published.
    }

    private void requireEvent() {
        if (openEvents == 0) {
            throw new IllegalStateException("the book changes outside an event");
        }
    }
}
