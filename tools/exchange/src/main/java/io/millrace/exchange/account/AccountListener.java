package io.millrace.exchange.account;

import io.millrace.exchange.account.AccountUpdate.PositionState;
import java.util.List;

/**
 * Hears what happens to accounts, in order; the source of the private stream's events about money. For a fill {@link #onFill} comes
 * first, with everything booked, then its {@link #onAccountUpdate}.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface AccountListener {
    /** Hears nothing. */
    AccountListener NONE = new AccountListener() {};

    /** A client's side of a trade was booked; also those of liquidation and deleveraging. */
    default void onFill(Fill fill) {}

    /** Money or a position changed. */
    default void onAccountUpdate(AccountUpdate update) {}

    /**
     * Leverage was changed.
     *
     * @param accountId of the account.
     * @param symbol index of the contract.
     * @param leverage new leverage.
     * @param timeMs epoch milliseconds.
     */
    default void onLeverage(int accountId, int symbol, int leverage, long timeMs) {}

    /**
     * Positions come close to liquidation: maintenance margin has reached 80 % of the margin balance.
     *
     * @param accountId of the account.
     * @param crossWalletBalance cross wallet, at 1e-8 USDT.
     * @param positions all crossed ones, or the isolated one.
     * @param timeMs epoch milliseconds.
     */
    default void onMarginCall(int accountId, long crossWalletBalance, List<PositionState> positions, long timeMs) {}
}
