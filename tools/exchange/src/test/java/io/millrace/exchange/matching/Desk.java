package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.QtyFilter;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/**
 * Two contracts with told levels, accounts that only know positions, and a log of what happened. Mark price 100.00, tick 0.01, lot
 * 0.001; the book is empty until a test tells levels.
 */
final class Desk implements OrderEvents, RiskPort, PricePort {
    static final int BTC = 0;
    static final int ETH = 1;
    static final long T0 = 1_795_262_400_000L;
    static final long MARK_TICKS = 10_000;

    /** Levels as told; the test's own market. */
    static final class Told implements RecordedTrading.Levels {
        private final TreeMap<Long, Long> bids = new TreeMap<>();
        private final TreeMap<Long, Long> asks = new TreeMap<>();

        long set(boolean isBid, long tick, long lots) {
            TreeMap<Long, Long> side = isBid ? bids : asks;
            Long old = lots == 0 ? side.remove(tick) : side.put(tick, lots);
            return old == null ? 0 : old;
        }

        @Override
        public long levelFrom(boolean isBid, long tick) {
            Long found = isBid ? bids.floorKey(tick == 0 ? Long.MAX_VALUE : tick) : asks.ceilingKey(tick);
            return found == null ? -1 : found;
        }

        @Override
        public long lotsAt(boolean isBid, long tick) {
            return (isBid ? bids : asks).getOrDefault(tick, 0L);
        }
    }

    final List<Told> told = List.of(new Told(), new Told());
    final RecordedTrading market;
    final List<String> log = new ArrayList<>();
    final List<Trade> trades = new ArrayList<>();
    final Map<Long, Long> positions = new HashMap<>();
    final MatchingEngine engine;
    ContractRules[] rules = {rules("BTCUSDT"), rules("ETHUSDT")};
    long markE8 = MARK_TICKS * 1_000_000L;
    long nowMs = T0;
    VenueException marginRefusal;
    OrderRequest checkedRequest;
    long checkedTicks;

    Desk() {
        this(QueueModels.conservative(), true);
    }

    Desk(QueueModel queue, boolean hasImpact) {
        market = new RecordedTrading(told, hasImpact);
        TradingPorts ports =
                new TradingPorts(market, this, this, this, symbol -> symbol < rules.length ? rules[symbol] : null);
        engine = new MatchingEngine(ports, queue, 1);
        market.connect(engine);
    }

    static ContractRules rules(String symbol) {
        SymbolSpec spec = SymbolSpec.of(symbol, symbol.substring(0, 3), Grid.parse("0.01"), Grid.parse("0.001"));
        return ContractRules.of(spec)
                .copy()
                .priceTicks(100, 1_000_000)
                .limitQty(new QtyFilter(10, 1_000_000, 1))
                .marketQty(new QtyFilter(20, 100_000, 10))
                .minNotionalE8(500_000_000L)
                .build();
    }

    // --- the market

    void level(boolean isBid, long tick, long lots) {
        level(BTC, isBid, tick, lots);
    }

    void level(int symbol, boolean isBid, long tick, long lots) {
        long old = told.get(symbol).set(isBid, tick, lots);
        market.onLevel(symbol, isBid, tick, old, lots, nowMs);
    }

    void bid(long tick, long lots) {
        level(true, tick, lots);
    }

    void ask(long tick, long lots) {
        level(false, tick, lots);
    }

    void print(boolean isSell, long tick, long lots) {
        market.onTrade(BTC, isSell, tick, lots, nowMs);
    }

    // --- the clients

    static OrderRequest.Builder buy(int account, long lots, long tick) {
        return OrderRequest.of(account, BTC, Side.BUY).limit(lots, tick);
    }

    static OrderRequest.Builder sell(int account, long lots, long tick) {
        return OrderRequest.of(account, BTC, Side.SELL).limit(lots, tick);
    }

    Order place(OrderRequest.Builder request) throws VenueException {
        return engine.place(request.build(), nowMs);
    }

    Order amend(Order order, long lots, long tick) throws VenueException {
        return engine.amend(amendment(order, lots, tick), nowMs);
    }

    static AmendRequest amendment(Order order, long lots, long tick) {
        return new AmendRequest(
                order.accountId(), order.symbol(), order.orderId(), null, order.side(), lots, tick, PriceMatch.NONE, 0);
    }

    Order cancel(Order order) throws VenueException {
        return engine.cancel(order.accountId(), order.symbol(), order.orderId(), null, nowMs);
    }

    void position(int account, long lots) {
        positions.put(key(account, BTC), lots);
    }

    void refuses(int code, OrderRequest.Builder request) {
        refuses(code, () -> place(request));
    }

    /** Asserts a refusal, and that it left no trace. */
    void refuses(int code, Executable action) {
        int before = log.size();
        VenueException refusal = assertThrows(VenueException.class, action);
        assertEquals(code, refusal.code(), refusal.toString());
        assertEquals(before, log.size(), () -> "a refusal told " + log.subList(before, log.size()));
    }

    /** Returns what was told since the last call. */
    List<String> told() {
        List<String> events = List.copyOf(log);
        log.clear();
        return events;
    }

    // --- ports

    @Override
    public void onNew(Order order) {
        log.add("NEW " + order.orderId());
    }

    @Override
    public void onTrade(Trade trade) {
        trades.add(trade);
        book(trade.taker(), trade.qtyLots());
        book(trade.maker(), trade.qtyLots());
        log.add("TRADE " + name(trade.taker()) + "<" + name(trade.maker()) + " " + trade.qtyLots() + "@"
                + trade.priceTicks());
    }

    private void book(Order order, long lots) {
        if (order != null) {
            positions.merge(key(order.accountId(), order.symbol()), order.side().sign() * lots, Long::sum);
        }
    }

    private static String name(Order order) {
        return order == null ? "market" : String.valueOf(order.orderId());
    }

    private static long key(int account, int symbol) {
        return account * 100L + symbol;
    }

    @Override
    public void onAmended(Order order) {
        log.add("AMENDED " + order.orderId() + " " + order.qtyLots() + "@" + order.priceTicks());
    }

    @Override
    public void onCanceled(Order order) {
        log.add("CANCELED " + order.orderId());
    }

    @Override
    public void onExpired(Order order) {
        log.add(order.status() + " " + order.orderId() + " er "
                + order.expiryReason().code());
    }

    @Override
    public void checkMargin(OrderRequest request, long referencePriceTicks) throws VenueException {
        checkedRequest = request;
        checkedTicks = referencePriceTicks;
        if (marginRefusal != null) {
            throw marginRefusal;
        }
    }

    @Override
    public long positionLots(int accountId, int symbol) {
        return positions.getOrDefault(key(accountId, symbol), 0L);
    }

    @Override
    public long lastTicks(int symbol) {
        return MARK_TICKS;
    }

    @Override
    public long markPrice(int symbol) {
        return markE8;
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
