package io.millrace.exchange.synthetic;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.VenueRandom;

/**
 * The orders of one symbol: decides what each event is and does it to the book. Limit orders and cancels concentrate at the
 * touch, the signs of market orders persist, sizes have heavy tails, a spread is filled, a thin book is refilled, and the
 * price is pulled back towards where it opened, the harder the further it has gone.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class OrderFlow {
    private static final double MARKET_SHARE = 0.09;
    private static final double MARKET_CHILDREN = 3.6;
    private static final double PASSIVE_CHILDREN =
            (HawkesClock.BRANCHING - MARKET_SHARE * MARKET_CHILDREN) / (1 - MARKET_SHARE);
    private static final double JUMP_CHILDREN = 40;
    private static final double LIQUIDATION_SHARE = 0.004;
    private static final double SIGN_PERSISTENCE = 0.7;
    private static final double LEVEL_DENSITY = 0.8;
    private static final int MOST_FILLS_A_LEVEL = 4;
    private static final int MOST_LEVELS_A_FILL = 64;

    private final int symbol;
    private final LadderBook book;
    private final SymbolPublisher publisher;
    private final ClientLevels clients;
    private final SyntheticTrading trading;
    private final VenueRandom random;
    private final HawkesClock clock;
    private final double jumpShare;
    private final long unitLots;
    private final FlowShock shock;
    private final int fullLevels;
    private long anchorTicks;
    private int wantedLevels;
    private int fewestLevels;
    private long drainedUntilMs;
    private boolean isLastSell;
    private long priceStepTicks = 1;
    private long timeMs;

    OrderFlow(int symbol, SyntheticTrading trading, VenueRandom random, double ratePerSecond, double jumpsPerHour) {
        this.symbol = symbol;
        this.trading = trading;
        this.book = trading.book(symbol);
        this.publisher = trading.publisher(symbol);
        this.clients = trading.clients(symbol);
        this.random = random;
        this.clock = new HawkesClock(ratePerSecond, random);
        this.jumpShare = jumpsPerHour / 3600 / ratePerSecond;
        this.unitLots = unitLots(book);
        this.anchorTicks = book.bestBid();
        this.shock = new FlowShock(symbol, trading, random, unitLots);
        this.fullLevels = (int) (book.depthTicks() * LEVEL_DENSITY);
        wantLevels(fullLevels);
    }

    /** Fills a new book with resting orders. */
    static void seed(LadderBook book, VenueRandom random) {
        long unit = unitLots(book);
        long bid = book.bestBid();
        long ask = book.bestAsk();
        for (int d = 1; d < book.depthTicks(); d++) {
            // Away from the touch levels hold more, as resting orders gather there.
            long most = unit * (2 + Math.min(d, 60) / 4);
            if (bid - d > 0 && random.nextDouble() < LEVEL_DENSITY) {
                book.add(true, bid - d, 1 + (long) (random.nextDouble() * most));
            }
            if (random.nextDouble() < LEVEL_DENSITY) {
                book.add(false, ask + d, 1 + (long) (random.nextDouble() * most));
            }
        }
    }

    /** Returns the usual size of an order, about 2,000 of the quote asset. */
    static long unitLots(LadderBook book) {
        double price = book.bestBid() * book.spec().tick().step().doubleValue();
        return Math.max(1, (long) (2000 / (price * book.spec().lot().step().doubleValue())));
    }

    /** Returns the time to the next event in nanoseconds. */
    long nextDelayNs() {
        return clock.nextDelayNs();
    }

    /** Does one event. */
    void run(long eventMs, FrameSink sink) {
        trading.enter(eventMs, sink);
        timeMs = trading.nowMs();
        trading.begin(symbol);
        if (drainedUntilMs > 0) {
            keepDrained();
        }
        if (shock.isMoving()) {
            shock.step(timeMs);
        }
        double what = random.nextDouble();
        if (what < jumpShare) {
            jump();
        } else if (book.bestAsk() - book.bestBid() > book.depthTicks()) {
            // Never wider than the ladder: only orders that narrow the spread.
            add(random.nextDouble() < 0.5);
        } else if (what < jumpShare + MARKET_SHARE) {
            boolean isSell = nextSign();
            double u = random.nextDouble();
            long qtyLots = 1 + (long) (unitLots * 0.4 / (1.005 - u));
            take(isSell, qtyLots, book.depthTicks() / 4, random.nextDouble() < LIQUIDATION_SHARE);
            clock.excite(MARKET_CHILDREN);
        } else {
            boolean isBid = random.nextDouble() < 0.5;
            double addShare = 0.5 + 0.8 * (1 - (double) book.levels(isBid) / wantedLevels);
            if (random.nextDouble() < Math.max(0.15, Math.min(0.9, addShare))) {
                add(isBid);
            } else {
                cancel(isBid);
            }
            clock.excite(PASSIVE_CHILDREN);
        }
        trading.end(symbol);
    }

    private void wantLevels(int levels) {
        wantedLevels = levels;
        fewestLevels = Math.max(2, levels / 4);
    }

    /** Lets market orders walk the price to a target. */
    void move(long targetTicks, long nowMs, long overMs, boolean isLasting) {
        shock.move(Math.max(book.depthTicks(), targetTicks), nowMs, overMs);
        if (isLasting) {
            anchorTicks = targetTicks;
        }
    }

    /** Does all of the way at once, as an event of its own. */
    void moveNow() {
        trading.begin(symbol);
        shock.step(trading.nowMs());
        trading.end(symbol);
    }

    /** Takes levels away with the next event, and keeps them away until a time. */
    void drain(int keptPercent, long untilMs) {
        wantLevels(Math.max(4, fullLevels * keptPercent / 100));
        drainedUntilMs = untilMs;
    }

    private void keepDrained() {
        if (timeMs >= drainedUntilMs) {
            drainedUntilMs = 0;
            wantLevels(fullLevels);
            return;
        }
        thin(true);
        thin(false);
    }

    /** Cancels from the best level outwards, as makers who leave do, until no more levels stand than are wanted. */
    private void thin(boolean isBid) {
        long step = isBid ? -1 : 1;
        long tick = (isBid ? book.bestBid() : book.bestAsk()) + step;
        while (book.levels(isBid) > wantedLevels) {
            tick = clients.marketLevelFrom(isBid, tick);
            if (tick < 0) {
                return;
            }
            long lots = clients.marketLots(isBid, tick);
            book.take(isBid, tick, lots);
            publisher.onChange(isBid, tick);
            clients.onWithdraw(isBid, tick, lots);
            tick += step;
        }
    }

    private boolean nextSign() {
        if (random.nextDouble() >= SIGN_PERSISTENCE) {
            double away = (double) (book.bestBid() - anchorTicks) / anchorTicks;
            double sellShare = 0.5 + Math.max(-0.45, Math.min(0.45, away * 25));
            isLastSell = random.nextDouble() < sellShare;
        }
        return isLastSell;
    }

    private void jump() {
        isLastSell = random.nextDouble() < 0.5;
        int reach = 4 + random.nextInt(Math.max(1, Math.min(book.depthTicks() / 8, 60)));
        take(isLastSell, Long.MAX_VALUE, reach, random.nextDouble() < 0.5);
        clock.excite(JUMP_CHILDREN);
    }

    private void add(boolean isBid) {
        long spread = book.bestAsk() - book.bestBid();
        long oldBest = isBid ? book.bestBid() : book.bestAsk();
        long distance;
        if (spread > 1 && random.nextDouble() < Math.min(0.8, 0.12 * spread)) {
            distance = -1L - random.nextInt((int) Math.max(1, Math.min(spread - 1, spread / 3)));
        } else if (book.levels(isBid) < wantedLevels && random.nextDouble() < 0.4) {
            distance = random.nextInt(book.depthTicks());
        } else {
            distance = nearTouch();
        }
        long tick = onStep(isBid, Math.max(1, isBid ? oldBest - distance : oldBest + distance));
        book.add(isBid, tick, passiveLots());
        publisher.onChange(isBid, tick);
        if (distance < 0) {
            clients.dropFar(isBid, oldBest);
        }
    }

    /** Moves a price away from the touch onto the step that new orders must keep, or towards it where the ladder ends. */
    private long onStep(boolean isBid, long tick) {
        if (priceStepTicks == 1) {
            return tick;
        }
        long below = tick - tick % priceStepTicks;
        if (isBid) {
            boolean isWithin = below > 0 && below > book.bestBid() - book.depthTicks();
            return isWithin ? below : below + priceStepTicks;
        }
        long above = below == tick ? tick : below + priceStepTicks;
        return above < book.bestAsk() + book.depthTicks() ? above : above - priceStepTicks;
    }

    /** Lets new orders keep a coarser step. */
    void priceStepTicks(long newStepTicks) {
        priceStepTicks = newStepTicks;
    }

    private void cancel(boolean isBid) {
        long best = isBid ? book.bestBid() : book.bestAsk();
        long distance = nearTouch();
        long tick = book.levelFrom(isBid, isBid ? best - distance : best + distance);
        tick = tick < 0 ? best : tick;
        long here = clients.marketLots(isBid, tick);
        long qtyLots = Math.min(here, passiveLots());
        boolean isWhole = random.nextDouble() < 0.35;
        if (isWhole || qtyLots == here) {
            if (book.levels(isBid) <= fewestLevels) {
                add(isBid);
                return;
            }
            qtyLots = here;
        }
        if (qtyLots > 0) {
            book.take(isBid, tick, qtyLots);
            publisher.onChange(isBid, tick);
            clients.onWithdraw(isBid, tick, qtyLots);
        }
    }

    private void take(boolean isSell, long qtyLots, int reachTicks, boolean isLiquidation) {
        boolean isBid = isSell;
        long best = isBid ? book.bestBid() : book.bestAsk();
        long limit = isBid ? Math.max(1, best - reachTicks) : best + reachTicks;
        trading.beginTaker(symbol, isSell, limit);
        long left = qtyLots;
        int levels = 0;
        while (left > 0 && levels++ < MOST_LEVELS_A_FILL && book.levels(isBid) > fewestLevels) {
            long tick = isBid ? book.bestBid() : book.bestAsk();
            if (isBid ? tick < limit : tick > limit) {
                break;
            }
            long qty = Math.min(left, book.lotsAt(isBid, tick));
            if (clients.lotsAt(isBid, tick) > 0) {
                clients.onTake(isBid, tick, qty, timeMs);
            } else {
                fill(tick, qty);
                book.take(isBid, tick, qty);
                publisher.onChange(isBid, tick);
            }
            left -= qty;
        }
        clients.revealNear(isBid);
        trading.endTaker(symbol, isLiquidation);
    }

    /** Splits what is taken from a level among the orders that were resting there. */
    private void fill(long tick, long qtyLots) {
        long left = qtyLots;
        for (int i = random.nextInt(MOST_FILLS_A_LEVEL); i > 0 && left > 1; i--) {
            long part = 1 + (long) (random.nextDouble() * (left - 1));
            publisher.onFill(tick, part);
            left -= part;
        }
        if (left > 0) {
            publisher.onFill(tick, left);
        }
    }

    private long nearTouch() {
        double u = random.nextDouble();
        double squared = u * u;
        return (long) (squared * squared * squared * book.depthTicks());
    }

    private long passiveLots() {
        return 1 + (long) (unitLots * 0.25 / (1.02 - random.nextDouble()));
    }
}
