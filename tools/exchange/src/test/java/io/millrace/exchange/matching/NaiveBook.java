package io.millrace.exchange.matching;

import io.millrace.exchange.trade.StpMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The obvious way to match: every order, the market's too, stands by itself in one list in the order of time, and whoever takes
 * looks through all of it for the best price. Slow and simple; what the real one is compared with.
 */
final class NaiveBook {
    /** One resting order; account 0 is the market. */
    static final class Resting {
        final long id;
        final int account;
        final boolean isBid;
        final long tick;
        long lots;

        Resting(long id, int account, boolean isBid, long tick, long lots) {
            this.id = id;
            this.account = account;
            this.isBid = isBid;
            this.tick = tick;
            this.lots = lots;
        }
    }

    /** How an incoming order came out. */
    static final class Outcome {
        long left;
        boolean isStopped;
    }

    final List<Resting> orders = new ArrayList<>();
    /** What happened in the last action: trades as "taker maker lots@tick", self-trade ends as "stp id". */
    final List<String> events = new ArrayList<>();

    private long lastMarketMakerTick;

    Outcome take(long takerId, int account, boolean isSell, long limit, long lots, StpMode stp) {
        Outcome outcome = new Outcome();
        outcome.left = lots;
        lastMarketMakerTick = 0;
        while (outcome.left > 0 && !outcome.isStopped) {
            Resting maker = best(isSell);
            if (maker == null || (isSell ? maker.tick < limit : maker.tick > limit)) {
                break;
            }
            if (account != 0 && maker.account == account && stp != StpMode.NONE) {
                if (stp != StpMode.EXPIRE_TAKER) {
                    orders.remove(maker);
                    events.add("stp " + maker.id);
                    lastMarketMakerTick = 0;
                }
                outcome.isStopped = stp != StpMode.EXPIRE_MAKER;
                continue;
            }
            long part = Math.min(outcome.left, maker.lots);
            outcome.left -= part;
            maker.lots -= part;
            if (maker.lots == 0) {
                orders.remove(maker);
            }
            record(takerId, maker, part);
        }
        return outcome;
    }

    /** Neighbouring orders of the market at one price are one fill for the client that takes them. */
    private void record(long takerId, Resting maker, long part) {
        if (maker.account != 0) {
            events.add(takerId + " " + maker.id + " " + part + "@" + maker.tick);
            lastMarketMakerTick = 0;
        } else if (takerId != 0) {
            long lots = part;
            if (lastMarketMakerTick == maker.tick) {
                String last = events.remove(events.size() - 1);
                lots += Long.parseLong(last.substring(last.lastIndexOf(' ') + 1, last.indexOf('@')));
            }
            events.add(takerId + " 0 " + lots + "@" + maker.tick);
            lastMarketMakerTick = maker.tick;
        }
    }

    private Resting best(boolean isBid) {
        Resting best = null;
        for (Resting order : orders) {
            boolean isBetter = best == null || (isBid ? order.tick > best.tick : order.tick < best.tick);
            if (order.isBid == isBid && isBetter) {
                best = order;
            }
        }
        return best;
    }

    /** Returns the best price of a side, 0 without one. */
    long bestTick(boolean isBid) {
        Resting best = best(isBid);
        return best == null ? 0 : best.tick;
    }

    /** Returns what a side holds within a limit. */
    long available(boolean isBid, long limit) {
        long lots = 0;
        for (Resting order : orders) {
            if (order.isBid == isBid && (isBid ? order.tick >= limit : order.tick <= limit)) {
                lots += order.lots;
            }
        }
        return lots;
    }

    /** Returns the market's lots before an order at its level. */
    long marketAhead(Resting wanted) {
        long lots = 0;
        for (Resting order : orders) {
            if (order == wanted) {
                return lots;
            }
            if (order.account == 0 && order.isBid == wanted.isBid && order.tick == wanted.tick) {
                lots += order.lots;
            }
        }
        throw new IllegalStateException("order " + wanted.id + " does not rest");
    }

    /** Returns the lots at a price, the market's or the clients'. */
    long lotsAt(boolean isBid, long tick, boolean isMarket) {
        long lots = 0;
        for (Resting order : orders) {
            if (order.isBid == isBid && order.tick == tick && (order.account == 0) == isMarket) {
                lots += order.lots;
            }
        }
        return lots;
    }

    Resting find(long id) {
        for (Resting order : orders) {
            if (order.id == id && order.account != 0) {
                return order;
            }
        }
        return null;
    }
}
