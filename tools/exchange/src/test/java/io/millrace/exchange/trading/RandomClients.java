package io.millrace.exchange.trading;

import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.VenueRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clients that do anything, sensible or not, one action at a time. */
final class RandomClients {
    private static final TimeInForce[] TIMES = {
        TimeInForce.GTC,
        TimeInForce.GTC,
        TimeInForce.GTC,
        TimeInForce.IOC,
        TimeInForce.FOK,
        TimeInForce.GTX,
        TimeInForce.GTD
    };
    private static final PriceMatch[] MATCHES = {
        PriceMatch.OPPONENT, PriceMatch.OPPONENT_5, PriceMatch.QUEUE, PriceMatch.QUEUE_5, PriceMatch.QUEUE_10
    };
    private static final StpMode[] STPS = {StpMode.NONE, StpMode.EXPIRE_TAKER, StpMode.EXPIRE_MAKER, StpMode.EXPIRE_BOTH
    };
    private static final OrderType[] ALGO_TYPES = {
        OrderType.STOP,
        OrderType.STOP_MARKET,
        OrderType.TAKE_PROFIT,
        OrderType.TAKE_PROFIT_MARKET,
        OrderType.TRAILING_STOP_MARKET
    };

    final Map<Integer, Integer> refusals = new TreeMap<>();
    private final TradingVenue venue;
    private final VenueRandom random;
    private final int accounts;
    private final int symbols;
    int accepted;

    RandomClients(TradingVenue venue, long seed, int accounts) {
        this.venue = venue;
        this.random = new VenueRandom(seed);
        this.accounts = accounts;
        this.symbols = venue.symbols().size();
    }

    /** Does one action. */
    void act() {
        int account = random.nextInt(accounts);
        int symbol = random.nextInt(symbols);
        int what = random.nextInt(100);
        try {
            if (what < 52) {
                venue.place(order(account, symbol));
            } else if (what < 64) {
                amend(account, symbol);
            } else if (what < 78) {
                cancel(account, symbol);
            } else if (what < 86) {
                venue.cancelAll(account, symbol);
            } else if (what < 90) {
                venue.placeAlgo(algo(account, symbol));
            } else if (what < 92) {
                venue.countdown(account, symbol, random.nextInt(3) * 200L);
            } else if (what < 99) {
                settings(account, symbol, what);
            } else {
                move(symbol);
            }
            accepted++;
        } catch (VenueException e) {
            refusals.merge(e.code(), 1, Integer::sum);
        }
    }

    private void settings(int account, int symbol, int what) throws VenueException {
        var client = venue.accounts().account(account);
        if (what < 95) {
            venue.accounts().controls().setLeverage(client, symbol, 1 + random.nextInt(130));
        } else if (what < 97) {
            venue.accounts().controls().setMarginType(client, symbol, random.nextInt(2) == 0);
        } else if (what < 98) {
            venue.accounts()
                    .controls()
                    .changeMargin(client, symbol, random.nextInt(500) * Rig.E8, random.nextInt(2) == 0);
        } else {
            venue.accounts().withdraw(client, (1 + random.nextInt(200)) * Rig.E8);
        }
    }

    /** The market does what clients fear. */
    private void move(int symbol) {
        long last = venue.prices().lastTicks(symbol);
        switch (random.nextInt(4)) {
            case 0 -> venue.contracts().drain(symbol, 1 + random.nextInt(60), 3000);
            case 1 -> venue.contracts().movePrice(symbol, last * (97 + random.nextInt(7)) / 100, 0, false);
            case 2 -> venue.contracts().movePrice(symbol, last * (97 + random.nextInt(7)) / 100, 2000, true);
            default -> venue.contracts().changeTick(symbol, 1 + random.nextInt(5));
        }
    }

    private OrderRequest order(int account, int symbol) {
        Side side = random.nextInt(2) == 0 ? Side.BUY : Side.SELL;
        OrderRequest.Builder order = OrderRequest.of(account, symbol, side)
                .stpMode(STPS[random.nextInt(STPS.length)])
                .reduceOnly(random.nextInt(5) == 0);
        long lots = lots(symbol);
        if (random.nextInt(6) == 0) {
            return order.market(lots).build();
        }
        TimeInForce time = TIMES[random.nextInt(TIMES.length)];
        order.limit(lots, tick(symbol, side)).timeInForce(time);
        if (time == TimeInForce.GTD) {
            order.goodTillDateMs(venue.nowMs() + 500_000 + random.nextInt(1_300_000));
        }
        if (random.nextInt(12) == 0) {
            order.priceTicks(0).priceMatch(MATCHES[random.nextInt(MATCHES.length)]);
        }
        return order.build();
    }

    private AlgoRequest algo(int account, int symbol) {
        OrderType type = ALGO_TYPES[random.nextInt(ALGO_TYPES.length)];
        Side side = random.nextInt(2) == 0 ? Side.BUY : Side.SELL;
        boolean isTrailing = type == OrderType.TRAILING_STOP_MARKET;
        boolean isLimit = type == OrderType.STOP || type == OrderType.TAKE_PROFIT;
        long last = venue.prices().lastTicks(symbol);
        long trigger = last + random.nextInt(41) - 20;
        return new AlgoRequest(
                account,
                symbol,
                side,
                type,
                TimeInForce.GTC,
                lots(symbol),
                isLimit ? trigger : 0,
                isTrailing ? 0 : trigger,
                random.nextInt(2) == 0 ? WorkingType.MARK_PRICE : WorkingType.CONTRACT_PRICE,
                random.nextInt(2) == 0,
                random.nextInt(2) == 0,
                false,
                0,
                isTrailing ? 1 + random.nextInt(20) : 0,
                PriceMatch.NONE,
                StpMode.EXPIRE_MAKER,
                0,
                null);
    }

    private long lots(int symbol) {
        long minNotional = venue.rules().get(symbol).minNotionalE8();
        var spec = venue.rules().get(symbol).spec();
        double price = venue.prices().lastTicks(symbol) * spec.tick().step().doubleValue();
        double unit = minNotional / 1e8 / (price * spec.lot().step().doubleValue());
        double u = random.nextDouble();
        long lots = (long) (unit * 0.9 + unit * 3 * u / (1.003 - u));
        lots *= random.nextInt(30) == 0 ? 100 : 1;
        return random.nextInt(20) == 0 ? lots : lots + 1;
    }

    private long tick(int symbol, Side side) {
        long best = side.isBuy()
                ? venue.prices().bestBidTicks(symbol)
                : venue.prices().bestAskTicks(symbol);
        int away = random.nextInt(20);
        long distance = away == 0
                ? random.nextInt((int) Math.max(2, best / 15))
                : away < 4 ? -random.nextInt(12) : random.nextInt(12);
        long tick = side.isBuy() ? best - distance : best + distance;
        long step = random.nextInt(20) == 0 ? 1 : venue.rules(symbol).priceStepTicks();
        return tick - tick % step;
    }

    private Order any(int account, int symbol) {
        List<Order> open = venue.engine().orders().openOrders(account, symbol);
        return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
    }

    private void cancel(int account, int symbol) throws VenueException {
        Order order = any(account, symbol);
        venue.cancel(account, symbol, order == null ? 1 : order.orderId(), null);
    }

    private void amend(int account, int symbol) throws VenueException {
        Order order = any(account, symbol);
        if (order == null) {
            return;
        }
        long lots = random.nextInt(3) == 0 ? order.qtyLots() : lots(symbol);
        long tick = random.nextInt(3) == 0 ? order.priceTicks() : tick(symbol, order.side());
        venue.amend(
                new AmendRequest(account, symbol, order.orderId(), null, order.side(), lots, tick, PriceMatch.NONE, 0));
    }
}
