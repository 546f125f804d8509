package io.millrace.engine.indicator.volatility;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.stats.PercentileRank;
import io.millrace.engine.indicator.window.Delay;
import io.millrace.engine.indicator.window.RollingRange;
import java.util.List;

/**
 * Volatility regime: the mid-rank of the volatility (as {@link CloseVolatility} of n) among its m values before, and from it squeeze
 * (-1, below one percentile), expansion (1, above another) or neither (0).
 *
 * <p>Divergence of price and volatility over n bars: 1 when the close is the highest of the last n + 1 while the volatility is below
 * that of n bars before (a rise that fewer and fewer follow), -1 when it is the lowest while the volatility is below (a fall that
 * runs out), else 0.
 *
 * <p><b>Source:</b> defined here; the squeeze after J. Bollinger, "Bollinger on Bollinger Bands" (2001), by percentile instead of
 * lowest width. <b>Warm-up:</b> n + 1 + m. <b>Degenerate:</b> flat prices: rank 50, no regime; a close that is highest and lowest of
 * its window: no divergence. <b>Cost:</b> O(log m).
 */
public final class VolatilityRegime extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("regime", "percentile", "volatility", "divergence");

    private final double squeezePercentile;
    private final double expansionPercentile;
    private final CloseVolatility volatility;
    private final PercentileRank rank;
    private final Delay volatilities;
    private final RollingRange closes;
    private int divergence;

    /**
     * Makes a regime.
     *
     * @param period              n, at least 2.
     * @param lookback            m: 30 days in bars, say; at least 1.
     * @param squeezePercentile   0 to 100 (30).
     * @param expansionPercentile from there to 100 (80).
     * @param barNs               length of a bar in nanoseconds.
     */
    public VolatilityRegime(
            int period, int lookback, double squeezePercentile, double expansionPercentile, long barNs) {
        super(period + 1 + lookback);
        if (!(squeezePercentile >= 0 && squeezePercentile <= expansionPercentile && expansionPercentile <= 100)) {
            throw new IllegalArgumentException("squeeze percentile " + squeezePercentile + " and expansion percentile "
                    + expansionPercentile + " are not in order within 0 to 100: take 30 and 80");
        }
        this.squeezePercentile = squeezePercentile;
        this.expansionPercentile = expansionPercentile;
        volatility = new CloseVolatility(period, barNs);
        rank = new PercentileRank(lookback);
        volatilities = new Delay(period);
        closes = new RollingRange(period + 1);
    }

    @Override
    protected void apply(Bar bar) {
        volatility.update(bar);
        closes.push(bar.close());
        divergence = 0;
        if (volatility.isReady()) {
            double now = volatility.value();
            rank.update(now);
            boolean isFull = volatilities.isFull();
            double before = volatilities.push(now);
            if (isFull && now < before * (1 - FLAT) && closes.highest() > closes.lowest()) {
                if (bar.close() == closes.highest()) {
                    divergence = 1;
                } else if (bar.close() == closes.lowest()) {
                    divergence = -1;
                }
            }
        }
    }

    /** {@inheritDoc} -1 for squeeze, 1 for expansion, else 0. */
    @Override
    public double value() {
        double percentile = percentile();
        return whenReady(percentile < squeezePercentile ? -1 : percentile > expansionPercentile ? 1 : 0);
    }

    /** Returns the rank of the volatility, 0 to 100. */
    public double percentile() {
        return whenReady(rank.value());
    }

    /** Returns the volatility of one bar, as a fraction. */
    public double volatility() {
        return whenReady(volatility.value());
    }

    /** Returns 1, -1 or 0, see above. */
    public double divergence() {
        return whenReady(divergence);
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> percentile();
            case 2 -> volatility();
            case 3 -> divergence();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        state.setting("squeezePercentile", squeezePercentile);
        state.setting("expansionPercentile", expansionPercentile);
        volatility.visitState(state);
        rank.visitState(state);
        volatilities.visit(state);
        closes.visit(state);
        divergence = state.i32(divergence);
    }
}
