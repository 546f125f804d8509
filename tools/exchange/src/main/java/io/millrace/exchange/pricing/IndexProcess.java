package io.millrace.exchange.pricing;

import io.millrace.exchange.account.Money;
import io.millrace.exchange.venue.VenueRandom;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * The price index of a symbol: a weighted mean of simulated spot markets. Each follows a slow average of the futures' middle with
 * an error of its own that wanders and comes back (about half a basis point); one that strays more than 5 % from the median
 * counts as 5 % away.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices at 1e-8. Integers only: the same seed gives the same
 * index everywhere.
 */
final class IndexProcess {
    /** Most that a spot market counts away from the median, at 1e-8. */
    static final long OUTLIER_CAP_E8 = 5_000_000L;

    private static final long[] WEIGHTS = {50, 30, 20};
    private static final long ALL_WEIGHTS = 100;
    private static final int FOLLOW_PERCENT = 8;
    private static final int ERROR_STEP_PPB = 3000;
    private static final int ERROR_RETURN = 16;
    private static final long PPB = 1_000_000_000L;

    private final VenueRandom random;
    private final long[] errorPpb = new long[WEIGHTS.length];
    private final long[] spot = new long[WEIGHTS.length];
    private long fair;

    IndexProcess(long seed) {
        this.random = new VenueRandom(seed);
    }

    /** Takes the futures' middle of one second and returns the index of that second. */
    long next(long middle) {
        fair = fair == 0 ? middle : fair + Money.mulDiv(middle - fair, FOLLOW_PERCENT, 100, RoundingMode.HALF_EVEN);
        for (int i = 0; i < spot.length; i++) {
            errorPpb[i] += random.nextInt(2 * ERROR_STEP_PPB + 1) - ERROR_STEP_PPB - errorPpb[i] / ERROR_RETURN;
            spot[i] = fair + Money.mulDiv(fair, errorPpb[i], PPB, RoundingMode.HALF_EVEN);
        }
        return weighted(spot);
    }

    /** Returns the weighted mean of spot prices, outliers capped. */
    static long weighted(long[] prices) {
        long[] sorted = prices.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        long most = Money.share(median, OUTLIER_CAP_E8, RoundingMode.HALF_EVEN);
        long mean = median;
        long rest = 0;
        for (int i = 0; i < prices.length; i++) {
            long away = Math.max(-most, Math.min(most, prices[i] - median));
            rest = Math.addExact(rest, Math.multiplyExact(away, WEIGHTS[i]));
        }
        return mean + Money.mulDiv(rest, 1, ALL_WEIGHTS, RoundingMode.HALF_EVEN);
    }
}
