package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.Order;

/**
 * A conditional order from acceptance on. The service owns it and is the only one that changes it; everybody else reads.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class AlgoOrder {
    private final long algoId;
    private final String clientAlgoId;
    private final AlgoRequest request;
    private final long triggerPrice;
    private final long createTimeMs;

    private AlgoStatus status = AlgoStatus.NEW;
    private long updateTimeMs;
    private long triggerTimeMs;
    private boolean isActivated;
    private long extremePrice;
    private long childOrderId;
    private long executedLots;
    private long turnover;
    private String rejectReason = "";

    AlgoOrder(long algoId, String clientAlgoId, AlgoRequest request, long triggerPrice, long timeMs) {
        this.algoId = algoId;
        this.clientAlgoId = clientAlgoId;
        this.request = request;
        this.triggerPrice = triggerPrice;
        this.createTimeMs = timeMs;
        this.updateTimeMs = timeMs;
    }

    // --- changes, for the service only

    void become(AlgoStatus newStatus, long timeMs) {
        status = newStatus;
        updateTimeMs = timeMs;
        if (newStatus == AlgoStatus.TRIGGERING) {
            triggerTimeMs = timeMs;
        }
    }

    void activate(long timeMs) {
        isActivated = true;
        updateTimeMs = timeMs;
    }

    void reject(String reason, long timeMs) {
        rejectReason = reason;
        become(AlgoStatus.REJECTED, timeMs);
    }

    void follow(long price) {
        extremePrice = price;
    }

    void link(Order child) {
        childOrderId = child.orderId();
        copy(child);
    }

    void copy(Order child) {
        executedLots = child.executedLots();
        turnover = child.turnover();
    }

    // --- views

    /** Returns the service's id, not in the space of order ids. */
    public long algoId() {
        return algoId;
    }

    /** Returns the client's id, or the one made up for it. */
    public String clientAlgoId() {
        return clientAlgoId;
    }

    /** Returns what was asked for, with the defaults that follow from it: closePosition is reduce-only and GTE_GTC. */
    public AlgoRequest request() {
        return request;
    }

    /** Returns where it is in its life. */
    public AlgoStatus status() {
        return status;
    }

    /** Returns when it was accepted, epoch milliseconds. */
    public long createTimeMs() {
        return createTimeMs;
    }

    /** Returns when it last changed, epoch milliseconds. */
    public long updateTimeMs() {
        return updateTimeMs;
    }

    /** Returns when its condition was met, epoch milliseconds; 0 before. */
    public long triggerTimeMs() {
        return triggerTimeMs;
    }

    /** Says whether a trailing stop has begun to follow the price; false for all other types. */
    public boolean isActivated() {
        return isActivated;
    }

    /** Returns the id of the order that it became, 0 for none. */
    public long childOrderId() {
        return childOrderId;
    }

    /** Returns what was filled of that order, in lots. */
    public long executedLots() {
        return executedLots;
    }

    /** Returns the sum of price x quantity of its fills, in ticks x lots. */
    public long turnover() {
        return turnover;
    }

    /** Returns why it was refused after acceptance; empty if it was not. */
    public String rejectReason() {
        return rejectReason;
    }

    /** Returns the trigger in 1e-8 of the quote asset, 0 for a trailing stop. */
    long triggerPrice() {
        return triggerPrice;
    }

    /** Returns the lowest price since acceptance for a purchase that trails, the highest for a sale, in 1e-8; 0 before any. */
    long extremePrice() {
        return extremePrice;
    }

    @Override
    public String toString() {
        return "AlgoOrder[" + algoId + " " + clientAlgoId + " account " + request.accountId() + " symbol "
                + request.symbol() + " " + request.side() + " " + request.type() + " " + status + "]";
    }
}
