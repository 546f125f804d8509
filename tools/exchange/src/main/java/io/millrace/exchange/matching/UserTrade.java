package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.Trade;

/**
 * One side of a trade as its account sees it: a row of userTrades. What it cost and earned is added once by whoever keeps the
 * accounts.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class UserTrade {
    private final Trade trade;
    private final Order order;
    private final boolean isMaker;
    private long commission;
    private long realizedPnl;

    /**
     * Makes a side of a trade, without its money yet.
     *
     * @param trade both sides have.
     * @param order the account's.
     * @param isMaker whether it was resting.
     */
    public UserTrade(Trade trade, Order order, boolean isMaker) {
        this.trade = trade;
        this.order = order;
        this.isMaker = isMaker;
    }

    /**
     * Adds what the accounts made of it.
     *
     * @param paidCommission fee in 1e-8 of the quote asset; below 0 for a rebate.
     * @param earnedPnl realized profit before the fee in 1e-8 of the quote asset.
     */
    public void settle(long paidCommission, long earnedPnl) {
        commission = paidCommission;
        realizedPnl = earnedPnl;
    }

    /** Returns the trade. */
    public Trade trade() {
        return trade;
    }

    /** Returns the account's order. */
    public Order order() {
        return order;
    }

    /** Says whether the account's order was resting. */
    public boolean isMaker() {
        return isMaker;
    }

    /** Returns the fee in 1e-8 of the quote asset. */
    public long commission() {
        return commission;
    }

    /** Returns the realized profit before the fee in 1e-8 of the quote asset. */
    public long realizedPnl() {
        return realizedPnl;
    }
}
