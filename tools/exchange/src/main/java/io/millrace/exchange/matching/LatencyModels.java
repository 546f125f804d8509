package io.millrace.exchange.matching;

import io.millrace.exchange.venue.VenueRandom;
import java.util.Arrays;

/** The latency models, all of them the same for the same seed or recording. */
public final class LatencyModels {
    private static final double LN_10 = 2.302585092994046;

    private LatencyModels() {}

    /**
     * Always the same.
     *
     * @param latencyNs nanoseconds, 0 or more.
     */
    public static LatencyModel constant(long latencyNs) {
        if (latencyNs < 0) {
            throw new IllegalArgumentException("latency " + latencyNs + " ns is below 0");
        }
        return sentNs -> latencyNs;
    }

    /**
     * A least latency and a log-normal part on top of it, drawn by seed: most are near the median, a few are much longer.
     *
     * @param leastNs least latency in nanoseconds, 0 or more.
     * @param medianNs median of the part on top in nanoseconds, above 0.
     * @param decades standard deviation of the part on top, in powers of ten; 0.2 is calm, 0.5 has a heavy tail.
     * @param mostNs nothing takes longer, nanoseconds, at least {@code leastNs}.
     * @param seed of the draws.
     */
    public static LatencyModel logNormal(long leastNs, long medianNs, double decades, long mostNs, long seed) {
        if (leastNs < 0 || medianNs <= 0 || !(decades >= 0) || mostNs < leastNs) {
            throw new IllegalArgumentException("log-normal latency of least " + leastNs + " ns, median " + medianNs
                    + " ns, " + decades + " decades, most " + mostNs + " ns is not possible");
        }
        VenueRandom random = new VenueRandom(seed);
        return sentNs -> {
            double top = medianNs * StrictMath.exp(gauss(random) * decades * LN_10);
            return Math.min(mostNs, leastNs + (long) Math.min((double) mostNs, top));
        };
    }

    /**
     * Draws from a list of latencies, each as likely as any other: the distribution of a measurement without its order.
     *
     * @param samplesNs nanoseconds, at least one, 0 or more each.
     * @param seed of the draws.
     */
    public static LatencyModel sampled(long[] samplesNs, long seed) {
        long[] samples = checked(samplesNs);
        VenueRandom random = new VenueRandom(seed);
        return sentNs -> samples[random.nextInt(samples.length)];
    }

    /**
     * Follows a recording in time, in a straight line between its points, and like its first and last point outside of it.
     *
     * @param timesNs when each latency was measured, epoch nanoseconds, rising.
     * @param latenciesNs nanoseconds, 0 or more each, as many as times.
     */
    public static LatencyModel recorded(long[] timesNs, long[] latenciesNs) {
        long[] latencies = checked(latenciesNs);
        long[] times = timesNs.clone();
        if (times.length != latencies.length) {
            throw new IllegalArgumentException(
                    times.length + " times for " + latencies.length + " latencies, give one for each");
        }
        for (int i = 1; i < times.length; i++) {
            if (times[i] <= times[i - 1]) {
                throw new IllegalArgumentException(
                        "time " + times[i] + " of latency " + i + " is not after " + times[i - 1]);
            }
        }
        return sentNs -> interpolate(times, latencies, sentNs);
    }

    /**
     * Lets nothing overtake: what would arrive before its predecessor arrives with it, as on one connection.
     *
     * @param model of each piece by itself.
     */
    public static LatencyModel inOrder(LatencyModel model) {
        return new LatencyModel() {
            private long lastArrivalNs = Long.MIN_VALUE;

            @Override
            public long latencyNs(long sentNs) {
                lastArrivalNs = Math.max(lastArrivalNs, sentNs + model.latencyNs(sentNs));
                return lastArrivalNs - sentNs;
            }
        };
    }

    private static long interpolate(long[] times, long[] latencies, long sentNs) {
        int at = Arrays.binarySearch(times, sentNs);
        if (at >= 0) {
            return latencies[at];
        }
        int after = -at - 1;
        if (after == 0) {
            return latencies[0];
        }
        if (after == times.length) {
            return latencies[after - 1];
        }
        long from = latencies[after - 1];
        double part = (double) (sentNs - times[after - 1]) / (times[after] - times[after - 1]);
        return from + (long) (part * (latencies[after] - from));
    }

    private static long[] checked(long[] latenciesNs) {
        if (latenciesNs.length == 0) {
            throw new IllegalArgumentException("no latencies, give one at least");
        }
        for (long latencyNs : latenciesNs) {
            if (latencyNs < 0) {
                throw new IllegalArgumentException("latency " + latencyNs + " ns is below 0");
            }
        }
        return latenciesNs.clone();
    }

    /** A standard normal number by the polar method, one of each pair. */
    private static double gauss(VenueRandom random) {
        while (true) {
            double u = 2 * random.nextDouble() - 1;
            double v = 2 * random.nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
