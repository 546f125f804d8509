package io.millrace.exchange.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.FeeTier;
import io.millrace.exchange.venue.VenueRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing that clients, markets and the venue do in any order makes or loses money. */
class ConservationTest {
    private static final int ACCOUNTS = 6;

    private Rig rig;
    private VenueRandom random;
    private List<Account> clients;
    private int taken;
    private int refused;

    @Test
    void shouldConserveMoneyAfterEveryEvent() {
        run(20261121L, 20_000);
    }

    @Test
    @Tag("slow")
    void shouldConserveMoneyAfterEveryOfManyEvents() {
        for (long seed = 1; seed <= 10; seed++) {
            run(seed, 100_000);
        }
    }

    private void run(long seed, int actions) {
        rig = new Rig();
        random = new VenueRandom(seed);
        taken = 0;
        refused = 0;
        clients = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> rig.account("client" + i, i % 2 == 0 ? "20000" : "200000"))
                .toList();
        // A maker with a rebate and fees off the grid: amounts that have to be rounded.
        clients.get(1).fees(Rig.BTC, new FeeTier(0, -1_234, 43_211, 0));
        clients.get(2).feeTier(7);
        int liquidations = 0;
        for (int i = 0; i < actions; i++) {
            try {
                act(clients.get(random.nextInt(ACCOUNTS)), random.nextInt(2));
            } catch (VenueException e) {
                refused++;
            }
            liquidations += rig.log.size();
            rig.log.clear();
            rig.updates.clear();
            rig.fills.clear();
            check(seed, i);
        }
        String figures = "seed " + seed + ": " + taken + " orders taken, " + refused + " requests refused, "
                + liquidations + " steps of liquidation";
        assertTrue(taken > actions / 10 && refused > actions / 100 && liquidations > actions / 1000, figures);
        closeAll(seed);
    }

    private void check(long seed, int action) {
        try {
            rig.accounts.verify();
        } catch (IllegalStateException e) {
            throw new AssertionError("seed " + seed + ", action " + action + ": " + e.getMessage(), e);
        }
        if (action % 64 == 0) {
            for (Account account : clients) {
                checkOpenOrders(account, Rig.BTC);
                checkOpenOrders(account, Rig.ETH);
            }
        }
        if (action % 10_000 == 0) {
            checkIncome(seed);
        }
    }

    /** The history explains every wallet; it grows, so it is not read after every event. */
    private void checkIncome(long seed) {
        for (Account account : clients) {
            long income = account.incomes().find(IncomeHistory.Query.all()).stream()
                    .mapToLong(Income::amount)
                    .sum();
            assertEquals(income, account.walletBalance(), "income of " + account.alias() + ", seed " + seed);
        }
    }

    private void checkOpenOrders(Account account, int symbol) {
        Position position = account.position(symbol);
        long bids = 0;
        long asks = 0;
        int count = 0;
        for (Order order : rig.resting.values()) {
            if (order.accountId() == account.id() && order.symbol() == symbol) {
                long value = order.isReduceOnly()
                        ? 0
                        : position.contract().notional(order.priceTicks(), order.remainingLots());
                bids += order.side().isBuy() ? value : 0;
                asks += order.side().isBuy() ? 0 : value;
                count++;
            }
        }
        assertEquals(count, position.openOrders());
        assertEquals(bids, position.bidNotional());
        assertEquals(asks, position.askNotional());
        assertTrue(position.isIsolated() || position.isolatedMargin() == 0, "isolated margin of a crossed position");
    }

    private void act(Account account, int symbol) throws VenueException {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> rest(account, symbol);
            case 3, 4 -> take(account, symbol);
            case 5, 6 -> fillResting();
            case 7 -> meet(account, symbol);
            case 8 -> cancel();
            case 9 -> amend();
            case 10, 11, 12 -> moveMark(symbol);
            case 13 -> {
                if (random.nextInt(20) == 0) {
                    rig.accounts.onFunding(symbol, random.nextInt(600_001) - 300_000, rig.markE8[symbol]);
                }
            }
            case 14 -> set(account, symbol);
            default -> transfer(account);
        }
    }

    private OrderRequest request(Account account, int symbol, Side side) {
        long mark = rig.lastTicks(symbol);
        long price = Math.max(1, mark + mark * (random.nextInt(401) - 200) / 20_000);
        long lots = 1 + random.nextInt(random.nextInt(4) == 0 ? 8_000 : 500) * (symbol == Rig.BTC ? 1L : 20L);
        long held = rig.accounts.positionLots(account.id(), symbol);
        boolean isReduceOnly = held != 0 && Side.of(-held) == side && random.nextInt(3) == 0;
        return OrderRequest.of(account.id(), symbol, side)
                .limit(isReduceOnly ? Math.min(lots, Math.abs(held)) : lots, price)
                .reduceOnly(isReduceOnly)
                .build();
    }

    private Order accept(Account account, int symbol, Side side) throws VenueException {
        OrderRequest request = request(account, symbol, side);
        rig.accounts.checkMargin(request, 0);
        taken++;
        Order order = rig.order(account, symbol, side, request.qtyLots(), request.priceTicks(), request.reduceOnly());
        rig.accounts.onNew(order);
        return order;
    }

    private Side side() {
        return random.nextInt(2) == 0 ? Side.BUY : Side.SELL;
    }

    private void rest(Account account, int symbol) throws VenueException {
        Order order = accept(account, symbol, side());
        rig.resting.put(order.orderId(), order);
        if (rig.resting.size() > 60) {
            cancel();
        }
    }

    private void take(Account account, int symbol) throws VenueException {
        Order order = accept(account, symbol, side());
        fillWith(order, null);
        if (order.isWorking()) {
            rig.cancel(order);
        }
    }

    /** The market takes some of a resting order. */
    private void fillResting() {
        Order order = anyResting();
        if (order != null && fits(order)) {
            fillWith(null, order);
        }
    }

    /** A client takes what another one, or the same, has resting. */
    private void meet(Account account, int symbol) throws VenueException {
        Order resting = anyResting();
        if (resting == null || resting.symbol() != symbol || !fits(resting)) {
            return;
        }
        Order order = accept(account, symbol, resting.side().opposite());
        if (fits(order)) {
            fillWith(order, resting);
        }
        if (order.isWorking()) {
            rig.cancel(order);
        }
    }

    private boolean fits(Order order) {
        long held = rig.accounts.positionLots(order.accountId(), order.symbol());
        return !order.isReduceOnly()
                || (held != 0 && Side.of(-held) == order.side() && Math.abs(held) >= order.remainingLots());
    }

    private void fillWith(Order taker, Order maker) {
        long most = Math.min(
                taker == null ? Long.MAX_VALUE : taker.remainingLots(),
                maker == null ? Long.MAX_VALUE : maker.remainingLots());
        long lots = random.nextInt(3) == 0 ? most : 1 + random.nextInt((int) most);
        rig.fill(taker, maker, lots, (maker == null ? taker : maker).priceTicks());
    }

    private Order anyResting() {
        if (rig.resting.isEmpty()) {
            return null;
        }
        return List.copyOf(rig.resting.values()).get(random.nextInt(rig.resting.size()));
    }

    private void cancel() {
        Order order = anyResting();
        if (order != null) {
            rig.cancel(order);
        }
    }

    private void amend() {
        Order order = anyResting();
        if (order != null && !order.isReduceOnly()) {
            long lots = order.executedLots() + 1 + random.nextInt(500);
            order.amend(lots, rig.lastTicks(order.symbol()), 0, rig.timeMs());
            rig.accounts.onAmended(order);
        }
    }

    /** Small steps, now and then a jump; never far from where it began. */
    private void moveMark(int symbol) {
        long origin = Money.parse(symbol == Rig.BTC ? "60000" : "3000");
        long reach = random.nextInt(100) == 0 ? 1_200 : 15;
        long mark = rig.markE8[symbol];
        long step = mark / 10_000 * (random.nextInt((int) (2 * reach + 1)) - reach) + random.nextInt(1000);
        rig.markE8[symbol] = Math.max(origin / 2, Math.min(origin * 2, mark + step + (origin - mark) / 200));
        rig.marketLots = random.nextInt(3) == 0 ? random.nextInt(400) : Long.MAX_VALUE;
        rig.marketTicks = random.nextInt(2) == 0 ? 0 : rig.lastTicks(symbol);
        rig.accounts.onMark(symbol);
    }

    private void set(Account account, int symbol) throws VenueException {
        AccountControls controls = rig.accounts.controls();
        switch (random.nextInt(4)) {
            case 0 -> controls.setLeverage(account, symbol, 1 + random.nextInt(130));
            case 1 -> controls.setMarginType(account, symbol, random.nextInt(2) == 0);
            default -> controls.changeMargin(account, symbol, random.nextInt(1_000_000_000), random.nextInt(2) == 0);
        }
    }

    private void transfer(Account account) throws VenueException {
        switch (random.nextInt(8)) {
            case 0, 1 -> rig.accounts.withdraw(account, random.nextInt(2_000_000_000));
            case 2 -> rig.accounts.endowInsuranceFund(random.nextInt(1_000_000_000));
            default -> rig.accounts.deposit(account, 1 + (long) random.nextInt(2_000_000_000) * 20);
        }
    }

    /** When everybody is flat, clearing has paid out exactly what it took. */
    private void closeAll(long seed) {
        while (!rig.resting.isEmpty()) {
            cancel();
        }
        for (Account account : clients) {
            for (int symbol = 0; symbol < 2; symbol++) {
                long lots = rig.accounts.positionLots(account.id(), symbol);
                if (lots != 0) {
                    Order order =
                            rig.order(account, symbol, Side.of(-lots), Math.abs(lots), rig.lastTicks(symbol), true);
                    rig.accounts.onNew(order);
                    rig.fill(order, null, Math.abs(lots), rig.lastTicks(symbol));
                }
            }
        }
        rig.accounts.verify();
        checkIncome(seed);
        Ledger ledger = rig.accounts.ledger();
        assertEquals(0, ledger.clearing().balance(), "clearing with everybody flat, seed " + seed);
        long held = clients.stream().mapToLong(Account::walletBalance).sum()
                + ledger.feePot().balance()
                + ledger.insuranceFund().balance()
                + ledger.market().balance();
        assertEquals(-ledger.outside().balance(), held, "what came in and did not go out, seed " + seed);
    }
}
