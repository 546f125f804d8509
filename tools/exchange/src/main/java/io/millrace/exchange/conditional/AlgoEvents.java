package io.millrace.exchange.conditional;

/**
 * Hears of conditional orders.
 *
 * <p><b>Thread:</b> the venue's.
 */
@FunctionalInterface
public interface AlgoEvents {
    /**
     * An order was accepted, activated or changed its state; it carries the new state already.
     *
     * @param order that changed, at its {@link AlgoOrder#updateTimeMs()}.
     */
    void onAlgoUpdate(AlgoOrder order);
}
