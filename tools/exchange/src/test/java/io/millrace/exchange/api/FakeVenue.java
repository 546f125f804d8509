package io.millrace.exchange.api;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoService;
import io.millrace.exchange.conditional.AlgoSettings;
import io.millrace.exchange.matching.Amendment;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.List;

/** Keeps orders without a market: a limit order rests, a market order is filled at 64,250.00 in two parts. */
final class FakeVenue implements TradingPort, AccountPort, PricePort, RiskPort {
    static final long E8 = 100_000_000L;
    static final int ACCOUNT = 7;
    private static final long LAST_TICKS = 642_500;

    private final List<ContractRules> contracts = List.of(
            ContractRules.of(
                    new SymbolSpec("BTCUSDT", "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, LAST_TICKS)),
            ContractRules.of(new SymbolSpec("ETHUSDT", "ETH", Grid.parse("0.01"), Grid.parse("0.001"), 2, 3, 312_050)));

    final List<Order> orders = new ArrayList<>();
    final AlgoService algo = new AlgoService(
            new AlgoService.Ports(this::rules, this, this, this::place, order -> {}), AlgoSettings.of(1));
    final List<UserTrade> trades = new ArrayList<>();
    final List<Amendment> amendments = new ArrayList<>();
    final List<Income> income = new ArrayList<>();
    final List<MarginChange> marginChanges = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    VenueException refusal;
    long nowMs;
    private long lastId = 900_711_223_343L;
    private boolean isFeeBurn;

    private void refuseIfTold() throws VenueException {
        VenueException next = refusal;
        refusal = null;
        if (next != null) {
            throw next;
        }
    }

    @Override
    public int symbolIndex(String symbol) {
        for (int i = 0; i < contracts.size(); i++) {
            if (contracts.get(i).spec().symbol().equals(symbol)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int symbolCount() {
        return contracts.size();
    }

    @Override
    public ContractRules rules(int symbol) {
        return contracts.get(symbol);
    }

    @Override
    public boolean isHedgeMode(int accountId) {
        return false;
    }

    @Override
    public Order place(OrderRequest request) throws VenueException {
        refuseIfTold();
        Order order = new Order(++lastId, request, request.priceTicks(), nowMs);
        orders.add(order);
        if (request.type() == OrderType.MARKET) {
            order.fill(LAST_TICKS, 1, nowMs);
            order.fill(LAST_TICKS + 5, request.qtyLots() - 1, nowMs);
            trade(11, order, LAST_TICKS, 1, 64_250_000_000L / 1000 / 20, 0);
            trade(12, order, LAST_TICKS + 5, request.qtyLots() - 1, 1234, -150_000_000L);
        }
        return order;
    }

    @Override
    public AlgoOrder placeAlgo(AlgoRequest request) throws VenueException {
        return algo.place(request, nowMs * 1_000_000L);
    }

    @Override
    public AlgoOrder cancelAlgo(int accountId, long algoId, String clientAlgoId) throws VenueException {
        return algo.cancel(accountId, algoId, clientAlgoId, nowMs * 1_000_000L);
    }

    @Override
    public void cancelAllAlgos(int accountId, int symbol) {
        algo.cancelAll(accountId, symbol, nowMs * 1_000_000L);
    }

    private void trade(long id, Order order, long priceTicks, long qtyLots, long commission, long realizedPnl) {
        Trade trade = new Trade(id, nowMs, order.symbol(), order, null, priceTicks, qtyLots);
        UserTrade row = new UserTrade(trade, order, false);
        row.settle(commission, realizedPnl);
        trades.add(row);
    }

    @Override
    public void check(OrderRequest request) throws VenueException {
        refuseIfTold();
    }

    @Override
    public Order amend(AmendRequest request) throws VenueException {
        refuseIfTold();
        Order order = open(request.symbol(), request.orderId(), request.clientOrderId());
        if (order == null) {
            throw Errors.noSuchOrder();
        }
        amendments.add(new Amendment(
                5363,
                order,
                nowMs,
                order.priceTicks(),
                request.priceTicks(),
                order.qtyLots(),
                request.qtyLots(),
                order.modifications() + 1,
                request.modifyId()));
        order.amend(request.qtyLots(), request.priceTicks(), request.modifyId(), nowMs);
        return order;
    }

    private Order open(int symbol, long orderId, String clientOrderId) {
        Order order = order(ACCOUNT, symbol, orderId, clientOrderId);
        return order == null || !order.isWorking() ? null : order;
    }

    @Override
    public Order cancel(int accountId, int symbol, long orderId, String clientOrderId) throws VenueException {
        Order order = open(symbol, orderId, clientOrderId);
        if (order == null) {
            throw Errors.unknownOrder();
        }
        order.end(OrderStatus.CANCELED, ExpiryReason.NONE, nowMs);
        return order;
    }

    @Override
    public void cancelAll(int accountId, int symbol) {
        openOrders(accountId, symbol).forEach(order -> order.end(OrderStatus.CANCELED, ExpiryReason.NONE, nowMs));
    }

    @Override
    public void countdown(int accountId, int symbol, long countdownMs) {
        calls.add("countdown " + symbol + " " + countdownMs);
    }

    @Override
    public Order order(int accountId, int symbol, long orderId, String clientOrderId) {
        Order found = null;
        for (Order order : orders(accountId, symbol)) {
            boolean isIt = orderId > 0
                    ? order.orderId() == orderId
                    : order.clientOrderId().equals(clientOrderId);
            found = isIt ? order : found;
        }
        return found;
    }

    @Override
    public List<Order> openOrders(int accountId, int symbol) {
        return orders(accountId, symbol).stream().filter(Order::isWorking).toList();
    }

    @Override
    public List<Order> orders(int accountId, int symbol) {
        return orders.stream()
                .filter(order -> order.accountId() == accountId && (symbol == ALL || order.symbol() == symbol))
                .toList();
    }

    @Override
    public List<UserTrade> trades(int accountId, int symbol) {
        return trades;
    }

    @Override
    public List<Amendment> amendments(int accountId, int symbol) {
        return amendments;
    }

    // --- accounts

    @Override
    public Balance balance(int accountId) {
        return new Balance(
                10_000 * E8, 9_000 * E8, 25 * E8, 20 * E8, 12 * E8, 640 * E8, 60 * E8, 8_320 * E8, 8_300 * E8, nowMs);
    }

    @Override
    public Position position(int accountId, int symbol) {
        boolean isHeld = symbol == 0;
        return new Position(
                symbol,
                isHeld ? -250 : 0,
                isHeld ? 6_430_000_000_000L : 0,
                isHeld ? 6_428_713_500_000L : 0,
                6_425_012_345_678L,
                isHeld ? 1_246_913_580L : 0,
                isHeld ? 9_012_300_000_000L : 0,
                false,
                0,
                0,
                isHeld ? -1_606_253_086_420L : 0,
                isHeld ? 6_425_012_345L : 0,
                isHeld ? 80_312_654_321L : 0,
                0,
                0,
                0,
                isHeld ? 2 : 0,
                20,
                70_000_000 * E8,
                isHeld ? nowMs : 0);
    }

    @Override
    public List<Integer> activeSymbols(int accountId) {
        return List.of(0);
    }

    @Override
    public int feeTier(int accountId) {
        return 1;
    }

    @Override
    public boolean isFeeBurn(int accountId) {
        return isFeeBurn;
    }

    @Override
    public void setFeeBurn(int accountId, boolean isOn) {
        isFeeBurn = isOn;
    }

    @Override
    public boolean isMultiAssets(int accountId) {
        return false;
    }

    @Override
    public void setMultiAssets(int accountId, boolean isOn) throws VenueException {
        calls.add("multiAssets " + isOn);
        refuseIfTold();
    }

    @Override
    public void setHedgeMode(int accountId, boolean isOn) throws VenueException {
        calls.add("hedge " + isOn);
        refuseIfTold();
    }

    @Override
    public void setLeverage(int accountId, int symbol, int leverage) throws VenueException {
        calls.add("leverage " + symbol + " " + leverage);
        refuseIfTold();
    }

    @Override
    public void setIsolated(int accountId, int symbol, boolean isIsolated) throws VenueException {
        calls.add("isolated " + symbol + " " + isIsolated);
        refuseIfTold();
    }

    @Override
    public void changeMargin(int accountId, int symbol, long amount) throws VenueException {
        refuseIfTold();
        marginChanges.add(new MarginChange(symbol, amount > 0, Math.abs(amount), true, nowMs));
    }

    @Override
    public List<MarginChange> marginChanges(int accountId, int symbol) {
        return marginChanges;
    }

    @Override
    public List<Income> income(int accountId) {
        return income;
    }

    // --- prices and risk, for conditional orders

    @Override
    public long lastTicks(int symbol) {
        return rules(symbol).spec().startPriceTicks();
    }

    @Override
    public long markPrice(int symbol) {
        return 6_425_000_000_000L;
    }

    @Override
    public long bestBidTicks(int symbol) {
        return lastTicks(symbol) - 1;
    }

    @Override
    public long bestAskTicks(int symbol) {
        return lastTicks(symbol) + 1;
    }

    @Override
    public void checkMargin(OrderRequest request, long referencePriceTicks) {
        // Nothing is too much.
    }

    @Override
    public long positionLots(int accountId, int symbol) {
        return symbol == 0 ? -250 : 0;
    }
}
