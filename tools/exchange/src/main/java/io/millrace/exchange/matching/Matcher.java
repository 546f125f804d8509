package io.millrace.exchange.matching;

import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import java.util.ArrayList;
import java.util.List;

/**
 * Trades clients' orders with the market's and with each other, by price, then by place in the queue. Always called inside
 * an event of the market ({@link MarketPort#begin}); knows nothing of filters.
 */
final class Matcher {
    private final MarketPort market;
    private final OrderEvents events;
    private final OrderStore store;
    private final OrderTimers timers;
    private final ReduceOnlyRule reduceOnly;
    private final List<ClientBook> books = new ArrayList<>();

    Matcher(TradingPorts ports, OrderStore store, OrderTimers timers) {
        this.market = ports.market();
        this.events = ports.events();
        this.store = store;
        this.timers = timers;
        this.reduceOnly = new ReduceOnlyRule(ports.risk(), store, this);
    }

    ClientBook book(int symbol) {
        while (books.size() <= symbol) {
            books.add(new ClientBook());
        }
        return books.get(symbol);
    }

    ReduceOnlyRule reduceOnly() {
        return reduceOnly;
    }

    // --- an order comes in

    /**
     * Lets an accepted order take what it may and then rest, or end, as its type and time in force say.
     *
     * @param order working, not in the book.
     * @param limitTicks worst price that it takes; for a market order the venue's bound.
     */
    void run(Order order, long limitTicks, long timeMs) {
        boolean isStopped = sweep(order, limitTicks, timeMs);
        if (!order.isWorking()) {
            return;
        }
        boolean isImmediate = order.timeInForce() == TimeInForce.IOC || order.timeInForce() == TimeInForce.FOK;
        if (isStopped) {
            expire(order, OrderStatus.EXPIRED_IN_MATCH, isImmediate ? ExpiryReason.IOC_STP : ExpiryReason.STP, timeMs);
        } else if (order.type() == OrderType.MARKET) {
            expire(order, OrderStatus.EXPIRED, ExpiryReason.MARKET_REMAINDER, timeMs);
        } else if (isImmediate) {
            expire(order, OrderStatus.EXPIRED, ExpiryReason.IOC, timeMs);
        } else {
            rest(order);
        }
    }

    private void rest(Order order) {
        int symbol = order.symbol();
        boolean isBid = order.side().isBuy();
        book(symbol).add(order, market.marketLots(symbol, isBid, order.priceTicks()));
        market.show(symbol, isBid, order.priceTicks(), order.remainingLots());
    }

    /**
     * Takes what the limit allows.
     *
     * @return whether the prevention of self-trades stopped the order.
     */
    private boolean sweep(Order taker, long limitTicks, long timeMs) {
        int symbol = taker.symbol();
        boolean isBid = !taker.side().isBuy();
        if (!isWithin(isBid, market.bestTicks(symbol, isBid), limitTicks)) {
            return false;
        }
        boolean isStopped = false;
        market.beginTaker(symbol, isBid, limitTicks);
        while (!isStopped && taker.isWorking()) {
            long tick = market.bestTicks(symbol, isBid);
            if (!isWithin(isBid, tick, limitTicks)) {
                break;
            }
            ClientLevel level = book(symbol).level(isBid, tick);
            Resting front = level == null ? null : level.first;
            long marketLots = marketFirst(symbol, isBid, tick, front);
            if (marketLots > 0) {
                takeFromMarket(taker, level, tick, Math.min(taker.remainingLots(), marketLots), timeMs);
            } else if (isSelfTrade(taker, front.order)) {
                isStopped = preventSelfTrade(taker, front, timeMs);
            } else {
                takeFromClient(taker, front, Math.min(taker.remainingLots(), front.lots), timeMs);
            }
        }
        market.endTaker(symbol, taker.isLiquidation());
        return isStopped;
    }

    /** Returns the market's lots that stand before the first client of a level, all of them if there is none. */
    private long marketFirst(int symbol, boolean isBid, long tick, Resting front) {
        long marketLots = market.marketLots(symbol, isBid, tick);
        if (front != null) {
            return Math.min(front.aheadLots(), marketLots);
        }
        if (marketLots <= 0) {
            throw new IllegalStateException("nobody has anything at " + tick + " of contract " + symbol
                    + ", the market's best " + (isBid ? "bid" : "ask"));
        }
        return marketLots;
    }

    private void takeFromMarket(Order taker, ClientLevel level, long tick, long lots, long timeMs) {
        long tradeId = market.fill(taker.symbol(), tick, lots, true);
        if (level != null) {
            level.advance(lots);
        }
        trade(new Trade(tradeId, timeMs, taker.symbol(), taker, null, tick, lots));
    }

    private void takeFromClient(Order taker, Resting front, long lots, long timeMs) {
        int symbol = front.order.symbol();
        long tick = front.level.tick;
        book(symbol).reduce(front, lots);
        long tradeId = market.fill(symbol, tick, lots, false);
        trade(new Trade(tradeId, timeMs, symbol, taker, front.order, tick, lots));
    }

    /** Books a trade, tells of it, and keeps reduce-only orders within what is left of the positions. */
    void trade(Trade trade) {
        fill(trade.taker(), trade);
        fill(trade.maker(), trade);
        store.addTrade(trade);
        events.onTrade(trade);
        afterTrade(trade.taker(), trade.timeMs());
        afterTrade(trade.maker(), trade.timeMs());
    }

    private void fill(Order order, Trade trade) {
        if (order == null) {
            return;
        }
        order.fill(trade.priceTicks(), trade.qtyLots(), trade.timeMs());
        timers.onFill(order);
        if (!order.isWorking()) {
            closed(order);
        }
    }

    private void afterTrade(Order order, long timeMs) {
        if (order != null) {
            reduceOnly.onPosition(order.accountId(), order.symbol(), timeMs);
        }
    }

    // --- self-trades

    private static boolean isSelfTrade(Order taker, Order maker) {
        TimeInForce tif = taker.timeInForce();
        boolean isCovered = tif == TimeInForce.GTC
                || tif == TimeInForce.IOC
                || tif == TimeInForce.GTD
                || tif == TimeInForce.GTE_GTC;
        return isCovered
                && taker.stpMode() != StpMode.NONE
                && !taker.isLiquidation()
                && taker.accountId() == maker.accountId();
    }

    /** Ends whom the taker's mode names, and says whether that is the taker. */
    private boolean preventSelfTrade(Order taker, Resting front, long timeMs) {
        if (taker.stpMode() != StpMode.EXPIRE_TAKER) {
            expire(front.order, OrderStatus.EXPIRED_IN_MATCH, ExpiryReason.STP, timeMs);
        }
        return taker.stpMode() != StpMode.EXPIRE_MAKER;
    }

    // --- the market's flow

    /** The flow's taker takes so many lots from the front of a level. */
    void takeByMarket(int symbol, boolean isBid, long tick, long lots, long timeMs) {
        long left = lots;
        while (left > 0) {
            ClientLevel level = book(symbol).level(isBid, tick);
            Resting front = level == null ? null : level.first;
            long marketLots = market.marketLots(symbol, isBid, tick);
            if (front == null && marketLots == 0) {
                // A client's order left the level because of the fill before; the taker gets no more here.
                return;
            }
            long first = front == null ? marketLots : Math.min(front.aheadLots(), marketLots);
            long part = Math.min(left, first > 0 ? first : front.lots);
            if (first > 0) {
                market.fill(symbol, tick, part, true);
                if (level != null) {
                    level.advance(part);
                }
            } else {
                takeFromClient(null, front, part, timeMs);
            }
            left -= part;
        }
    }

    /**
     * A recorded trade: it fills clients at better prices wholly, and goes through the queue of its own price.
     *
     * @param isBid side that was taken from.
     */
    void print(int symbol, boolean isBid, long tick, long lots, long timeMs) {
        fillThrough(symbol, isBid, isBid ? tick + 1 : tick - 1, timeMs);
        ClientLevel level = book(symbol).level(isBid, tick);
        if (level == null) {
            return;
        }
        level.tradedLots += lots;
        market.beginTaker(symbol, isBid, tick);
        long left = lots;
        while (left > 0 && level.first != null) {
            Resting front = level.first;
            long part = Math.min(left, front.aheadLots());
            if (part > 0) {
                level.advance(part);
            } else {
                part = Math.min(left, front.lots);
                takeFromClient(null, front, part, timeMs);
            }
            left -= part;
        }
        market.endTaker(symbol, false);
    }

    /** Fills wholly, at their own prices, all clients whose price is at least as good as one that the market went to. */
    void fillThrough(int symbol, boolean isBid, long limitTicks, long timeMs) {
        ClientLevel best = book(symbol).best(isBid);
        if (best == null || !isWithin(isBid, best.tick, limitTicks)) {
            return;
        }
        market.beginTaker(symbol, isBid, limitTicks);
        while (best != null && isWithin(isBid, best.tick, limitTicks)) {
            takeFromClient(null, best.first, best.first.lots, timeMs);
            best = book(symbol).best(isBid);
        }
        market.endTaker(symbol, false);
    }

    // --- ends

    /** Ends a working order by a request. */
    void cancel(Order order, long timeMs) {
        withdraw(order);
        order.end(OrderStatus.CANCELED, ExpiryReason.NONE, timeMs);
        closed(order);
        events.onCanceled(order);
    }

    /** Ends a working order by the venue. */
    void expire(Order order, OrderStatus status, ExpiryReason reason, long timeMs) {
        withdraw(order);
        order.end(status, reason, timeMs);
        closed(order);
        events.onExpired(order);
    }

    /** Makes a working order smaller; its place in the queue stays. */
    void shrink(Order order, long byLots, long timeMs) {
        Resting resting = book(order.symbol()).find(order.orderId());
        if (resting != null) {
            book(order.symbol()).reduce(resting, byLots);
            market.hide(order.symbol(), resting.level.isBid, resting.level.tick, byLots);
        }
        order.shrink(order.qtyLots() - byLots, timeMs);
    }

    /** Takes an order out of the book, if it rests there. */
    void withdraw(Order order) {
        Resting resting = book(order.symbol()).find(order.orderId());
        if (resting != null) {
            long lots = resting.lots;
            book(order.symbol()).remove(resting);
            market.hide(order.symbol(), resting.level.isBid, resting.level.tick, lots);
        }
    }

    private void closed(Order order) {
        store.close(order);
        timers.remove(order);
    }

    /** Says whether a price of a side is at least as good for its taker as a limit. */
    static boolean isWithin(boolean isBid, long tick, long limitTicks) {
        return tick > 0 && (isBid ? tick >= limitTicks : tick <= limitTicks);
    }
}
