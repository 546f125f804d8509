package io.millrace.exchange.account;

/**
 * An account's USDT as the account and balance endpoints show it, at the present mark prices; 1e-8 USDT.
 *
 * @param walletBalance cross wallet and isolated margins.
 * @param unrealizedProfit of all positions.
 * @param marginBalance both together.
 * @param maintMargin of all positions.
 * @param positionInitialMargin of all positions.
 * @param openOrderInitialMargin of all open orders.
 * @param crossWalletBalance cross wallet.
 * @param crossUnPnl unrealized profit of crossed positions.
 * @param availableBalance for new orders.
 * @param maxWithdrawAmount for withdrawals.
 * @param updateTimeMs last change, epoch milliseconds.
 */
public record BalanceView(
        long walletBalance,
        long unrealizedProfit,
        long marginBalance,
        long maintMargin,
        long positionInitialMargin,
        long openOrderInitialMargin,
        long crossWalletBalance,
        long crossUnPnl,
        long availableBalance,
        long maxWithdrawAmount,
        long updateTimeMs) {

    /** Returns the initial margin of positions and open orders. */
    public long initialMargin() {
        return positionInitialMargin + openOrderInitialMargin;
    }
}
