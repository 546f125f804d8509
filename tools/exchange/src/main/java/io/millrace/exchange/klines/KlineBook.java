package io.millrace.exchange.klines;

import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.SymbolSpec;

/**
 * The book around a trade: its price is the best bid or ask, whichever the trade took, the other side stands a spread away, and
 * behind both stand levels at equal distances. How much a level holds depends on its price and the seed only, so that
 * a level that stays keeps its quantity; what a trade takes is filled up again in the same event.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class KlineBook {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double BPS = 1e4;

    private final LadderBook book;
    private final KlineSettings settings;
    private final double lotsPerQuoteTick;
    private final long[] oldTicks;
    private final long[] oldLots;

    KlineBook(SymbolSpec spec, KlineSettings settings, long priceTicks) {
        this.settings = settings;
        this.lotsPerQuoteTick =
                1 / (spec.tick().step().doubleValue() * spec.lot().step().doubleValue());
        this.book = new LadderBook(spec, LadderBook.MAX_DEPTH_TICKS, priceTicks, 1);
        this.oldTicks = new long[settings.levels() * 2];
        this.oldLots = new long[oldTicks.length];
        fill(priceTicks, true);
    }

    LadderBook book() {
        return book;
    }

    /** Hears of a level that changed. */
    interface Changes {
        void onLevel(boolean isBid, long tick, long oldLots, long newLots);
    }

    /** Moves the book to a trade and tells what changed. */
    void move(long priceTicks, boolean isSell, Changes changes) {
        int bids = remember(true, 0);
        int all = remember(false, bids);
        fill(priceTicks, isSell);
        for (int i = 0; i < all; i++) {
            boolean isBid = i < bids;
            long lots = book.lotsAt(isBid, oldTicks[i]);
            if (lots != oldLots[i]) {
                changes.onLevel(isBid, oldTicks[i], oldLots[i], lots);
            }
        }
        tellNew(true, 0, bids, changes);
        tellNew(false, bids, all, changes);
    }

    /** Tells of the levels of a side that were not there before. */
    private void tellNew(boolean isBid, int from, int to, Changes changes) {
        long tick = isBid ? book.bestBid() : book.bestAsk();
        for (int i = book.levels(isBid); i > 0; i--) {
            if (!isOld(tick, from, to)) {
                changes.onLevel(isBid, tick, 0, book.lotsAt(isBid, tick));
            }
            tick = book.levelFrom(isBid, isBid ? tick - 1 : tick + 1);
        }
    }

    private boolean isOld(long tick, int from, int to) {
        for (int i = from; i < to; i++) {
            if (oldTicks[i] == tick) {
                return true;
            }
        }
        return false;
    }

    private int remember(boolean isBid, int from) {
        long tick = isBid ? book.bestBid() : book.bestAsk();
        int to = from + book.levels(isBid);
        for (int i = from; i < to; i++) {
            oldTicks[i] = tick;
            oldLots[i] = book.lotsAt(isBid, tick);
            tick = book.levelFrom(isBid, isBid ? tick - 1 : tick + 1);
        }
        return to;
    }

    private void fill(long priceTicks, boolean isSell) {
        int levels = settings.levels();
        long spread = Math.max(1, Math.round(priceTicks * settings.spreadBps() / BPS));
        spread = Math.min(spread, LadderBook.MAX_DEPTH_TICKS);
        long gap = Math.min(spread, (LadderBook.MAX_DEPTH_TICKS - 1) / levels);
        long bid = isSell ? priceTicks : Math.max(1, priceTicks - spread);
        long ask = isSell || priceTicks <= bid ? bid + spread : priceTicks;
        // Levels stand on multiples of the gap, so that most of them stay where they are when the touch moves.
        book.restart(bid, lots(bid), ask, lots(ask));
        long below = Math.floorDiv(bid - 1, gap) * gap;
        long above = (Math.floorDiv(ask, gap) + 1) * gap;
        for (int i = 1; i < levels; i++) {
            if (below > 0 && below > bid - book.depthTicks()) {
                book.add(true, below, lots(below));
            }
            if (above < ask + book.depthTicks()) {
                book.add(false, above, lots(above));
            }
            below -= gap;
            above += gap;
        }
    }

    private long lots(long tick) {
        long hash = (tick + settings.seed() * 31) * GOLDEN;
        hash ^= hash >>> 32;
        double share = 0.5 + (hash & 1023) / 1023.0;
        return Math.max(1, (long) (settings.levelQuote() / (double) tick * lotsPerQuoteTick * share));
    }
}
