package io.millrace.exchange.synthetic;

import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.VenueRandom;

/**
 * A move of the price that is under way: each event of the flow walks the book a part of the distance, and makers on the other side
 * follow.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class FlowShock {
    private static final int QUOTE_UNITS = 3;
    private static final int MOST_SPREAD = 8;

    private final int symbol;
    private final SyntheticTrading trading;
    private final LadderBook book;
    private final ClientLevels clients;
    private final VenueRandom random;
    private final long unitLots;
    private long targetTicks;
    private long endMs;
    private long lastMs;
    private boolean isMoving;

    FlowShock(int symbol, SyntheticTrading trading, VenueRandom random, long unitLots) {
        this.symbol = symbol;
        this.trading = trading;
        this.book = trading.book(symbol);
        this.clients = trading.clients(symbol);
        this.random = random;
        this.unitLots = unitLots;
    }

    void move(long newTargetTicks, long nowMs, long overMs) {
        targetTicks = newTargetTicks;
        lastMs = nowMs;
        endMs = nowMs + overMs;
        isMoving = true;
    }

    boolean isMoving() {
        return isMoving;
    }

    /** Does the part of the way that the time since the last part is worth. */
    void step(long timeMs) {
        long distance = targetTicks - book.bestBid();
        long leftMs = Math.max(0, endMs - lastMs);
        long passedMs = Math.min(timeMs - lastMs, leftMs);
        long part = timeMs >= endMs || leftMs == 0 ? distance : distance * passedMs / leftMs;
        lastMs = timeMs;
        if (part != 0) {
            sweep(part < 0, part < 0 ? book.bestBid() + part : book.bestAsk() + part);
        }
        isMoving = timeMs < endMs;
    }

    private void sweep(boolean isSell, long toTick) {
        boolean isBid = isSell;
        trading.beginTaker(symbol, isSell, toTick);
        while (isBid ? book.bestBid() > toTick : book.bestAsk() < toTick) {
            long tick = isBid ? book.bestBid() : book.bestAsk();
            if (book.levels(isBid) == 1) {
                long gap = 1L + random.nextInt(Math.max(1, book.depthTicks() / 16));
                quote(isBid, isBid ? Math.max(toTick, tick - gap) : Math.min(toTick, tick + gap));
            }
            takeLevel(isBid, tick);
            if (book.bestAsk() - book.bestBid() > book.depthTicks() / 2) {
                follow(!isBid);
            }
        }
        trading.endTaker(symbol, false);
        follow(!isBid);
    }

    private void takeLevel(boolean isBid, long tick) {
        long lots = book.lotsAt(isBid, tick);
        if (clients.lotsAt(isBid, tick) > 0) {
            clients.onTake(isBid, tick, lots, lastMs);
        } else {
            trading.publisher(symbol).onFill(tick, lots);
            book.take(isBid, tick, lots);
            trading.publisher(symbol).onChange(isBid, tick);
        }
        clients.revealNear(isBid);
    }

    /** Makers of the side that was left behind come near again. */
    private void follow(boolean isBid) {
        long spread = 1L + random.nextInt(MOST_SPREAD);
        long tick = isBid ? book.bestAsk() - spread : book.bestBid() + spread;
        long best = isBid ? book.bestBid() : book.bestAsk();
        if (isBid ? tick > best : tick < best) {
            quote(isBid, tick);
            clients.dropFar(isBid, best);
        }
    }

    private void quote(boolean isBid, long tick) {
        book.add(isBid, tick, unitLots * (1 + random.nextInt(QUOTE_UNITS)));
        trading.publisher(symbol).onChange(isBid, tick);
    }
}
