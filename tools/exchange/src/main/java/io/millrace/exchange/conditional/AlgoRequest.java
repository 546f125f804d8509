package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.WorkingType;

/**
 * A conditional order as the client asks for it. What is not given is 0 or null as stated.
 *
 * @param accountId whose order.
 * @param symbol index of the contract.
 * @param side of the order that it becomes.
 * @param type a conditional one.
 * @param timeInForce of the order that it becomes; GTC if not given.
 * @param qtyLots quantity, 0 if not given.
 * @param priceTicks limit of STOP and TAKE_PROFIT, 0 if not given.
 * @param triggerPriceTicks of all types but the trailing stop, 0 if not given.
 * @param workingType which price the condition watches.
 * @param priceProtect whether the trigger waits while mark and last price are far apart.
 * @param reduceOnly whether the order may only make the position smaller.
 * @param closePosition whether it closes all of the position, whatever that is when it triggers.
 * @param activatePriceTicks where a trailing stop begins to follow, 0 if not given: at once.
 * @param callbackTenths rate of a trailing stop in tenths of a percent, 0 if not given.
 * @param priceMatch whether the book gives the limit when it triggers.
 * @param stpMode of the order that it becomes.
 * @param goodTillDateMs end of a GTD order, epoch milliseconds, 0 if not given.
 * @param clientAlgoId the client's id, null if not given.
 */
public record AlgoRequest(
        int accountId,
        int symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long qtyLots,
        long priceTicks,
        long triggerPriceTicks,
        WorkingType workingType,
        boolean priceProtect,
        boolean reduceOnly,
        boolean closePosition,
        long activatePriceTicks,
        int callbackTenths,
        PriceMatch priceMatch,
        StpMode stpMode,
        long goodTillDateMs,
        String clientAlgoId) {
    private static final long MS_PER_SECOND = 1000;

    /** Says whether the order becomes a limit order. */
    public boolean isLimit() {
        return type == OrderType.STOP || type == OrderType.TAKE_PROFIT;
    }

    /** Says whether it follows the price. */
    public boolean isTrailing() {
        return type == OrderType.TRAILING_STOP_MARKET;
    }

    /** Says whether it fires when the price rises to its trigger; otherwise when it falls to it. */
    public boolean isRising() {
        boolean isTakeProfit = type == OrderType.TAKE_PROFIT || type == OrderType.TAKE_PROFIT_MARKET;
        return side.isBuy() != isTakeProfit;
    }

    /** Says whether it ends with the position: it closes it, or was sent as GTE_GTC. */
    public boolean isBoundToPosition() {
        return closePosition || timeInForce == TimeInForce.GTE_GTC;
    }

    /** Returns the request with what follows from closePosition, which is reduce-only and GTE_GTC, whatever was sent. */
    AlgoRequest withConsequences() {
        long wholeSeconds = goodTillDateMs / MS_PER_SECOND * MS_PER_SECOND;
        if (!closePosition && wholeSeconds == goodTillDateMs) {
            return this;
        }
        Builder builder = of(accountId, symbol, side, type)
                .timeInForce(closePosition ? TimeInForce.GTE_GTC : timeInForce)
                .qtyLots(qtyLots)
                .priceTicks(priceTicks)
                .triggerPriceTicks(triggerPriceTicks)
                .workingType(workingType)
                .priceProtect(priceProtect)
                .reduceOnly(reduceOnly || closePosition)
                .closePosition(closePosition)
                .trailing(activatePriceTicks, callbackTenths)
                .priceMatch(priceMatch)
                .stpMode(stpMode)
                .goodTillDateMs(wholeSeconds)
                .clientAlgoId(clientAlgoId);
        return builder.build();
    }

    /**
     * Returns the ordinary order that this one becomes.
     *
     * @param clientOrderId for it.
     * @param positionLots size of the position, for an order that closes it.
     */
    OrderRequest toChild(String clientOrderId, long positionLots) {
        OrderRequest.Builder child = OrderRequest.of(accountId, symbol, side)
                .reduceOnly(reduceOnly)
                .closePosition(closePosition)
                .clientOrderId(clientOrderId)
                .stpMode(stpMode)
                .trigger(type, triggerPriceTicks, workingType, priceProtect);
        if (!isLimit()) {
            return child.market(closePosition ? positionLots : qtyLots).build();
        }
        child.limit(qtyLots, priceTicks).priceMatch(priceMatch).timeInForce(timeInForce);
        return timeInForce == TimeInForce.GTD
                ? child.goodTillDateMs(goodTillDateMs).build()
                : child.build();
    }

    /**
     * Returns a builder of a request.
     *
     * @param accountId whose order.
     * @param symbol index of the contract.
     * @param side of the order that it becomes.
     * @param type a conditional one.
     */
    public static Builder of(int accountId, int symbol, Side side, OrderType type) {
        return new Builder(accountId, symbol, side, type);
    }

    /** Builds a request; whatever is not set is as the venue's defaults have it. */
    public static final class Builder {
        private final int accountId;
        private final int symbol;
        private final Side side;
        private final OrderType type;
        private TimeInForce timeInForce = TimeInForce.GTC;
        private long qtyLots;
        private long priceTicks;
        private long triggerPriceTicks;
        private WorkingType workingType = WorkingType.CONTRACT_PRICE;
        private boolean isPriceProtect;
        private boolean isReduceOnly;
        private boolean isClosePosition;
        private long activatePriceTicks;
        private int callbackTenths;
        private PriceMatch priceMatch = PriceMatch.NONE;
        private StpMode stpMode = StpMode.EXPIRE_MAKER;
        private long goodTillDateMs;
        private String clientAlgoId;

        private Builder(int accountId, int symbol, Side side, OrderType type) {
            this.accountId = accountId;
            this.symbol = symbol;
            this.side = side;
            this.type = type;
        }

        /** Sets the time in force. */
        public Builder timeInForce(TimeInForce value) {
            timeInForce = value;
            return this;
        }

        /** Sets the quantity in lots. */
        public Builder qtyLots(long value) {
            qtyLots = value;
            return this;
        }

        /** Sets the limit in ticks. */
        public Builder priceTicks(long value) {
            priceTicks = value;
            return this;
        }

        /** Sets the trigger in ticks. */
        public Builder triggerPriceTicks(long value) {
            triggerPriceTicks = value;
            return this;
        }

        /** Sets which price the condition watches. */
        public Builder workingType(WorkingType value) {
            workingType = value;
            return this;
        }

        /** Lets the trigger wait while mark and last price are far apart. */
        public Builder priceProtect(boolean value) {
            isPriceProtect = value;
            return this;
        }

        /** Lets the order only reduce the position. */
        public Builder reduceOnly(boolean value) {
            isReduceOnly = value;
            return this;
        }

        /** Lets the order close all of the position. */
        public Builder closePosition(boolean value) {
            isClosePosition = value;
            return this;
        }

        /** Makes a trailing stop follow from a price in ticks, 0 for at once, by tenths of a percent. */
        public Builder trailing(long activateTicks, int callback) {
            activatePriceTicks = activateTicks;
            callbackTenths = callback;
            return this;
        }

        /** Lets the book give the limit. */
        public Builder priceMatch(PriceMatch value) {
            priceMatch = value;
            return this;
        }

        /** Sets the prevention of self-trades. */
        public Builder stpMode(StpMode value) {
            stpMode = value;
            return this;
        }

        /** Sets the end of a GTD order, epoch milliseconds. */
        public Builder goodTillDateMs(long value) {
            goodTillDateMs = value;
            return this;
        }

        /** Sets the client's id. */
        public Builder clientAlgoId(String value) {
            clientAlgoId = value;
            return this;
        }

        /** Returns the request. */
        public AlgoRequest build() {
            return new AlgoRequest(
                    accountId,
                    symbol,
                    side,
                    type,
                    timeInForce,
                    qtyLots,
                    priceTicks,
                    triggerPriceTicks,
                    workingType,
                    isPriceProtect,
                    isReduceOnly,
                    isClosePosition,
                    activatePriceTicks,
                    callbackTenths,
                    priceMatch,
                    stpMode,
                    goodTillDateMs,
                    clientAlgoId);
        }
    }
}
