package io.millrace.exchange.account;

import java.math.RoundingMode;

/**
 * What an account has in one contract: the position, the settings it trades with, and the sums of its open orders.
 *
 * <p>The cost of a position is kept exactly, as the value of the fills that opened it, with the sign of the position; entry
 * price is cost over quantity. A partial close releases cost in proportion, rounded half even; what rounding leaves stays in
 * the cost, so that over the life of a position realized profit is exactly what was received less what was paid.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> money and prices at 1e-8.
 */
public final class Position {
    /** Leverage of an account that has never changed it. */
    public static final int DEFAULT_LEVERAGE = 20;

    private final Contract contract;
    private final Wallet isolatedWallet;
    private long lots;
    private long cost;
    private long openFees;
    private long realizedPnl;
    private long updateTimeMs;
    private int leverage;
    private boolean isIsolated;
    private boolean isMarginCalled;

    int openOrders;
    long bidNotional;
    long askNotional;

    Position(Contract contract, Wallet isolatedWallet) {
        this.contract = contract;
        this.isolatedWallet = isolatedWallet;
        this.leverage = Math.min(DEFAULT_LEVERAGE, contract.rules().brackets().maxLeverage());
    }

    /** Returns the index of the symbol. */
    public int symbol() {
        return contract.symbol();
    }

    /** Returns the contract. */
    public Contract contract() {
        return contract;
    }

    /** Returns the quantity in lots, below 0 if short. */
    public long lots() {
        return lots;
    }

    /** Returns what the position has cost, with its sign. */
    public long cost() {
        return cost;
    }

    /** Returns the average price of entry, 0 if flat; rounded half even. */
    public long entryPriceE8() {
        return lots == 0 ? 0 : contract.averagePriceE8(cost, lots);
    }

    /**
     * Returns the price at which closing would bring back what was paid for opening, commissions included; 0 if flat. Rounded
     * half even.
     */
    public long breakEvenPriceE8() {
        return lots == 0 ? 0 : Math.max(0, contract.averagePriceE8(cost + openFees, lots));
    }

    /** Returns the profit realized since the account began, commissions not taken off. */
    public long realizedPnl() {
        return realizedPnl;
    }

    /** Returns when position or margin changed last, epoch milliseconds; 0 if never. */
    public long updateTimeMs() {
        return updateTimeMs;
    }

    /** Returns the initial leverage. */
    public int leverage() {
        return leverage;
    }

    /** Returns whether margin is isolated; else it is shared with the account's other crossed positions. */
    public boolean isIsolated() {
        return isIsolated;
    }

    /** Returns the margin of an isolated position; 0 when crossed or flat. */
    public long isolatedMargin() {
        return isolatedWallet.balance();
    }

    /** Returns the number of open orders in the symbol, reduce-only ones too. */
    public int openOrders() {
        return openOrders;
    }

    /** Returns the value of open buy orders at their prices, without reduce-only ones. */
    public long bidNotional() {
        return bidNotional;
    }

    /** Returns the value of open sell orders at their prices, without reduce-only ones. */
    public long askNotional() {
        return askNotional;
    }

    /**
     * Returns the position's value with its sign, rounded half even.
     *
     * @param markE8 mark price.
     */
    public long notional(long markE8) {
        return contract.value(markE8, lots);
    }

    /**
     * Returns the profit that closing at the mark price would realize.
     *
     * @param markE8 mark price.
     */
    public long unrealizedPnl(long markE8) {
        return notional(markE8) - cost;
    }

    /**
     * Returns the margin below which the position is liquidated.
     *
     * @param markE8 mark price.
     */
    public long maintenanceMargin(long markE8) {
        return contract.maintenanceMargin(Math.abs(notional(markE8)));
    }

    /**
     * Returns the margin that the position itself needs at its leverage, rounded up.
     *
     * @param markE8 mark price.
     */
    public long initialMargin(long markE8) {
        return atLeverage(Math.abs(notional(markE8)));
    }

    /**
     * Returns the margin that open orders need on top of the position's: the greater of what the position would be with all
     * buys or all sells filled, less what it is.
     *
     * @param markE8 mark price.
     */
    public long openOrderMargin(long markE8) {
        return openOrderMargin(markE8, bidNotional, askNotional);
    }

    long openOrderMargin(long markE8, long bids, long asks) {
        long present = notional(markE8);
        long most = Math.max(Math.abs(present + bids), Math.abs(present - asks));
        return Math.max(0, atLeverage(most) - atLeverage(Math.abs(present)));
    }

    /** Returns the margin for a value at the position's leverage, rounded up. */
    long atLeverage(long notional) {
        return Money.mulDiv(notional, 1, leverage, RoundingMode.CEILING);
    }

    Wallet isolatedWallet() {
        return isolatedWallet;
    }

    boolean isMarginCalled() {
        return isMarginCalled;
    }

    void marginCalled(boolean isCalled) {
        isMarginCalled = isCalled;
    }

    void leverage(int value) {
        leverage = value;
    }

    void isolated(boolean isTrue) {
        isIsolated = isTrue;
    }

    void touch(long timeMs) {
        updateTimeMs = timeMs;
    }

    /**
     * Adds a fill.
     *
     * @param fillLots above 0 bought, below 0 sold.
     * @param value of the fill, with its sign.
     * @return the profit it realizes; 0 if it only opens.
     */
    long fill(long fillLots, long value) {
        long closing = closingLots(fillLots);
        long realized = 0;
        long opening = value;
        if (closing != 0) {
            // A fill that turns the position over is split in proportion.
            long closingValue = closing == fillLots ? value : proportion(value, closing, fillLots);
            long released = closing == -lots ? cost : proportion(cost, closing, -lots);
            openFees -= closing == -lots ? openFees : proportion(openFees, closing, -lots);
            realized = -closingValue - released;
            cost -= released;
            opening -= closingValue;
        }
        lots += fillLots;
        cost += opening;
        realizedPnl += realized;
        return realized;
    }

    /** Returns the part of a fill, with its sign, that closes what is there. */
    long closingLots(long fillLots) {
        if (lots == 0 || lots > 0 == fillLots > 0) {
            return 0;
        }
        return fillLots > 0 ? Math.min(fillLots, -lots) : Math.max(fillLots, -lots);
    }

    /** Adds to the break-even price what was paid for opening. */
    void addOpenFee(long fee) {
        openFees += fee;
    }

    static long proportion(long amount, long part, long whole) {
        return Money.mulDiv(amount, Math.abs(part), Math.abs(whole), RoundingMode.HALF_EVEN);
    }
}
