package io.millrace.exchange.synthetic;

import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.venue.LadderBook;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What clients have in one synthetic book. Lots within reach of the touch stand in the ladder together with the market's own;
 * lots further away wait outside until the touch comes near, as the ladder's own orders are not kept there either.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> ticks and lots.
 */
final class ClientLevels {
    /** What the market puts up, in usual orders, before a client takes the last it has on a side. */
    private static final long REFILL_UNITS = 8;

    private final int symbol;
    private final LadderBook book;
    private final SymbolPublisher publisher;
    private final long refillLots;
    private final NavigableMap<Long, Long> bidsInBook = new TreeMap<>();
    private final NavigableMap<Long, Long> asksInBook = new TreeMap<>();
    private final NavigableMap<Long, Long> bidsOutside = new TreeMap<>();
    private final NavigableMap<Long, Long> asksOutside = new TreeMap<>();
    private MarketFlow flow;

    ClientLevels(int symbol, LadderBook book, SymbolPublisher publisher) {
        this.symbol = symbol;
        this.book = book;
        this.publisher = publisher;
        this.refillLots = OrderFlow.unitLots(book) * REFILL_UNITS;
    }

    void connect(MarketFlow newFlow) {
        flow = newFlow;
    }

    /** Returns what clients have in the ladder at a price. */
    long lotsAt(boolean isBid, long tick) {
        NavigableMap<Long, Long> levels = inBook(isBid);
        return levels.isEmpty() ? 0 : levels.getOrDefault(tick, 0L);
    }

    /** Returns the market's own lots at a price. */
    long marketLots(boolean isBid, long tick) {
        return book.lotsAt(isBid, tick) - lotsAt(isBid, tick);
    }

    /** Returns the nearest price at or behind one where the market has lots of its own, or -1. */
    long marketLevelFrom(boolean isBid, long tick) {
        long at = book.levelFrom(isBid, tick);
        while (at >= 0 && marketLots(isBid, at) == 0) {
            at = book.levelFrom(isBid, isBid ? at - 1 : at + 1);
        }
        return at;
    }

    /** A client's lots come to rest. */
    void show(boolean isBid, long tick, long qtyLots) {
        long best = best(isBid);
        if (isBid ? tick <= best - book.depthTicks() : tick >= best + book.depthTicks()) {
            outside(isBid).merge(tick, qtyLots, Long::sum);
            return;
        }
        inBook(isBid).merge(tick, qtyLots, Long::sum);
        book.add(isBid, tick, qtyLots);
        publisher.onChange(isBid, tick);
        dropFar(isBid, best);
    }

    /** A client's lots go away without a trade. */
    void hide(boolean isBid, long tick, long qtyLots) {
        if (outside(isBid).containsKey(tick)) {
            subtract(outside(isBid), tick, qtyLots);
            return;
        }
        subtract(inBook(isBid), tick, qtyLots);
        takeOut(isBid, tick, qtyLots);
    }

    /** One fill of a resting order; returns the public trade's id. */
    long fill(boolean isBid, long tick, long qtyLots, boolean isMarketMaker) {
        long id = publisher.onFill(tick, qtyLots);
        if (!isMarketMaker) {
            if (outside(isBid).containsKey(tick)) {
                subtract(outside(isBid), tick, qtyLots);
                return id;
            }
            subtract(inBook(isBid), tick, qtyLots);
        }
        takeOut(isBid, tick, qtyLots);
        return id;
    }

    /** Levels out of reach leave the ladder after the touch came nearer. */
    void dropFar(boolean isBid, long oldBest) {
        long far = isBid ? book.farBid(oldBest) : book.farAsk(oldBest);
        while (far >= 0) {
            long lots = book.farLots(far);
            NavigableMap<Long, Long> levels = inBook(isBid);
            Long clients = levels.isEmpty() ? null : levels.remove(far);
            book.take(isBid, far, lots);
            publisher.onChange(isBid, far);
            if (clients != null) {
                outside(isBid).put(far, clients);
                if (lots > clients) {
                    flow.onWithdraw(symbol, isBid, far, lots - clients, 0);
                }
            }
            far = isBid ? book.farBid(oldBest) : book.farAsk(oldBest);
        }
    }

    /** The flow took or cancelled, so that the touch may have gone away from it: what comes within reach enters the ladder. */
    void revealNear(boolean isBid) {
        NavigableMap<Long, Long> waiting = outside(isBid);
        while (!waiting.isEmpty()) {
            Map.Entry<Long, Long> nearest = isBid ? waiting.lastEntry() : waiting.firstEntry();
            long tick = nearest.getKey();
            long best = best(isBid);
            if (isBid ? tick <= best - book.depthTicks() : tick >= best + book.depthTicks()) {
                return;
            }
            waiting.remove(tick);
            inBook(isBid).merge(tick, nearest.getValue(), Long::sum);
            book.add(isBid, tick, nearest.getValue());
            publisher.onChange(isBid, tick);
            dropFar(isBid, best);
        }
    }

    /** The flow cancelled lots of its own at a level; matching hears of it where clients stand too. */
    void onWithdraw(boolean isBid, long tick, long qtyLots) {
        if (lotsAt(isBid, tick) > 0) {
            flow.onWithdraw(symbol, isBid, tick, qtyLots, marketLots(isBid, tick));
        }
        revealNear(isBid);
    }

    /** The flow takes from a level where clients stand too. */
    void onTake(boolean isBid, long tick, long qtyLots, long timeMs) {
        flow.onTake(symbol, isBid, tick, qtyLots, timeMs);
    }

    private void takeOut(boolean isBid, long tick, long qtyLots) {
        long left = book.lotsAt(isBid, tick) - qtyLots;
        if (left == 0 && book.levels(isBid) == 1) {
            refill(isBid, tick);
        }
        book.take(isBid, tick, qtyLots);
        publisher.onChange(isBid, tick);
        if (left == 0) {
            revealNear(isBid);
        }
    }

    /**
     * The market quotes again before a side runs dry: one tick further, or at the same price once the spread is as wide as the
     * ladder reaches. There it gives as much as is asked for.
     */
    private void refill(boolean isBid, long tick) {
        long next = isBid ? tick - 1 : tick + 1;
        boolean isWall = next < 1 || Math.abs(next - best(!isBid)) > book.depthTicks();
        long at = isWall ? tick : next;
        book.add(isBid, at, refillLots);
        if (!isWall) {
            publisher.onChange(isBid, at);
        }
    }

    private long best(boolean isBid) {
        return isBid ? book.bestBid() : book.bestAsk();
    }

    private void subtract(NavigableMap<Long, Long> levels, long tick, long qtyLots) {
        long left = levels.getOrDefault(tick, 0L) - qtyLots;
        if (left < 0) {
            throw new IllegalStateException("clients have " + (left + qtyLots) + " lots at tick " + tick + " of "
                    + book.spec().symbol() + ", " + qtyLots + " cannot go; matching and market disagree");
        }
        if (left == 0) {
            levels.remove(tick);
        } else {
            levels.put(tick, left);
        }
    }

    private NavigableMap<Long, Long> inBook(boolean isBid) {
        return isBid ? bidsInBook : asksInBook;
    }

    private NavigableMap<Long, Long> outside(boolean isBid) {
        return isBid ? bidsOutside : asksOutside;
    }
}
