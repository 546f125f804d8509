package io.millrace.exchange.conditional;

/**
 * Lets the service misbehave as the venue's does at times.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface AlgoFaults {
    /** Result of {@link #lateRejectionNs} for an order that is left alone. */
    long NO_REJECTION = -1;

    /** No faults. */
    AlgoFaults NONE = new AlgoFaults() {};

    /**
     * Says whether an order that was just accepted is refused a while later.
     *
     * @param order just accepted.
     * @return nanoseconds after which it becomes REJECTED if it still waits then, or {@link #NO_REJECTION}.
     */
    default long lateRejectionNs(AlgoOrder order) {
        return NO_REJECTION;
    }

    /**
     * Returns what a late rejection gives as its reason.
     *
     * @param order to be refused.
     */
    default String lateRejectionReason(AlgoOrder order) {
        return "Margin is insufficient.";
    }

    /**
     * Says whether an order whose condition was just met stays in TRIGGERING for good, and no order ever comes of it.
     *
     * @param order just triggered.
     */
    default boolean isStuck(AlgoOrder order) {
        return false;
    }
}
