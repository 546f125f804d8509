package io.millrace.exchange.account;

import io.millrace.exchange.venue.FeeTier;
import java.util.ArrayList;
import java.util.List;

/**
 * One client's account: a cross wallet in USDT, positions with their settings, fees and history. One-way mode, single-asset
 * mode.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
public final class Account {
    private final int id;
    private final String alias;
    private final Ledger ledger;
    private final List<Contract> contracts;
    private final Wallet crossWallet;
    private final Position[] positions;
    private final FeeTier[] ownFees;
    private final IncomeHistory incomes = new IncomeHistory();
    private final List<MarginChange> marginChanges = new ArrayList<>();
    private final List<Fill> forcedFills = new ArrayList<>();
    private int feeTier;
    private boolean canTrade = true;
    private boolean isFeeBurn;
    private boolean isInLiquidation;
    private boolean isMarginCalled;
    private long updateTimeMs;

    Account(int id, String alias, Ledger ledger, List<Contract> contracts) {
        this.id = id;
        this.alias = alias;
        this.ledger = ledger;
        this.contracts = contracts;
        this.crossWallet = ledger.open(alias + ".cross");
        this.positions = new Position[contracts.size()];
        this.ownFees = new FeeTier[contracts.size()];
    }

    /** Returns the id that orders carry, from 0 on. */
    public int id() {
        return id;
    }

    /** Returns the name that the balance endpoint shows. */
    public String alias() {
        return alias;
    }

    /** Returns the tier of fees. */
    public int feeTier() {
        return feeTier;
    }

    /** Sets the tier of fees, 0 or more. */
    public void feeTier(int tier) {
        if (tier < 0) {
            throw new IllegalArgumentException("feeTier=" + tier + " of " + alias + " is below 0");
        }
        feeTier = tier;
    }

    /** Says whether the account may place orders at all. */
    public boolean canTrade() {
        return canTrade;
    }

    /** Lets the account place orders, or not. */
    public void canTrade(boolean isAllowed) {
        canTrade = isAllowed;
    }

    /** Says whether fees should be paid in BNB; has no effect while there is no BNB, and there is none here. */
    public boolean isFeeBurn() {
        return isFeeBurn;
    }

    /** Sets whether fees should be paid in BNB. */
    public void feeBurn(boolean isOn) {
        isFeeBurn = isOn;
    }

    /** Says whether the venue is liquidating the account at this moment. */
    public boolean isInLiquidation() {
        return isInLiquidation;
    }

    /** Returns the cross wallet: everything but the margin of isolated positions. */
    public long crossWalletBalance() {
        return crossWallet.balance();
    }

    /** Returns the cross wallet and the margin of isolated positions. */
    public long walletBalance() {
        long sum = crossWallet.balance();
        for (Position position : positions) {
            sum += position == null ? 0 : position.isolatedMargin();
        }
        return sum;
    }

    /** Returns when money or a position last changed, epoch milliseconds; 0 if never. */
    public long updateTimeMs() {
        return updateTimeMs;
    }

    /**
     * Returns the position in a contract, which may be flat.
     *
     * @param symbol index of the contract.
     */
    public Position position(int symbol) {
        Position position = positions[symbol];
        if (position == null) {
            Contract contract = contracts.get(symbol);
            position = new Position(contract, ledger.open(alias + '.' + contract.name()));
            positions[symbol] = position;
        }
        return position;
    }

    /** Returns the positions that have ever been asked for, by symbol index; some may be flat. */
    public List<Position> positions() {
        List<Position> known = new ArrayList<>();
        for (Position position : positions) {
            if (position != null) {
                known.add(position);
            }
        }
        return known;
    }

    /**
     * Returns the rates of commission in a contract: the account's own if set, else those of its tier.
     *
     * @param symbol index of the contract.
     */
    public FeeTier fees(int symbol) {
        FeeTier own = ownFees[symbol];
        return own != null ? own : contracts.get(symbol).rules().fee(feeTier);
    }

    /**
     * Gives the account its own rates in a contract.
     *
     * @param symbol index of the contract.
     * @param fees the rates, or null for those of the tier.
     */
    public void fees(int symbol, FeeTier fees) {
        ownFees[symbol] = fees;
    }

    /** Returns what came in and went out. */
    public IncomeHistory incomes() {
        return incomes;
    }

    /** Returns the changes of isolated margin by request, oldest first. */
    public List<MarginChange> marginChanges() {
        return List.copyOf(marginChanges);
    }

    /** Returns the fills of liquidations and deleveraging, oldest first. */
    public List<Fill> forcedFills() {
        return List.copyOf(forcedFills);
    }

    Wallet crossWallet() {
        return crossWallet;
    }

    /** Returns the position in a contract, or null if it was never used. */
    Position positionOrNull(int symbol) {
        return positions[symbol];
    }

    void inLiquidation(boolean isTrue) {
        isInLiquidation = isTrue;
    }

    boolean isMarginCalled() {
        return isMarginCalled;
    }

    void marginCalled(boolean isCalled) {
        isMarginCalled = isCalled;
    }

    void touch(long timeMs) {
        updateTimeMs = timeMs;
    }

    void add(MarginChange change) {
        marginChanges.add(change);
    }

    void addForced(Fill fill) {
        forcedFills.add(fill);
    }
}
