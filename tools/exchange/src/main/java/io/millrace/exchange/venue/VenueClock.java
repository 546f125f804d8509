package io.millrace.exchange.venue;

/**
 * The venue's time. Injected, so that a test or a backtest decides how fast it passes.
 *
 * <p><b>Thread:</b> any.
 */
@FunctionalInterface
public interface VenueClock {
    /** Returns the time in epoch nanoseconds; never less than before. */
    long epochNs();

    /** Returns a clock that follows the machine's, monotone: wall time is read once and elapsed time is added to it. */
    static VenueClock system() {
        long originNs = System.currentTimeMillis() * 1_000_000L;
        long startNs = System.nanoTime();
        return () -> originNs + (System.nanoTime() - startNs);
    }
}
