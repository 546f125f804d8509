package io.millrace.exchange.trade;

/**
 * An order of a client, from acceptance on. Matching owns it and is the only one that changes it; everybody else reads.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks, lots, epoch milliseconds.
 */
public final class Order {
    private final long orderId;
    private final OrderRequest request;
    private final long createTimeMs;
    private long qtyLots;
    private long priceTicks;
    private long executedLots;
    private long turnover;
    private OrderStatus status = OrderStatus.NEW;
    private ExpiryReason expiryReason = ExpiryReason.NONE;
    private long updateTimeMs;
    private int modifications;
    private long modifyId;
    private boolean isLiquidation;
    private boolean isAdl;

    /**
     * Accepts a request.
     *
     * @param orderId the venue's id, above 0.
     * @param request what was asked for; its {@code priceMatch} is resolved by {@code priceTicks}.
     * @param priceTicks limit in ticks, 0 for a market order.
     * @param timeMs time of acceptance, epoch milliseconds.
     */
    public Order(long orderId, OrderRequest request, long priceTicks, long timeMs) {
        this.orderId = orderId;
        this.request = request;
        this.qtyLots = request.qtyLots();
        this.priceTicks = priceTicks;
        this.createTimeMs = timeMs;
        this.updateTimeMs = timeMs;
    }

    // --- changes, for matching only

    /**
     * Books one fill.
     *
     * @param fillTicks price in ticks.
     * @param fillLots quantity in lots, 1 to {@link #remainingLots()}.
     * @param timeMs epoch milliseconds.
     */
    public void fill(long fillTicks, long fillLots, long timeMs) {
        if (fillLots <= 0 || fillLots > remainingLots()) {
            throw new IllegalArgumentException("fill of " + fillLots + " lots is outside 1 to " + remainingLots()
                    + ", what is left of order " + orderId);
        }
        executedLots += fillLots;
        turnover = Math.addExact(turnover, Math.multiplyExact(fillTicks, fillLots));
        status = executedLots == qtyLots ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED;
        updateTimeMs = timeMs;
    }

    /**
     * Books an amendment.
     *
     * @param newQtyLots total quantity in lots, above what is executed.
     * @param newPriceTicks limit in ticks.
     * @param newModifyId the client's id of the change, 0 without one.
     * @param timeMs epoch milliseconds.
     */
    public void amend(long newQtyLots, long newPriceTicks, long newModifyId, long timeMs) {
        qtyLots = newQtyLots;
        priceTicks = newPriceTicks;
        modifyId = newModifyId;
        modifications++;
        updateTimeMs = timeMs;
    }

    /**
     * Makes a reduce-only order smaller, because its position became smaller.
     *
     * @param newQtyLots total quantity in lots, above what is executed and below what it was.
     * @param timeMs epoch milliseconds.
     */
    public void shrink(long newQtyLots, long timeMs) {
        qtyLots = newQtyLots;
        updateTimeMs = timeMs;
    }

    /**
     * Ends the order without another fill.
     *
     * @param finalStatus how.
     * @param reason why.
     * @param timeMs epoch milliseconds.
     */
    public void end(OrderStatus finalStatus, ExpiryReason reason, long timeMs) {
        status = finalStatus;
        expiryReason = reason;
        updateTimeMs = timeMs;
    }

    /** Marks the order as one by which the venue liquidates the account. */
    public void markLiquidation() {
        isLiquidation = true;
    }

    /** Marks the order as one by which the venue deleverages the account. */
    public void markAdl() {
        isAdl = true;
    }

    // --- views

    /** Returns the venue's id. */
    public long orderId() {
        return orderId;
    }

    /** Returns what was asked for, as it was before any amendment. */
    public OrderRequest request() {
        return request;
    }

    /** Returns the account. */
    public int accountId() {
        return request.accountId();
    }

    /** Returns the index of the contract. */
    public int symbol() {
        return request.symbol();
    }

    /** Returns the side. */
    public Side side() {
        return request.side();
    }

    /** Returns the type. */
    public OrderType type() {
        return request.type();
    }

    /** Returns the type of the conditional order that this one comes from, or its own. */
    public OrderType origType() {
        return request.origType();
    }

    /** Returns how long it works. */
    public TimeInForce timeInForce() {
        return request.timeInForce();
    }

    /** Returns the client's id. */
    public String clientOrderId() {
        return request.clientOrderId();
    }

    /** Says whether it may only reduce the position. */
    public boolean isReduceOnly() {
        return request.reduceOnly();
    }

    /** Says whether it closes the whole position. */
    public boolean isClosePosition() {
        return request.closePosition();
    }

    /** Returns how the book gave the price. */
    public PriceMatch priceMatch() {
        return request.priceMatch();
    }

    /** Returns the prevention of self-trades. */
    public StpMode stpMode() {
        return request.stpMode();
    }

    /** Returns the end of a GTD order, 0 without one. */
    public long goodTillDateMs() {
        return request.goodTillDateMs();
    }

    /** Returns the trigger of the conditional order that this one comes from, 0 without one. */
    public long stopPriceTicks() {
        return request.stopPriceTicks();
    }

    /** Returns which price that trigger watched. */
    public WorkingType workingType() {
        return request.workingType();
    }

    /** Says whether that trigger was protected. */
    public boolean isPriceProtect() {
        return request.priceProtect();
    }

    /** Returns the total quantity, as amended. */
    public long qtyLots() {
        return qtyLots;
    }

    /** Returns the limit, as amended; 0 for a market order. */
    public long priceTicks() {
        return priceTicks;
    }

    /** Returns what was filled. */
    public long executedLots() {
        return executedLots;
    }

    /** Returns what is left to fill. */
    public long remainingLots() {
        return qtyLots - executedLots;
    }

    /** Returns the sum of price x quantity over the fills, in ticks x lots. */
    public long turnover() {
        return turnover;
    }

    /** Returns where the order is in its life. */
    public OrderStatus status() {
        return status;
    }

    /** Says whether it can still trade. */
    public boolean isWorking() {
        return status.isWorking();
    }

    /** Returns why the venue ended it. */
    public ExpiryReason expiryReason() {
        return expiryReason;
    }

    /** Returns when it was accepted. */
    public long createTimeMs() {
        return createTimeMs;
    }

    /** Returns when it last changed. */
    public long updateTimeMs() {
        return updateTimeMs;
    }

    /** Returns how often it was amended. */
    public int modifications() {
        return modifications;
    }

    /** Returns the client's id of the last amendment, 0 without one. */
    public long modifyId() {
        return modifyId;
    }

    /** Says whether the venue liquidates the account with it. */
    public boolean isLiquidation() {
        return isLiquidation;
    }

    /** Says whether the venue deleverages the account with it. */
    public boolean isAdl() {
        return isAdl;
    }

    @Override
    public String toString() {
        return "Order[" + orderId + " account " + accountId() + " symbol " + symbol() + " " + side() + " " + type()
                + " " + timeInForce() + " " + executedLots + "/" + qtyLots + " @ " + priceTicks + " " + status + "]";
    }
}
