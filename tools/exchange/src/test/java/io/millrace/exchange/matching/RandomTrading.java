package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.QtyFilter;
import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One contract in a narrow range of prices, where clients and the market do random things to the engine and to the naive book. */
final class RandomTrading implements OrderEvents, RiskPort, PricePort {
    private static final long LOW_TICK = 1_000;
    private static final int TICKS = 14;
    private static final int ACCOUNTS = 4;
    private static final int MOST_LOTS = 12;
    private static final int MOST_ORDERS = 90;
    private static final StpMode[] STP_MODES = StpMode.values();
    private static final TimeInForce[] TIFS = {
        TimeInForce.GTC, TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTX
    };

    final NaiveBook naive = new NaiveBook();
    final ListMarket market = new ListMarket();
    final List<String> events = new ArrayList<>();
    long trades;

    private final VenueRandom random;
    private final ContractRules rules = Desk.rules("BTCUSDT")
            .copy()
            .limitQty(new QtyFilter(1, 1_000_000, 1))
            .marketQty(new QtyFilter(1, 1_000_000, 1))
            .minNotionalE8(0)
            .build();
    private final MatchingEngine engine;
    private final Map<Long, Order> open = new TreeMap<>();
    private long cancelledFromLots;
    private long nowMs = Desk.T0;
    private long lastMarketOrderId;
    private long amendedId;
    private long executedAtAmend;

    RandomTrading(long seed) {
        random = new VenueRandom(seed);
        // The naive book knows which of the market's orders was cancelled, and so where it stood.
        QueueModel known = (aheadParts, levelLots, cancelledLots) -> {
            long before = aheadParts / QueueModel.SCALE - cancelledFromLots;
            return aheadParts - Math.max(0, Math.min(cancelledLots, before)) * QueueModel.SCALE;
        };
        engine = new MatchingEngine(new TradingPorts(market, this, this, this, symbol -> rules), known, 1);
    }

    /** Does one thing to both and says what. */
    Supplier<String> act() {
        naive.events.clear();
        events.clear();
        nowMs++;
        amendedId = 0;
        boolean isCrowded = naive.orders.size() > MOST_ORDERS;
        int what = random.nextInt(100);
        if (what < 25) {
            return isCrowded ? marketTake() : marketAdd();
        } else if (what < 38) {
            return marketCancel();
        } else if (what < 48) {
            return marketTake();
        } else if (what < 80) {
            return place();
        } else if (what < 90) {
            return cancel();
        }
        return amend();
    }

    private long tick() {
        return LOW_TICK + random.nextInt(TICKS);
    }

    private long lots() {
        return 1L + random.nextInt(MOST_LOTS);
    }

    private boolean coin() {
        return random.nextInt(2) == 0;
    }

    // --- the market

    private Supplier<String> marketAdd() {
        boolean isBid = coin();
        long tick = tick();
        long other = naive.bestTick(!isBid);
        if (other != 0 && (isBid ? tick >= other : tick <= other)) {
            tick = isBid ? other - 1 : other + 1;
        }
        long lots = lots();
        naive.orders.add(new NaiveBook.Resting(++lastMarketOrderId, 0, isBid, tick, lots));
        market.add(isBid, tick, lots);
        long price = tick;
        return () -> "market adds " + lots + "@" + price + (isBid ? " bid" : " ask");
    }

    private Supplier<String> marketCancel() {
        List<NaiveBook.Resting> all =
                naive.orders.stream().filter(order -> order.account == 0).toList();
        if (all.isEmpty()) {
            return () -> "nothing to cancel";
        }
        NaiveBook.Resting order = all.get(random.nextInt(all.size()));
        cancelledFromLots = naive.marketAhead(order);
        naive.orders.remove(order);
        ListMarket.subtract(market.market(order.isBid), order.tick, order.lots);
        engine.onWithdraw(0, order.isBid, order.tick, order.lots, market.marketLots(0, order.isBid, order.tick));
        return () -> "market cancels " + order.lots + "@" + order.tick + " from " + cancelledFromLots;
    }

    private Supplier<String> marketTake() {
        boolean isSell = coin();
        long lots = lots() * 3;
        long limit = tick();
        naive.take(0, 0, isSell, limit, lots, StpMode.NONE);
        market.begin(0);
        market.beginTaker(0, isSell, limit);
        long left = lots;
        while (left > 0) {
            long tick = market.bestTicks(0, isSell);
            if (!Matcher.isWithin(isSell, tick, limit)) {
                break;
            }
            long part = Math.min(left, market.total(isSell, tick));
            if (engine.hasClients(0, isSell, tick)) {
                engine.onTake(0, isSell, tick, part, nowMs);
            } else {
                market.fill(0, tick, part, true);
            }
            left -= part;
        }
        market.endTaker(0, false);
        market.end(0);
        return () -> "market takes " + lots + "@" + limit + (isSell ? " sell" : " buy");
    }

    // --- the clients

    private Supplier<String> place() {
        int account = 1 + random.nextInt(ACCOUNTS);
        Side side = coin() ? Side.BUY : Side.SELL;
        boolean isMarket = random.nextInt(8) == 0;
        StpMode stp = STP_MODES[random.nextInt(STP_MODES.length)];
        TimeInForce tif = isMarket ? TimeInForce.GTC : TIFS[random.nextInt(TIFS.length)];
        long lots = lots() * (isMarket ? 2 : 1);
        OrderRequest.Builder builder =
                OrderRequest.of(account, 0, side).stpMode(stp).timeInForce(tif);
        OrderRequest request = isMarket
                ? builder.market(lots).build()
                : builder.limit(lots, tick()).build();
        try {
            Order order = engine.place(request, nowMs);
            arrive(order, stp);
            if (order.isWorking()) {
                open.put(order.orderId(), order);
            }
        } catch (VenueException refusal) {
            checkRefusal(request, refusal.code());
        }
        return request::toString;
    }

    private void checkRefusal(OrderRequest request, int code) {
        boolean isBid = !request.side().isBuy();
        if (code == -5022) {
            long best = naive.bestTick(isBid);
            assertEquals(TimeInForce.GTX, request.timeInForce());
            assertTrue(Matcher.isWithin(isBid, best, request.priceTicks()), "would not have taken: " + request);
        } else {
            assertEquals(-5021, code);
            assertTrue(
                    naive.available(isBid, request.priceTicks()) < request.qtyLots(),
                    "could have been filled: " + request);
        }
    }

    /** The naive book does what the engine has just done with an order that came in with so much left. */
    private void arrive(Order order, StpMode stp) {
        boolean isSell = !order.side().isBuy();
        boolean isMarket = order.type() == OrderType.MARKET;
        long limit = isMarket ? (isSell ? 1 : Long.MAX_VALUE) : order.priceTicks();
        boolean isFok = order.timeInForce() == TimeInForce.FOK;
        long lots = order.qtyLots() - executedBefore(order);
        NaiveBook.Outcome outcome =
                naive.take(order.orderId(), order.accountId(), isSell, limit, lots, isFok ? StpMode.NONE : stp);
        boolean isImmediate = isMarket || isFok || order.timeInForce() == TimeInForce.IOC;
        assertEquals(outcome.left, order.remainingLots(), order::toString);
        if (outcome.left == 0) {
            assertEquals(OrderStatus.FILLED, order.status());
        } else if (outcome.isStopped) {
            assertEquals(OrderStatus.EXPIRED_IN_MATCH, order.status());
        } else if (isImmediate) {
            assertEquals(OrderStatus.EXPIRED, order.status());
        } else {
            naive.orders.add(new NaiveBook.Resting(
                    order.orderId(), order.accountId(), order.side().isBuy(), order.priceTicks(), outcome.left));
        }
    }

    private long executedBefore(Order order) {
        return order.orderId() == amendedId ? executedAtAmend : 0;
    }

    private Order anyOpen() {
        open.values().removeIf(order -> !order.isWorking());
        if (open.isEmpty()) {
            return null;
        }
        List<Order> orders = List.copyOf(open.values());
        return orders.get(random.nextInt(orders.size()));
    }

    private Supplier<String> cancel() {
        Order order = anyOpen();
        if (order == null) {
            return () -> "nothing to cancel";
        }
        try {
            engine.cancel(order.accountId(), 0, order.orderId(), null, nowMs);
        } catch (VenueException e) {
            throw new IllegalStateException(e);
        }
        naive.orders.remove(naive.find(order.orderId()));
        return () -> "cancels " + order;
    }

    private Supplier<String> amend() {
        Order order = anyOpen();
        if (order == null) {
            return () -> "nothing to amend";
        }
        long lots = lots();
        long tick = tick();
        Supplier<String> action = () -> "amends " + order + " to " + lots + "@" + tick;
        amendedId = order.orderId();
        executedAtAmend = order.executedLots();
        AmendRequest request = new AmendRequest(
                order.accountId(), 0, order.orderId(), null, order.side(), lots, tick, PriceMatch.NONE, 0);
        boolean isSame = order.qtyLots() == lots && order.priceTicks() == tick;
        boolean isDone = executedAtAmend > 0 && lots <= executedAtAmend;
        boolean wouldTake = order.timeInForce() == TimeInForce.GTX
                && Matcher.isWithin(
                        !order.side().isBuy(), naive.bestTick(!order.side().isBuy()), tick);
        try {
            engine.amend(request, nowMs);
            naive.orders.remove(naive.find(order.orderId()));
            if (isDone || wouldTake) {
                assertEquals(OrderStatus.CANCELED, order.status(), action);
            } else {
                arrive(order, order.stpMode());
            }
        } catch (VenueException refusal) {
            assertEquals(-5027, refusal.code(), action);
            assertTrue(isSame, action);
        }
        return action;
    }

    // --- checks

    void checkTouch(Supplier<String> context) {
        long bid = market.bestTicks(0, true);
        long ask = market.bestTicks(0, false);
        assertTrue(bid == 0 || ask == 0 || bid < ask, () -> context.get() + " crosses the book, " + bid + " to " + ask);
        assertEquals(naive.bestTick(true), bid, context);
        assertEquals(naive.bestTick(false), ask, context);
    }

    void checkAll(Supplier<String> context) {
        for (boolean isBid : new boolean[] {true, false}) {
            Set<Long> ticks = new TreeSet<>(market.market(isBid).keySet());
            ticks.addAll(market.clients(isBid).keySet());
            naive.orders.stream().filter(order -> order.isBid == isBid).forEach(order -> ticks.add(order.tick));
            for (long tick : ticks) {
                assertEquals(naive.lotsAt(isBid, tick, true), market.marketLots(0, isBid, tick), context);
                assertEquals(
                        naive.lotsAt(isBid, tick, false), market.clients(isBid).getOrDefault(tick, 0L), context);
            }
        }
        int resting = 0;
        for (Order order : open.values()) {
            NaiveBook.Resting there = naive.find(order.orderId());
            assertEquals(order.isWorking(), there != null, () -> context.get() + " about " + order);
            if (there != null) {
                resting++;
                assertEquals(there.lots, order.remainingLots(), context);
                assertEquals(
                        naive.marketAhead(there), engine.marketLotsAhead(order), () -> context.get() + " " + order);
            }
        }
        assertEquals(naive.orders.stream().filter(order -> order.account != 0).count(), resting, context);
    }

    // --- ports

    @Override
    public void onNew(Order order) {
        assertEquals(OrderStatus.NEW, order.status());
    }

    @Override
    public void onTrade(Trade trade) {
        trades++;
        events.add(id(trade.taker()) + " " + id(trade.maker()) + " " + trade.qtyLots() + "@" + trade.priceTicks());
    }

    private static long id(Order order) {
        return order == null ? 0 : order.orderId();
    }

    @Override
    public void onAmended(Order order) {
        assertTrue(order.isWorking());
    }

    @Override
    public void onCanceled(Order order) {
        assertEquals(OrderStatus.CANCELED, order.status());
    }

    @Override
    public void onExpired(Order order) {
        boolean isMaker = open.containsKey(order.orderId()) && order.orderId() != amendedId;
        if (order.status() == OrderStatus.EXPIRED_IN_MATCH && isMaker) {
            events.add("stp " + order.orderId());
        }
    }

    @Override
    public void checkMargin(OrderRequest request, long referencePriceTicks) {
        // Everybody is rich.
    }

    @Override
    public long positionLots(int accountId, int symbol) {
        return 0;
    }

    @Override
    public long lastTicks(int symbol) {
        return LOW_TICK;
    }

    @Override
    public long markPrice(int symbol) {
        return 0;
    }

    @Override
    public long bestBidTicks(int symbol) {
        return market.bestTicks(symbol, true);
    }

    @Override
    public long bestAskTicks(int symbol) {
        return market.bestTicks(symbol, false);
    }
}
