package io.millrace.exchange.userdata;

import java.util.List;

/**
 * Balances or positions changed: ACCOUNT_UPDATE. Holds only what changed.
 *
 * @param timeMs when, epoch milliseconds.
 * @param reason why.
 * @param symbol index of the contract that a funding fee was for ({@code S}), or {@link #NO_SYMBOL}.
 * @param balances that changed.
 * @param positions that changed.
 */
public record AccountUpdate(long timeMs, Reason reason, int symbol, List<Balance> balances, List<Position> positions)
        implements PrivateEvent {
    /** The update is about no single contract: {@code S} is not sent. */
    public static final int NO_SYMBOL = -1;

    /** Why balances or positions changed. */
    public enum Reason {
        /** Money came from outside. */
        DEPOSIT,
        /** Money left. */
        WITHDRAW,
        /** An order was filled. */
        ORDER,
        /** Funding was paid or received. */
        FUNDING_FEE,
        /** A withdrawal was refused. */
        WITHDRAW_REJECT,
        /** The venue put something right. */
        ADJUSTMENT,
        /** The insurance fund took over. */
        INSURANCE_CLEAR,
        /** The venue gave. */
        ADMIN_DEPOSIT,
        /** The venue took. */
        ADMIN_WITHDRAW,
        /** Margin of an isolated position was changed. */
        MARGIN_TRANSFER,
        /** Cross became isolated, or the reverse. */
        MARGIN_TYPE_CHANGE,
        /** Money moved between the client's wallets. */
        ASSET_TRANSFER,
        /** One asset was changed into another to cover a debt. */
        AUTO_EXCHANGE
    }

    /**
     * A balance as it is now; amounts in 1e-8 of the asset.
     *
     * @param asset its name.
     * @param wallet whole wallet.
     * @param crossWallet wallet without what isolated positions hold.
     * @param change since the last update, without profit and commission.
     */
    public record Balance(String asset, long wallet, long crossWallet, long change) {}

    /**
     * A position as it is now; amounts in 1e-8 of the margin asset, prices in 1e-8 of the quote asset.
     *
     * @param symbol index.
     * @param lots signed, below 0 for a short position, 0 for none.
     * @param entryPrice average; 0 without a position.
     * @param breakEvenPrice with fees; 0 without a position.
     * @param realized profit accumulated before fees.
     * @param unrealized profit at the mark price.
     * @param isIsolated whether its margin is its own.
     * @param isolatedWallet its own wallet; 0 for a cross position.
     */
    public record Position(
            int symbol,
            long lots,
            long entryPrice,
            long breakEvenPrice,
            long realized,
            long unrealized,
            boolean isIsolated,
            long isolatedWallet) {}

    /** Copies the lists. */
    public AccountUpdate {
        balances = List.copyOf(balances);
        positions = List.copyOf(positions);
    }

    @Override
    public PrivateEventType kind() {
        return PrivateEventType.ACCOUNT_UPDATE;
    }
}
