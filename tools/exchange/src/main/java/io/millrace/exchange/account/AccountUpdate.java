package io.millrace.exchange.account;

import java.util.List;

/**
 * What changed of an account, as the private stream tells it. Money at 1e-8 USDT.
 *
 * @param accountId of the account.
 * @param timeMs epoch milliseconds.
 * @param reason why.
 * @param walletBalance cross wallet and isolated margins.
 * @param crossWalletBalance cross wallet.
 * @param balanceChange change of the wallet that is neither profit nor commission.
 * @param positions the positions that changed, maybe none.
 * @param symbol contract of a funding, -1 otherwise.
 */
public record AccountUpdate(
        int accountId,
        long timeMs,
        UpdateReason reason,
        long walletBalance,
        long crossWalletBalance,
        long balanceChange,
        List<PositionState> positions,
        int symbol) {

    /** Copies the list. */
    public AccountUpdate {
        positions = List.copyOf(positions);
    }

    /**
     * A position at the moment of the change.
     *
     * @param symbol index of the contract.
     * @param lots signed quantity.
     * @param entryPriceE8 average entry, 0 if flat.
     * @param breakEvenPriceE8 entry with commissions, 0 if flat.
     * @param realizedPnl accumulated, commissions not taken off.
     * @param unrealizedPnl at the mark price.
     * @param isIsolated whether margin is isolated.
     * @param isolatedWallet isolated margin.
     * @param markPriceE8 mark price.
     * @param maintenanceMargin at the mark price.
     */
    public record PositionState(
            int symbol,
            long lots,
            long entryPriceE8,
            long breakEvenPriceE8,
            long realizedPnl,
            long unrealizedPnl,
            boolean isIsolated,
            long isolatedWallet,
            long markPriceE8,
            long maintenanceMargin) {

        static PositionState of(Position position, long markE8) {
            return new PositionState(
                    position.symbol(),
                    position.lots(),
                    position.entryPriceE8(),
                    position.breakEvenPriceE8(),
                    position.realizedPnl(),
                    position.unrealizedPnl(markE8),
                    position.isIsolated(),
                    position.isolatedMargin(),
                    markE8,
                    position.maintenanceMargin(markE8));
        }
    }
}
