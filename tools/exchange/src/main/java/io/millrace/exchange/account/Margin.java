package io.millrace.exchange.account;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.VenueException;

/**
 * Margin of accounts at the present mark prices. Nothing is cached: every figure is computed from wallets, positions and open
 * orders when it is asked for.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
public final class Margin {
    private final PricePort prices;

    Margin(PricePort prices) {
        this.prices = prices;
    }

    /** Sums over some positions of an account. */
    private interface Figure {
        long of(Position position, long markE8);
    }

    /**
     * Returns the mark price.
     *
     * @param position names the contract.
     * @return price at 1e-8; the last price before there is a mark price.
     */
    public long markE8(Position position) {
        long markE8 = prices.markPrice(position.symbol());
        return markE8 > 0 ? markE8 : position.contract().priceE8(prices.lastTicks(position.symbol()));
    }

    /**
     * Returns the unrealized profit of the crossed positions.
     *
     * @param account whose.
     */
    public long crossUnrealizedPnl(Account account) {
        return sum(account, false, Position::unrealizedPnl);
    }

    /**
     * Returns the cross wallet and the unrealized profit of the crossed positions.
     *
     * @param account whose.
     */
    public long crossMarginBalance(Account account) {
        return Math.addExact(account.crossWalletBalance(), crossUnrealizedPnl(account));
    }

    /**
     * Returns the maintenance margin of the crossed positions.
     *
     * @param account whose.
     */
    public long crossMaintenanceMargin(Account account) {
        return sum(account, false, Position::maintenanceMargin);
    }

    /**
     * Returns the unrealized profit of all positions.
     *
     * @param account whose.
     */
    public long unrealizedPnl(Account account) {
        return crossUnrealizedPnl(account) + sum(account, true, Position::unrealizedPnl);
    }

    /**
     * Returns the maintenance margin of all positions.
     *
     * @param account whose.
     */
    public long maintenanceMargin(Account account) {
        return crossMaintenanceMargin(account) + sum(account, true, Position::maintenanceMargin);
    }

    /**
     * Returns the initial margin of all positions.
     *
     * @param account whose.
     */
    public long positionInitialMargin(Account account) {
        return sum(account, false, Position::initialMargin) + sum(account, true, Position::initialMargin);
    }

    /**
     * Returns what all open orders need on top of the positions.
     *
     * @param account whose.
     */
    public long openOrderInitialMargin(Account account) {
        return sum(account, false, Position::openOrderMargin) + sum(account, true, Position::openOrderMargin);
    }

    /**
     * Returns what new orders can use: cross margin balance less the initial margin of crossed positions and of all open orders.
     *
     * @param account whose.
     * @return 0 or more.
     */
    public long availableBalance(Account account) {
        return Math.max(0, unbounded(account));
    }

    /**
     * Returns what can be withdrawn: as available, but unrealized profit does not count.
     *
     * @param account whose.
     */
    public long maxWithdrawAmount(Account account) {
        return Math.max(0, unbounded(account) - Math.max(0, crossUnrealizedPnl(account)));
    }

    /**
     * Returns the price at which a position is liquidated.
     *
     * @param account whose.
     * @param position of the account.
     * @return price at 1e-8; 0 if flat or if there is none.
     */
    public long liquidationPriceE8(Account account, Position position) {
        if (position.lots() == 0) {
            return 0;
        }
        long equity;
        if (position.isIsolated()) {
            equity = position.isolatedMargin();
        } else {
            long markE8 = markE8(position);
            equity = crossMarginBalance(account)
                    - position.unrealizedPnl(markE8)
                    - (crossMaintenanceMargin(account) - position.maintenanceMargin(markE8));
        }
        return LiquidationPrice.of(position.contract(), position.lots(), position.cost(), equity);
    }

    /**
     * Returns what of an isolated position's margin can be taken away: what is above its initial margin, unrealized profit not
     * counted.
     *
     * @param position isolated.
     */
    public long removableMargin(Position position) {
        long markE8 = markE8(position);
        long loss = Math.min(0, position.unrealizedPnl(markE8));
        return Math.max(0, position.isolatedMargin() + loss - position.initialMargin(markE8));
    }

    /**
     * Refuses an order that the account has no margin for. What it costs is the growth of open-order margin, and what it would
     * lose at once at the mark price; an order that adds no exposure costs nothing.
     *
     * @param account that asks.
     * @param request the order; a reduce-only one is not for this method.
     * @param priceTicks its limit, or what a market order is valued at.
     * @param replaced what the order counts for already, if it is an amendment of an open one.
     * @throws VenueException -2027 beyond the brackets' limit at the leverage, -2019 without the margin.
     */
    void check(Account account, OrderRequest request, long priceTicks, long replaced) throws VenueException {
        Position position = account.position(request.symbol());
        Contract contract = position.contract();
        long markE8 = markE8(position);
        long value = contract.notional(priceTicks, request.qtyLots());
        boolean isBuy = request.side().isBuy();
        long bids = position.bidNotional() + (isBuy ? value - replaced : 0);
        long asks = position.askNotional() + (isBuy ? 0 : value - replaced);
        long before = exposure(position, markE8, position.bidNotional(), position.askNotional());
        long after = exposure(position, markE8, bids, asks);
        if (after <= before) {
            return;
        }
        if (after > contract.rules().brackets().maxNotionalE8(position.leverage())) {
            throw Errors.overPositionLimit();
        }
        long margin = position.openOrderMargin(markE8, bids, asks) - position.openOrderMargin(markE8);
        long worse = request.side().sign() * (value - contract.value(markE8, request.qtyLots()));
        if (margin + Math.max(0, worse) > unbounded(account)) {
            throw Errors.marginInsufficient();
        }
    }

    /** Returns the larger of the two positions that all bids or all asks would make, as a value. */
    static long exposure(Position position, long markE8, long bids, long asks) {
        long present = position.notional(markE8);
        return Math.max(Math.abs(present + bids), Math.abs(present - asks));
    }

    /** Returns what is available, below 0 if more is used than there is. */
    long unbounded(Account account) {
        return crossMarginBalance(account)
                - sum(account, false, Position::initialMargin)
                - openOrderInitialMargin(account);
    }

    private long sum(Account account, boolean isIsolated, Figure figure) {
        long sum = 0;
        for (Position position : account.positions()) {
            boolean isUsed = position.lots() != 0 || position.openOrders() != 0;
            if (isUsed && position.isIsolated() == isIsolated) {
                sum = Math.addExact(sum, figure.of(position, markE8(position)));
            }
        }
        return sum;
    }
}
