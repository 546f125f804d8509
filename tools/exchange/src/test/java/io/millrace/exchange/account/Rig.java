package io.millrace.exchange.account;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ManualClock;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Accounts with the smallest venue that can trade with them: fills on command, and a market that takes liquidations. */
final class Rig implements PricePort, LiquidationPort, AccountListener {
    static final int BTC = 0;
    static final int ETH = 1;
    static final long START_MS = 1_795_262_400_000L;

    final ManualClock clock = new ManualClock(START_MS * 1_000_000L);
    final List<ContractRules> rules = List.of(
            ContractRules.of(spec("BTCUSDT", "0.10", "0.001")), ContractRules.of(spec("ETHUSDT", "0.01", "0.001")));
    final long[] markE8 = {Money.parse("60000"), Money.parse("3000")};
    final Accounts accounts = new Accounts(rules, this, clock);
    final Map<Long, Order> resting = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    final List<AccountUpdate> updates = new ArrayList<>();
    final List<Fill> fills = new ArrayList<>();
    /** Lots that the market takes of a liquidation at {@link #marketTicks}. */
    long marketLots = Long.MAX_VALUE;
    /** Price at which it does, 0 for that of the order itself. */
    long marketTicks;

    private long lastOrderId;
    private long lastTradeId;

    Rig() {
        accounts.liquidateThrough(this);
        accounts.listener(this);
    }

    private static SymbolSpec spec(String symbol, String tick, String lot) {
        return SymbolSpec.of(symbol, symbol.replace("USDT", ""), Grid.parse(tick), Grid.parse(lot));
    }

    Account account(String name, String usdt) {
        Account account = accounts.open(name);
        accounts.deposit(account, Money.parse(usdt));
        return account;
    }

    long lots(int symbol, String qty) {
        return rules.get(symbol).spec().lot().toUnits(new BigDecimal(qty));
    }

    long ticks(int symbol, String price) {
        return rules.get(symbol).spec().tick().toUnits(new BigDecimal(price));
    }

    void mark(int symbol, String price) {
        markE8[symbol] = Money.parse(price);
    }

    /** A client takes from the market. */
    void take(Account account, int symbol, Side side, String qty, String price) {
        Order order = order(account, symbol, side, lots(symbol, qty), ticks(symbol, price), false);
        accounts.onNew(order);
        fill(order, null, lots(symbol, qty), ticks(symbol, price));
    }

    /** A client's order rests and the market takes it. */
    void make(Account account, int symbol, Side side, String qty, String price) {
        Order order = rest(account, symbol, side, qty, price);
        fill(null, order, lots(symbol, qty), ticks(symbol, price));
    }

    Order rest(Account account, int symbol, Side side, String qty, String price) {
        Order order = order(account, symbol, side, lots(symbol, qty), ticks(symbol, price), false);
        resting.put(order.orderId(), order);
        accounts.onNew(order);
        return order;
    }

    Order order(Account account, int symbol, Side side, long lots, long ticks, boolean isReduceOnly) {
        OrderRequest request = OrderRequest.of(account.id(), symbol, side)
                .limit(lots, ticks)
                .reduceOnly(isReduceOnly)
                .clientOrderId("c" + (lastOrderId + 1))
                .build();
        return new Order(++lastOrderId, request, ticks, timeMs());
    }

    void fill(Order taker, Order maker, long lots, long ticks) {
        for (Order order : new Order[] {maker, taker}) {
            if (order != null) {
                order.fill(ticks, lots, timeMs());
                if (!order.isWorking()) {
                    resting.remove(order.orderId());
                }
            }
        }
        int symbol = taker != null ? taker.symbol() : maker.symbol();
        accounts.onTrade(new Trade(++lastTradeId, timeMs(), symbol, taker, maker, ticks, lots));
    }

    void cancel(Order order) {
        resting.remove(order.orderId());
        order.end(OrderStatus.CANCELED, ExpiryReason.NONE, timeMs());
        accounts.onCanceled(order);
    }

    long timeMs() {
        return clock.epochNs() / 1_000_000L;
    }

    // --- prices

    @Override
    public long lastTicks(int symbol) {
        return accounts.contract(symbol).ticks(markE8[symbol], java.math.RoundingMode.HALF_EVEN);
    }

    @Override
    public long markPrice(int symbol) {
        return markE8[symbol];
    }

    @Override
    public long bestBidTicks(int symbol) {
        return lastTicks(symbol) - 1;
    }

    @Override
    public long bestAskTicks(int symbol) {
        return lastTicks(symbol) + 1;
    }

    // --- liquidation

    @Override
    public void expireOpenOrders(int accountId, int symbol) {
        for (Order order : List.copyOf(resting.values())) {
            if (order.accountId() == accountId && (symbol == ALL_SYMBOLS || order.symbol() == symbol)) {
                resting.remove(order.orderId());
                order.end(OrderStatus.EXPIRED, ExpiryReason.LIQUIDATION, timeMs());
                log.add("expired " + accountId + " order " + order.orderId());
                accounts.onExpired(order);
            }
        }
    }

    @Override
    public void liquidate(OrderRequest request) {
        Order order = new Order(++lastOrderId, request, request.priceTicks(), timeMs());
        order.markLiquidation();
        log.add("liquidation " + request.accountId() + " " + request.side() + " " + request.qtyLots() + " @ "
                + request.priceTicks() + " " + request.clientOrderId() + " " + request.timeInForce());
        if (request.timeInForce() != TimeInForce.IOC || !request.reduceOnly()) {
            throw new AssertionError("liquidations are immediate and reduce-only: " + request);
        }
        accounts.onNew(order);
        long price = marketTicks == 0 ? request.priceTicks() : marketTicks;
        boolean isReached = request.side().isBuy() ? price <= request.priceTicks() : price >= request.priceTicks();
        long lots = isReached ? Math.min(marketLots, request.qtyLots()) : 0;
        if (lots > 0) {
            fill(order, null, lots, price);
        }
        if (order.isWorking()) {
            order.end(OrderStatus.EXPIRED, ExpiryReason.IOC, timeMs());
            accounts.onExpired(order);
        }
    }

    @Override
    public Trade recordOffBook(OrderRequest request, long priceTicks, boolean isAdl) {
        Order order = new Order(++lastOrderId, request, priceTicks, timeMs());
        if (isAdl) {
            order.markAdl();
        } else {
            order.markLiquidation();
        }
        order.fill(priceTicks, request.qtyLots(), timeMs());
        log.add((isAdl ? "adl " : "taken over ") + request.accountId() + " " + request.side() + " " + request.qtyLots()
                + " @ " + priceTicks + " " + request.clientOrderId());
        return new Trade(++lastTradeId, timeMs(), request.symbol(), order, null, priceTicks, request.qtyLots());
    }

    // --- events

    @Override
    public void onFill(Fill fill) {
        fills.add(fill);
    }

    @Override
    public void onAccountUpdate(AccountUpdate update) {
        updates.add(update);
    }

    @Override
    public void onLeverage(int accountId, int symbol, int leverage, long timeMs) {
        log.add("leverage " + accountId + " " + symbol + " " + leverage);
    }

    @Override
    public void onMarginCall(
            int accountId, long crossWalletBalance, List<AccountUpdate.PositionState> positions, long timeMs) {
        log.add("margin call " + accountId + " " + positions.size());
    }
}
