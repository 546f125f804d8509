package io.millrace.exchange.userdata;

import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;

/**
 * What happened to an order: ORDER_TRADE_UPDATE. A picture of the order as it was then.
 *
 * @param timeMs when, epoch milliseconds.
 * @param execution what happened.
 * @param orderId the venue's id.
 * @param request what was asked for, for all that never changes.
 * @param orderType as reported: LIQUIDATION for orders of the venue itself.
 * @param status after it.
 * @param expiryReason why the venue ended it.
 * @param qtyLots total quantity, as amended.
 * @param priceTicks limit, as amended; 0 for a market order.
 * @param executedLots filled so far.
 * @param turnover sum of price x quantity of the fills, in ticks x lots.
 * @param modifyId the client's id of an amendment, 0 without one.
 * @param fill of this event, or {@link Fill#NONE}.
 * @param open value of the account's open orders in this contract.
 * @param trailing terms of a trailing stop that the order comes from, or null.
 */
public record OrderUpdate(
        long timeMs,
        ExecutionType execution,
        long orderId,
        OrderRequest request,
        OrderType orderType,
        OrderStatus status,
        ExpiryReason expiryReason,
        long qtyLots,
        long priceTicks,
        long executedLots,
        long turnover,
        long modifyId,
        Fill fill,
        OpenNotional open,
        Trailing trailing)
        implements PrivateEvent {

    /**
     * One fill, as it was for the account.
     *
     * @param tradeId of the contract's trades, 0 without a fill.
     * @param priceTicks price.
     * @param qtyLots quantity.
     * @param isMaker whether the order was resting.
     * @param commission paid, in 1e-8 of its asset; below 0 for a rebate, 0 for none.
     * @param commissionAsset of the commission.
     * @param realized profit before commission, in 1e-8 of the margin asset.
     */
    public record Fill(
            long tradeId,
            long priceTicks,
            long qtyLots,
            boolean isMaker,
            long commission,
            String commissionAsset,
            long realized) {
        /** No fill. */
        public static final Fill NONE = new Fill(0, 0, 0, false, 0, "USDT", 0);
    }

    /**
     * Value of open orders, in 1e-8 of the quote asset.
     *
     * @param bid of those that buy.
     * @param ask of those that sell.
     */
    public record OpenNotional(long bid, long ask) {
        /** No open orders. */
        public static final OpenNotional NONE = new OpenNotional(0, 0);
    }

    /**
     * Terms of a trailing stop.
     *
     * @param activatePriceTicks where it began to follow; 0 at once.
     * @param callbackTenths rate of the way back, in tenths of a percent.
     */
    public record Trailing(long activatePriceTicks, int callbackTenths) {}

    /**
     * Takes the picture of an order.
     *
     * @param order as it is now.
     * @param execution what happened to it, at its {@link Order#updateTimeMs()}.
     * @param fill of this event, or {@link Fill#NONE}.
     * @param open value of the account's open orders in this contract.
     * @param trailing terms of a trailing stop that the order comes from, or null.
     */
    public static OrderUpdate of(
            Order order, ExecutionType execution, Fill fill, OpenNotional open, Trailing trailing) {
        boolean isVenueOwn = order.isLiquidation() || order.isAdl();
        return new OrderUpdate(
                order.updateTimeMs(),
                isVenueOwn && execution == ExecutionType.TRADE ? ExecutionType.CALCULATED : execution,
                order.orderId(),
                order.request(),
                isVenueOwn ? OrderType.LIQUIDATION : order.type(),
                order.status(),
                order.expiryReason(),
                order.qtyLots(),
                order.priceTicks(),
                order.executedLots(),
                order.turnover(),
                execution == ExecutionType.AMENDMENT ? order.modifyId() : 0,
                fill,
                open,
                trailing);
    }

    @Override
    public PrivateEventType kind() {
        return PrivateEventType.ORDER_TRADE_UPDATE;
    }
}
