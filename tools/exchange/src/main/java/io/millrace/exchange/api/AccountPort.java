package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;
import java.util.List;

/**
 * What the account endpoints ask of the venue. All accounts have one asset, USDT.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> money and prices in 1e-8 of USDT, quantities in lots, epoch milliseconds.
 */
public interface AccountPort {
    /**
     * An account's money.
     *
     * @param wallet all of it, isolated positions included.
     * @param crossWallet what backs cross positions.
     * @param unrealized profit of all positions at the mark price.
     * @param crossUnrealized profit of the cross positions.
     * @param maintenance margin of all positions.
     * @param positionInitial initial margin of positions.
     * @param orderInitial initial margin of open orders.
     * @param available for new orders.
     * @param maxWithdraw what may be transferred out.
     * @param updateTimeMs when the wallet last changed.
     */
    record Balance(
            long wallet,
            long crossWallet,
            long unrealized,
            long crossUnrealized,
            long maintenance,
            long positionInitial,
            long orderInitial,
            long available,
            long maxWithdraw,
            long updateTimeMs) {}

    /**
     * A position, and what the account set for its contract.
     *
     * @param symbol index of the contract.
     * @param lots signed quantity, 0 if there is none.
     * @param entryPrice average price, 0 without a position.
     * @param breakEvenPrice price at which fees are earned back, 0 without a position.
     * @param markPrice of the contract.
     * @param unrealized profit at the mark price.
     * @param liquidationPrice 0 if there is none.
     * @param isIsolated whether it has a margin of its own.
     * @param isolatedMargin that margin with the unrealized profit, 0 for cross.
     * @param isolatedWallet that margin without it, 0 for cross.
     * @param notional signed value at the mark price.
     * @param maintenance margin.
     * @param positionInitial initial margin of the position.
     * @param orderInitial initial margin of open orders.
     * @param bidNotional value of open purchases.
     * @param askNotional value of open sales.
     * @param adl rank for deleveraging, 0 to 4.
     * @param leverage that the account chose.
     * @param maxNotional largest position at that leverage.
     * @param updateTimeMs when it last changed, 0 if never.
     */
    record Position(
            int symbol,
            long lots,
            long entryPrice,
            long breakEvenPrice,
            long markPrice,
            long unrealized,
            long liquidationPrice,
            boolean isIsolated,
            long isolatedMargin,
            long isolatedWallet,
            long notional,
            long maintenance,
            long positionInitial,
            long orderInitial,
            long bidNotional,
            long askNotional,
            int adl,
            int leverage,
            long maxNotional,
            long updateTimeMs) {}

    /**
     * A movement of an account's money.
     *
     * @param type as the venue names it: REALIZED_PNL, FUNDING_FEE, COMMISSION, TRANSFER, INSURANCE_CLEAR ….
     * @param symbol index of the contract, or {@link TradingPort#ALL} for none.
     * @param amount above 0 for money received.
     * @param info of the venue, often the same as the type.
     * @param timeMs when.
     * @param transactionId of the venue, unique by type and account.
     * @param tradeId of the trade it comes from, 0 for none.
     */
    record Income(String type, int symbol, long amount, String info, long timeMs, long transactionId, long tradeId) {}

    /**
     * A change of an isolated position's margin.
     *
     * @param symbol index of the contract.
     * @param isAdded whether margin was added; otherwise it was taken away.
     * @param amount above 0.
     * @param isByUser whether the client did it; otherwise it went with a trade.
     * @param timeMs when.
     */
    record MarginChange(int symbol, boolean isAdded, long amount, boolean isByUser, long timeMs) {}

    /** Returns an account's money. */
    Balance balance(int accountId);

    /**
     * Returns an account's position in one contract, without lots if it has none.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     */
    Position position(int accountId, int symbol);

    /** Returns the contracts in which an account has a position or open orders, by index. */
    List<Integer> activeSymbols(int accountId);

    /** Returns an account's fee tier, 0 or more. */
    int feeTier(int accountId);

    /** Says whether fees are paid at a discount. */
    boolean isFeeBurn(int accountId);

    /** Turns the discount on fees on or off. */
    void setFeeBurn(int accountId, boolean isOn);

    /** Says whether all assets back all positions. */
    boolean isMultiAssets(int accountId);

    /**
     * Chooses whether all assets back all positions.
     *
     * @throws VenueException -4171 if it is so already, or with the venue's reason.
     */
    void setMultiAssets(int accountId, boolean isOn) throws VenueException;

    /**
     * Chooses whether long and short positions are held apart.
     *
     * @throws VenueException -4059 if it is so already, or with the venue's reason.
     */
    void setHedgeMode(int accountId, boolean isOn) throws VenueException;

    /**
     * Chooses the leverage for a contract.
     *
     * @throws VenueException with the venue's reason.
     */
    void setLeverage(int accountId, int symbol, int leverage) throws VenueException;

    /**
     * Chooses isolated or cross margin for a contract.
     *
     * @throws VenueException -4046 if it is so already, or with the venue's reason.
     */
    void setIsolated(int accountId, int symbol, boolean isIsolated) throws VenueException;

    /**
     * Moves money between the wallet and an isolated position.
     *
     * @param amount above 0 to add, below 0 to take away.
     * @throws VenueException with the venue's reason.
     */
    void changeMargin(int accountId, int symbol, long amount) throws VenueException;

    /** Returns the changes of isolated margin, oldest first. */
    List<MarginChange> marginChanges(int accountId, int symbol);

    /** Returns the movements of an account's money, oldest first. */
    List<Income> income(int accountId);
}
