package io.millrace.exchange.synthetic;

import io.millrace.exchange.venue.VenueRandom;

/**
 * Times of a self-exciting process: every event makes further ones likelier for a while, so that they come in clusters. The
 * intensity is a base rate plus an excitement that decays exponentially; times are drawn by thinning. {@code StrictMath}, so
 * that a seed gives the same times everywhere.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
final class HawkesClock {
    /** Expected further events that one event brings on average; what the callers' excitements have to come to. */
    static final double BRANCHING = 0.6;

    private static final double NS_PER_SECOND = 1e9;
    private static final double DECAY_PER_SECOND = 12;
    private static final double MOST_EXCITED = 60;

    private final VenueRandom random;
    private final double basePerSecond;
    private final double limit;
    private double excitement;

    HawkesClock(double meanPerSecond, VenueRandom random) {
        this.random = random;
        this.basePerSecond = meanPerSecond * (1 - BRANCHING);
        this.limit = basePerSecond * MOST_EXCITED;
    }

    /** Returns the time to the next event, at least 1 ns. */
    long nextDelayNs() {
        double seconds = 0;
        while (true) {
            double intensity = basePerSecond + excitement;
            double wait = -StrictMath.log(1 - random.nextDouble()) / intensity;
            seconds += wait;
            excitement *= StrictMath.exp(-DECAY_PER_SECOND * wait);
            if (random.nextDouble() * intensity <= basePerSecond + excitement) {
                return Math.max(1, (long) (seconds * NS_PER_SECOND));
            }
        }
    }

    /** Makes {@code children} further events likely. */
    void excite(double children) {
        excitement = Math.min(limit, excitement + children * DECAY_PER_SECOND);
    }
}
