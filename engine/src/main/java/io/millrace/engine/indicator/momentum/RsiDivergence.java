package io.millrace.engine.indicator.momentum;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.State;
import java.util.List;

/**
 * Divergence between price and the RSI of the closes. A pivot low of the oscillator is a value strictly below the {@code left}
 * before it and not above the {@code right} after it; pivot highs mirrored. At the bar that makes a pivot known it is compared
 * with the last pivot of its kind, if that lies {@code minBars} to {@code maxBars} back. Lows: a lower low of the price with a
 * higher one of the oscillator is regular bullish (1), a higher low with a lower one hidden bullish (1). Highs: a higher high
 * with a lower one of the oscillator is regular bearish (-1), a lower high with a higher one hidden bearish (-1). At all other
 * bars 0.
 *
 * <p><b>Source:</b> TradingView's RSI Divergence Indicator; price is the low (high) of the
 * pivot's bar. <b>Warm-up:</b> that of the oscillator + left + right. <b>Degenerate:</b> differences of the oscillator up to
 * {@link io.millrace.engine.indicator.Indicator#FLAT} of 100 count as none, so flat prices have no pivots.
 * <b>Cost:</b> O(1) on average.
 */
public final class RsiDivergence extends BarIndicator {
    private static final List<String> OUTPUTS = List.of("regular", "hidden");

    private final Rsi rsi;
    private final DivergenceDetector detector;

    /**
     * Makes a detector.
     *
     * @param rsiPeriod n of the RSI (14), at least 1.
     * @param pivots    what counts as a pivot.
     */
    public RsiDivergence(int rsiPeriod, PivotSettings pivots) {
        super(rsiPeriod + 1 + pivots.left() + pivots.right());
        rsi = new Rsi(rsiPeriod);
        detector = new DivergenceDetector(pivots);
    }

    @Override
    protected void apply(Bar bar) {
        rsi.update(bar.close());
        if (rsi.isReady()) {
            detector.update(rsi.value(), bar.high(), bar.low(), 100 * FLAT);
        }
    }

    /** {@inheritDoc} Regular divergence: 1, 0 or -1. */
    @Override
    public double value() {
        return whenReady(detector.regular());
    }

    /** Returns hidden divergence: 1, 0 or -1. */
    public double hidden() {
        return whenReady(detector.hidden());
    }

    @Override
    public List<String> outputNames() {
        return OUTPUTS;
    }

    @Override
    public double output(int index) {
        return switch (index) {
            case 0 -> value();
            case 1 -> hidden();
            default -> throw noOutput(index);
        };
    }

    @Override
    protected void visit(State state) {
        rsi.visitState(state);
        detector.visit(state);
    }
}
