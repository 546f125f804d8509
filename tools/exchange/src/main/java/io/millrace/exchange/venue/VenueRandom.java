package io.millrace.exchange.venue;

/**
 * SplitMix64: small, fast, and the same numbers on every JDK. Not for secrets.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class VenueRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    /**
     * Starts a sequence.
     *
     * @param seed any value; different values give unrelated sequences.
     */
    public VenueRandom(long seed) {
        this.state = mix(seed + GOLDEN);
    }

    /** Returns 64 random bits. */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Returns a number from 0 inclusive to 1 exclusive. */
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /**
     * Returns a number from 0 inclusive to {@code bound} exclusive; the bias of the plain remainder is below 1e-9 for the
     * bounds in use.
     *
     * @param bound above 0.
     */
    public int nextInt(int bound) {
        return (int) ((nextLong() >>> 33) % bound);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
