package io.millrace.exchange.userdata;

import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoStatus;

/**
 * A conditional order changed its state: ALGO_UPDATE. A picture of the order as it was then.
 *
 * @param timeMs when, epoch milliseconds.
 * @param algoId the service's id.
 * @param clientAlgoId the client's id, or made up by the service.
 * @param request what was asked for.
 * @param status after it.
 * @param isActivated whether a trailing stop has begun to follow; false for all other types.
 * @param triggerTimeMs when the condition was met, epoch milliseconds; 0 before.
 * @param childOrderId order that it became, 0 for none.
 * @param executedLots filled of that order.
 * @param turnover sum of price x quantity of its fills, in ticks x lots.
 * @param rejectReason why the matching engine refused, empty if it did not.
 */
public record AlgoUpdate(
        long timeMs,
        long algoId,
        String clientAlgoId,
        AlgoRequest request,
        AlgoStatus status,
        boolean isActivated,
        long triggerTimeMs,
        long childOrderId,
        long executedLots,
        long turnover,
        String rejectReason)
        implements PrivateEvent {

    /**
     * Takes the picture of a conditional order.
     *
     * @param order as it is now, at its {@link AlgoOrder#updateTimeMs()}.
     */
    public static AlgoUpdate of(AlgoOrder order) {
        return new AlgoUpdate(
                order.updateTimeMs(),
                order.algoId(),
                order.clientAlgoId(),
                order.request(),
                order.status(),
                order.isActivated(),
                order.triggerTimeMs(),
                order.childOrderId(),
                order.executedLots(),
                order.turnover(),
                order.rejectReason());
    }

    @Override
    public PrivateEventType kind() {
        return PrivateEventType.ALGO_UPDATE;
    }
}
