package io.millrace.exchange.conditional;

/**
 * How the service of conditional orders behaves.
 *
 * @param triggerLatencyNs nanoseconds between a met condition and the order in the matching engine, 0 or more.
 * @param isChildNamedAlike whether the order in the engine carries the client's algo id as its client order id; otherwise
 *     the service makes one up. Clients must not rely on either.
 * @param seed of the ids that the service makes up.
 */
public record AlgoSettings(long triggerLatencyNs, boolean isChildNamedAlike, long seed) {
    private static final long TRIGGER_LATENCY_NS = 5_000_000L;

    /** Checks the ranges. */
    public AlgoSettings {
        if (triggerLatencyNs < 0) {
            throw new IllegalArgumentException(
                    "triggerLatencyNs=" + triggerLatencyNs + " is below 0, choose 0 for none");
        }
    }

    /**
     * Returns a service that takes 5 ms from condition to engine.
     *
     * @param seed of the ids that the service makes up.
     */
    public static AlgoSettings of(long seed) {
        return new AlgoSettings(TRIGGER_LATENCY_NS, true, seed);
    }

    /** Returns the settings with another time between condition and engine, nanoseconds. */
    public AlgoSettings withTriggerLatencyNs(long latencyNs) {
        return new AlgoSettings(latencyNs, isChildNamedAlike, seed);
    }

    /** Returns the settings with another choice of the engine order's client id. */
    public AlgoSettings withChildNamedAlike(boolean isAlike) {
        return new AlgoSettings(triggerLatencyNs, isAlike, seed);
    }
}
