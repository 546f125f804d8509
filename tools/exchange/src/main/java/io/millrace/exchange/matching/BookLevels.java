package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;

/** The levels of one instrument, the market's and the clients' together, from the touch on. */
final class BookLevels {
    private final MarketPort market;
    private final Matcher matcher;

    BookLevels(MarketPort market, Matcher matcher) {
        this.market = market;
        this.matcher = matcher;
    }

    /** Returns the best price of a side, 0 if it is empty. */
    long best(int symbol, boolean isBid) {
        return market.bestTicks(symbol, isBid);
    }

    /** Returns the next price behind one, 0 if there is none. */
    private long behind(int symbol, boolean isBid, long tick) {
        long marketTick = market.marketLevelFrom(symbol, isBid, isBid ? tick - 1 : tick + 1);
        ClientLevel level = matcher.book(symbol).behind(isBid, tick);
        long clientTick = level == null ? 0 : level.tick;
        if (marketTick <= 0 || clientTick == 0) {
            return Math.max(clientTick, Math.max(0, marketTick));
        }
        return isBid ? Math.max(marketTick, clientTick) : Math.min(marketTick, clientTick);
    }

    private long lotsAt(int symbol, boolean isBid, long tick) {
        ClientLevel level = matcher.book(symbol).level(isBid, tick);
        return market.marketLots(symbol, isBid, tick) + (level == null ? 0 : level.lots);
    }

    /** Says whether a side holds so many lots at prices within a limit. */
    boolean holds(int symbol, boolean isBid, long limitTicks, long lots) {
        long left = lots;
        long tick = best(symbol, isBid);
        while (left > 0 && Matcher.isWithin(isBid, tick, limitTicks)) {
            left -= lotsAt(symbol, isBid, tick);
            tick = left > 0 ? behind(symbol, isBid, tick) : 0;
        }
        return left <= 0;
    }

    /**
     * Returns the price that a price match gives.
     *
     * @throws VenueException -5041 if the book has fewer levels.
     */
    long match(int symbol, Side side, PriceMatch match) throws VenueException {
        boolean isBid = side.isBuy() != match.isOpponent();
        long tick = best(symbol, isBid);
        for (int level = 1; level < match.level() && tick > 0; level++) {
            tick = behind(symbol, isBid, tick);
        }
        if (tick <= 0) {
            throw Errors.noDepthForPriceMatch();
        }
        return tick;
    }
}
