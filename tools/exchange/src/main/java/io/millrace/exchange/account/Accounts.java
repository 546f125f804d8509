package io.millrace.exchange.account;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueClock;
import java.math.RoundingMode;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All accounts of the exchange: the door of the package. Matching tells it what becomes of orders and asks it about margin, the
 * market tells it mark prices and funding, a listener hears what changed.
 *
 * <p>Wire it so: construct, {@link #liquidateThrough}, {@link #listener}, {@link #open} accounts, {@link #deposit}; then forward
 * every order event, and after every new mark price {@link #onMark}.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> money, prices and rates at 1e-8.
 */
public final class Accounts implements RiskPort, OrderEvents {
    private final Books books;
    private final TradeBooker booker;
    private final OpenOrders openOrders;
    private final AccountControls controls;
    private final FundingSettlement funding;
    private final AdlQueue adlQueue;
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private Liquidator liquidator;

    /**
     * Opens the books without accounts.
     *
     * @param rules of the contracts, by symbol index.
     * @param prices present prices.
     * @param clock the venue's time.
     */
    public Accounts(List<ContractRules> rules, PricePort prices, VenueClock clock) {
        books = new Books(rules, prices, clock);
        booker = new TradeBooker(books);
        openOrders = new OpenOrders(books);
        controls = new AccountControls(books);
        funding = new FundingSettlement(books);
        adlQueue = new AdlQueue(books);
    }

    /**
     * Gives liquidation its hands. Without it nothing is liquidated.
     *
     * @param port matching and the venue.
     */
    public void liquidateThrough(LiquidationPort port) {
        liquidator = new Liquidator(books, booker, adlQueue, port);
    }

    /**
     * Sets who hears what happens.
     *
     * @param listener one for all accounts.
     */
    public void listener(AccountListener listener) {
        books.listener(listener);
    }

    /**
     * Opens an account.
     *
     * @param alias name for the balance endpoint and for messages.
     * @return the account, whose ids count from 0.
     */
    public Account open(String alias) {
        return books.open(alias);
    }

    /**
     * Registers a key that signs with a shared secret.
     *
     * @param account whose.
     * @param key what requests carry; not in use yet.
     * @param secret shared secret.
     * @param canTrade whether it may trade; every key may read.
     */
    public ApiKey addHmacKey(Account account, String key, String secret, boolean canTrade) {
        return register(ApiKey.hmac(key, account.id(), secret).withPermissions(true, canTrade));
    }

    /**
     * Registers an Ed25519 or RSA key.
     *
     * @param account whose.
     * @param key what requests carry; not in use yet.
     * @param publicKey see {@link ApiKey#parsePublicKey}.
     * @param canTrade whether it may trade; every key may read.
     */
    public ApiKey addPublicKey(Account account, String key, PublicKey publicKey, boolean canTrade) {
        return register(ApiKey.asymmetric(key, account.id(), publicKey).withPermissions(true, canTrade));
    }

    /**
     * Withdraws a key.
     *
     * @param key what requests carry.
     * @return whether it was registered.
     */
    public boolean removeKey(String key) {
        return keys.remove(key) != null;
    }

    /**
     * Returns a key.
     *
     * @param key what a request carries.
     * @return null if it is not registered.
     */
    public ApiKey key(String key) {
        return keys.get(key);
    }

    /** Returns the accounts by id. */
    public List<Account> all() {
        return List.copyOf(books.accounts());
    }

    /**
     * Returns an account.
     *
     * @param accountId 0 to the number of accounts, exclusive.
     */
    public Account account(int accountId) {
        return books.account(accountId);
    }

    /** Returns the changes that clients make to their accounts. */
    public AccountControls controls() {
        return controls;
    }

    /** Returns the margin of accounts at present mark prices. */
    public Margin margin() {
        return books.margin();
    }

    /** Returns all the money. */
    public Ledger ledger() {
        return books.ledger();
    }

    /** Returns the contract of a symbol index. */
    public Contract contract(int symbol) {
        return books.contracts().get(symbol);
    }

    /**
     * Puts other rules in force: brackets, fees, liquidation fee. Grid changes are for contracts without positions and orders.
     *
     * @param symbol index of the contract.
     * @param rules new rules.
     */
    public void rules(int symbol, ContractRules rules) {
        books.contracts().get(symbol).rules(rules);
    }

    /**
     * Brings money in.
     *
     * @param account whose.
     * @param amount above 0.
     */
    public void deposit(Account account, long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException(
                    "deposit of " + Money.toText(amount) + " to " + account.alias() + " must be above 0");
        }
        move(account, amount, UpdateReason.DEPOSIT);
    }

    /**
     * Takes money out.
     *
     * @param account whose.
     * @param amount above 0.
     * @throws VenueException -4055 unless above 0, -2018 if the account cannot spare it.
     */
    public void withdraw(Account account, long amount) throws VenueException {
        if (amount <= 0) {
            throw AccountErrors.amountNotPositive();
        }
        if (amount > books.margin().maxWithdrawAmount(account)) {
            throw Errors.balanceInsufficient();
        }
        move(account, -amount, UpdateReason.WITHDRAW);
    }

    /**
     * Brings money into the insurance fund.
     *
     * @param amount 0 or more.
     */
    public void endowInsuranceFund(long amount) {
        books.ledger().transfer(books.ledger().outside(), books.ledger().insuranceFund(), amount);
    }

    // --- what matching asks and tells

    @Override
    public void checkMargin(OrderRequest request, long referencePriceTicks) throws VenueException {
        check(request, request.priceTicks() > 0 ? request.priceTicks() : referencePriceTicks, 0);
    }

    @Override
    public void checkAmend(Order order, long qtyLots, long priceTicks) throws VenueException {
        long remainingLots = Math.max(0, qtyLots - order.executedLots());
        OrderRequest amended =
                order.request().toBuilder().qtyLots(remainingLots).build();
        check(amended, priceTicks, openOrders.valueOf(order.orderId()));
    }

    private void check(OrderRequest request, long priceTicks, long replaced) throws VenueException {
        Account account = books.account(request.accountId());
        if (account.isInLiquidation()) {
            throw Errors.inLiquidation();
        }
        if (!account.canTrade()) {
            throw AccountErrors.cannotTrade();
        }
        if (!request.reduceOnly() && !request.closePosition()) {
            books.margin().check(account, request, priceTicks, replaced);
        }
    }

    @Override
    public long positionLots(int accountId, int symbol) {
        Position position = books.account(accountId).positionOrNull(symbol);
        return position == null ? 0 : position.lots();
    }

    @Override
    public void onNew(Order order) {
        openOrders.sync(order);
    }

    @Override
    public void onTrade(Trade trade) {
        // Orders first: the events of the fill show the open orders without what is filled.
        if (trade.maker() != null) {
            openOrders.sync(trade.maker());
        }
        if (trade.taker() != null) {
            openOrders.sync(trade.taker());
        }
        booker.book(trade);
        coverDebt(trade.maker());
        coverDebt(trade.taker());
    }

    /** A client that closed at a price beyond its margin owes nothing afterwards: the insurance fund pays. */
    private void coverDebt(Order order) {
        if (order != null && liquidator != null) {
            liquidator.coverDebt(books.account(order.accountId()));
        }
    }

    @Override
    public void onAmended(Order order) {
        openOrders.sync(order);
    }

    @Override
    public void onCanceled(Order order) {
        openOrders.sync(order);
    }

    @Override
    public void onExpired(Order order) {
        openOrders.sync(order);
    }

    // --- what the market tells

    /**
     * A contract has a new mark price, which {@link PricePort} tells already: margin calls and liquidations.
     *
     * @param symbol index of the contract.
     */
    public void onMark(int symbol) {
        if (liquidator != null) {
            liquidator.onMark(symbol);
        }
    }

    /**
     * Closes all positions in a contract that ends, without fee. Its open orders have ended before. Needs {@link
     * #liquidateThrough}.
     *
     * @param symbol index of the contract.
     * @param priceE8 final price, rounded half even to the tick.
     */
    public void settleContract(int symbol, long priceE8) {
        liquidator.settleContract(symbol, Math.max(1, contract(symbol).ticks(priceE8, RoundingMode.HALF_EVEN)));
    }

    /**
     * Settles funding of a contract.
     *
     * @param symbol index of the contract.
     * @param rateE8 the rate; above 0 longs pay.
     * @param markE8 mark price of the settlement.
     */
    public void onFunding(int symbol, long rateE8, long markE8) {
        funding.settle(symbol, rateE8, markE8);
    }

    // --- views

    /**
     * Returns an account's money.
     *
     * @param account whose.
     */
    public BalanceView balance(Account account) {
        Margin margin = books.margin();
        long wallet = account.walletBalance();
        long unrealized = margin.unrealizedPnl(account);
        return new BalanceView(
                wallet,
                unrealized,
                wallet + unrealized,
                margin.maintenanceMargin(account),
                margin.positionInitialMargin(account),
                margin.openOrderInitialMargin(account),
                account.crossWalletBalance(),
                margin.crossUnrealizedPnl(account),
                margin.availableBalance(account),
                margin.maxWithdrawAmount(account),
                account.updateTimeMs());
    }

    /**
     * Returns a position.
     *
     * @param account whose.
     * @param symbol index of the contract.
     */
    public PositionView position(Account account, int symbol) {
        Position position = account.position(symbol);
        long markE8 = books.margin().markE8(position);
        long unrealized = position.unrealizedPnl(markE8);
        boolean isIsolated = position.isIsolated() && position.lots() != 0;
        return new PositionView(
                position,
                markE8,
                position.notional(markE8),
                unrealized,
                books.margin().liquidationPriceE8(account, position),
                isIsolated ? position.isolatedMargin() + unrealized : 0,
                isIsolated ? position.isolatedMargin() : 0,
                position.initialMargin(markE8),
                position.openOrderMargin(markE8),
                position.maintenanceMargin(markE8),
                adlQueue.quantile(account, position),
                position.contract().rules().brackets().maxNotionalE8(position.leverage()));
    }

    /**
     * Adds everything up: the ledger sums to zero, quantities of every contract sum to zero, and clearing holds what the open
     * positions have cost.
     *
     * @throws IllegalStateException naming what does not.
     */
    public void verify() {
        books.ledger().verify();
        long cost = 0;
        for (Contract contract : books.contracts()) {
            Position market = booker.marketPosition(contract.symbol());
            long lots = market.lots();
            cost += market.cost();
            for (Account account : books.accounts()) {
                Position position = account.positionOrNull(contract.symbol());
                lots += position == null ? 0 : position.lots();
                cost += position == null ? 0 : position.cost();
            }
            if (lots != 0) {
                throw new IllegalStateException("positions in " + contract.name() + " sum to " + lots + " lots, not 0");
            }
        }
        if (cost + books.ledger().clearing().balance() != 0) {
            throw new IllegalStateException("clearing holds "
                    + books.ledger().clearing().balance() + " x 1e-8, but open positions have cost " + cost);
        }
    }

    private ApiKey register(ApiKey key) {
        if (keys.putIfAbsent(key.key(), key) != null) {
            throw new IllegalArgumentException("API key '" + key.key() + "' is registered already, choose another");
        }
        return key;
    }

    private void move(Account account, long amount, UpdateReason reason) {
        Ledger ledger = books.ledger();
        ledger.transfer(ledger.outside(), account.crossWallet(), amount);
        books.income(account, -1, IncomeType.TRANSFER, amount, 0);
        books.update(account, reason, amount, List.of());
    }
}
