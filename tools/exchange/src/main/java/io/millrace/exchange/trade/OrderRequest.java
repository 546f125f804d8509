package io.millrace.exchange.trade;

/**
 * What a client asks for. Prices and quantities are on the contract's grid already; whoever reads a request refuses text that
 * is not.
 *
 * @param accountId of the client.
 * @param symbol index of the contract.
 * @param side of the order.
 * @param type of the order.
 * @param timeInForce how long it works; {@link TimeInForce#GTC} where the type has none.
 * @param qtyLots quantity in lots; 0 with {@code closePosition}.
 * @param priceTicks limit in ticks; 0 without one.
 * @param reduceOnly whether it may only make the position smaller.
 * @param closePosition whether it closes all there is of the position.
 * @param clientOrderId the client's own id, or made up by the venue; never null.
 * @param priceMatch whether the book gives the price.
 * @param stpMode prevention of self-trades.
 * @param goodTillDateMs end of a {@link TimeInForce#GTD} order, epoch milliseconds; 0 otherwise.
 * @param origType type of the conditional order that this one comes from; otherwise the same as {@code type}.
 * @param stopPriceTicks trigger of that conditional order in ticks; 0 without one.
 * @param workingType which price that trigger watched.
 * @param priceProtect whether that trigger was protected.
 */
public record OrderRequest(
        int accountId,
        int symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        long qtyLots,
        long priceTicks,
        boolean reduceOnly,
        boolean closePosition,
        String clientOrderId,
        PriceMatch priceMatch,
        StpMode stpMode,
        long goodTillDateMs,
        OrderType origType,
        long stopPriceTicks,
        WorkingType workingType,
        boolean priceProtect) {

    /** Returns a builder of an order of one account for one contract, {@link StpMode#EXPIRE_MAKER} as the venue's default. */
    public static Builder of(int accountId, int symbol, Side side) {
        return new Builder(accountId, symbol, side);
    }

    /** Returns a builder that begins with this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(accountId, symbol, side);
        builder.type = type;
        builder.timeInForce = timeInForce;
        builder.qtyLots = qtyLots;
        builder.priceTicks = priceTicks;
        builder.isReduceOnly = reduceOnly;
        builder.isClosePosition = closePosition;
        builder.clientOrderId = clientOrderId;
        builder.priceMatch = priceMatch;
        builder.stpMode = stpMode;
        builder.goodTillDateMs = goodTillDateMs;
        builder.origType = origType;
        builder.stopPriceTicks = stopPriceTicks;
        builder.workingType = workingType;
        builder.isPriceProtect = priceProtect;
        return builder;
    }

    /** Builds a request; a market order unless a limit is given. */
    public static final class Builder {
        private final int accountId;
        private final int symbol;
        private final Side side;
        private OrderType type = OrderType.MARKET;
        private TimeInForce timeInForce = TimeInForce.GTC;
        private long qtyLots;
        private long priceTicks;
        private boolean isReduceOnly;
        private boolean isClosePosition;
        private String clientOrderId = "";
        private PriceMatch priceMatch = PriceMatch.NONE;
        private StpMode stpMode = StpMode.EXPIRE_MAKER;
        private long goodTillDateMs;
        private OrderType origType;
        private long stopPriceTicks;
        private WorkingType workingType = WorkingType.CONTRACT_PRICE;
        private boolean isPriceProtect;

        private Builder(int accountId, int symbol, Side side) {
            this.accountId = accountId;
            this.symbol = symbol;
            this.side = side;
        }

        /** Sets the type. */
        public Builder type(OrderType value) {
            type = value;
            return this;
        }

        /** Makes it a market order of so many lots. */
        public Builder market(long lots) {
            type = OrderType.MARKET;
            qtyLots = lots;
            return this;
        }

        /** Makes it a limit order of so many lots at so many ticks. */
        public Builder limit(long lots, long ticks) {
            type = OrderType.LIMIT;
            qtyLots = lots;
            priceTicks = ticks;
            return this;
        }

        /** Sets the quantity in lots. */
        public Builder qtyLots(long lots) {
            qtyLots = lots;
            return this;
        }

        /** Sets the limit in ticks, 0 for none. */
        public Builder priceTicks(long ticks) {
            priceTicks = ticks;
            return this;
        }

        /** Sets the time in force. */
        public Builder timeInForce(TimeInForce value) {
            timeInForce = value;
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

        /** Sets the client's id. */
        public Builder clientOrderId(String value) {
            clientOrderId = value;
            return this;
        }

        /** Lets the book give the price. */
        public Builder priceMatch(PriceMatch value) {
            priceMatch = value;
            return this;
        }

        /** Sets the prevention of self-trades. */
        public Builder stpMode(StpMode value) {
            stpMode = value;
            return this;
        }

        /** Makes it {@link TimeInForce#GTD} until a time in epoch milliseconds. */
        public Builder goodTillDateMs(long timeMs) {
            timeInForce = TimeInForce.GTD;
            goodTillDateMs = timeMs;
            return this;
        }

        /** Names the conditional order's type, trigger in ticks and watched price that this order comes from. */
        public Builder trigger(OrderType original, long stopTicks, WorkingType watched, boolean isProtected) {
            origType = original;
            stopPriceTicks = stopTicks;
            workingType = watched;
            isPriceProtect = isProtected;
            return this;
        }

        /** Returns the request. */
        public OrderRequest build() {
            return new OrderRequest(
                    accountId,
                    symbol,
                    side,
                    type,
                    timeInForce,
                    qtyLots,
                    priceTicks,
                    isReduceOnly,
                    isClosePosition,
                    clientOrderId,
                    priceMatch,
                    stpMode,
                    goodTillDateMs,
                    origType == null ? type : origType,
                    stopPriceTicks,
                    workingType,
                    isPriceProtect);
        }
    }
}
