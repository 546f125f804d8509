package io.millrace.exchange.account;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BracketTable;
import java.util.List;

/**
 * What a client changes of its account: leverage, margin type, isolated margin, modes.
 *
 * <p>Hedge mode and multi-assets mode do not exist here: switching them on is refused with -4084, after the venue's own
 * refusals about open orders and positions; switching off what is off gets the venue's -4059 and -4171.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
public final class AccountControls {
    private final Books books;

    AccountControls(Books books) {
        this.books = books;
    }

    /**
     * Sets the leverage in a contract.
     *
     * @param account whose.
     * @param symbol index of the contract.
     * @param leverage 1 to 125.
     * @return the largest notional that it allows.
     * @throws VenueException -4028 outside what the contract allows, -4161 for less with an isolated position, -2027 if position
     *     and orders are too large for it, -2028 if less leverage needs more margin than is available.
     */
    public long setLeverage(Account account, int symbol, int leverage) throws VenueException {
        Position position = account.position(symbol);
        BracketTable brackets = position.contract().rules().brackets();
        if (leverage < 1 || leverage > brackets.maxLeverage()) {
            throw AccountErrors.invalidLeverage(leverage);
        }
        int old = position.leverage();
        if (leverage < old && position.isIsolated() && position.lots() != 0) {
            throw AccountErrors.leverageReductionIsolated();
        }
        Margin margin = books.margin();
        long exposure =
                Margin.exposure(position, margin.markE8(position), position.bidNotional(), position.askNotional());
        if (exposure > brackets.maxNotionalE8(leverage)) {
            throw Errors.overPositionLimit();
        }
        position.leverage(leverage);
        if (leverage < old && exposure != 0 && margin.unbounded(account) < 0) {
            position.leverage(old);
            throw Errors.leverageTooSmall();
        }
        if (leverage != old) {
            books.listener().onLeverage(account.id(), symbol, leverage, books.timeMs());
        }
        return brackets.maxNotionalE8(leverage);
    }

    /**
     * Makes a contract's margin isolated or crossed.
     *
     * @param account whose.
     * @param symbol index of the contract.
     * @param isIsolated which.
     * @throws VenueException -4046 if it is so already, -4047 with open orders, -4048 with a position.
     */
    public void setMarginType(Account account, int symbol, boolean isIsolated) throws VenueException {
        Position position = account.position(symbol);
        if (position.isIsolated() == isIsolated) {
            throw Errors.sameMarginType();
        }
        if (position.openOrders() != 0) {
            throw AccountErrors.marginTypeWithOrders();
        }
        if (position.lots() != 0) {
            throw AccountErrors.marginTypeWithPosition();
        }
        position.isolated(isIsolated);
        books.update(account, UpdateReason.MARGIN_TYPE_CHANGE, 0, List.of(position));
    }

    /**
     * Adds margin to an isolated position or takes some away.
     *
     * @param account whose.
     * @param symbol index of the contract.
     * @param amount above 0.
     * @param isAdded whether it is added.
     * @throws VenueException -4055 unless the amount is above 0, -4049 if crossed, -4054 without a position, -4050 if the cross
     *     wallet has less, -4051 if the position would be left with less than its initial margin.
     */
    public void changeMargin(Account account, int symbol, long amount, boolean isAdded) throws VenueException {
        Position position = account.position(symbol);
        if (amount <= 0) {
            throw AccountErrors.amountNotPositive();
        }
        if (!position.isIsolated()) {
            throw AccountErrors.marginNotIsolated();
        }
        if (position.lots() == 0) {
            throw AccountErrors.marginWithoutPosition();
        }
        Margin margin = books.margin();
        if (isAdded && amount > margin.maxWithdrawAmount(account)) {
            throw AccountErrors.crossBalanceInsufficient();
        }
        if (!isAdded && amount > margin.removableMargin(position)) {
            throw AccountErrors.isolatedBalanceInsufficient();
        }
        long signed = isAdded ? amount : -amount;
        books.ledger().transfer(account.crossWallet(), position.isolatedWallet(), signed);
        position.touch(books.timeMs());
        account.add(new MarginChange(symbol, isAdded, amount, books.timeMs()));
        books.update(account, UpdateReason.MARGIN_TRANSFER, 0, List.of(position));
    }

    /**
     * Changes the position mode, which is one-way and stays so.
     *
     * @param account whose.
     * @param isHedge whether hedge mode is wanted.
     * @throws VenueException always: -4059 for one-way, -4067 or -4068 with open orders or a position, else -4084.
     */
    public void setHedgeMode(Account account, boolean isHedge) throws VenueException {
        if (!isHedge) {
            throw Errors.samePositionSide();
        }
        for (Position position : account.positions()) {
            if (position.openOrders() != 0) {
                throw AccountErrors.modeWithOrders();
            }
            if (position.lots() != 0) {
                throw AccountErrors.modeWithPosition();
            }
        }
        throw AccountErrors.notAllowed();
    }

    /**
     * Changes multi-assets mode, which is off and stays so.
     *
     * @param isMultiAssets whether it is wanted.
     * @throws VenueException always: -4171 for off, -4084 for on.
     */
    @SuppressWarnings("DoNotCallSuggester") // an endpoint of the venue calls it
    public void setMultiAssets(boolean isMultiAssets) throws VenueException {
        throw isMultiAssets ? AccountErrors.notAllowed() : AccountErrors.sameAssetsMode();
    }

    /**
     * Refuses what only hedge mode has.
     *
     * @param positionSide BOTH, LONG or SHORT as the request says; null counts as BOTH.
     * @throws VenueException -4061 for LONG and SHORT; -4060 for anything else.
     */
    public static void checkPositionSide(String positionSide) throws VenueException {
        if (positionSide == null || positionSide.equals("BOTH")) {
            return;
        }
        if (positionSide.equals("LONG") || positionSide.equals("SHORT")) {
            throw Errors.positionSideMismatch();
        }
        throw Errors.of(-4060, "Invalid position side.", 400);
    }
}
