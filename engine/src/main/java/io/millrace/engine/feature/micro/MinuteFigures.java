package io.millrace.engine.feature.micro;

import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.indicator.momentum.Rsi;
import io.millrace.engine.indicator.volatility.Atr;
import io.millrace.engine.indicator.volatility.Bollinger;
import io.millrace.engine.indicator.volume.VolumeZScore;

/** What closed bars of one minute, as the kline stream brings them, say of the last while; also of instruments without a book. */
public final class MinuteFigures implements Stateful {
    private static final int BARS = 20;
    private static final int WILDER_BARS = 14;

    private final Rsi rsi = new Rsi(WILDER_BARS);
    private final Atr atr = new Atr(WILDER_BARS);
    private final Bollinger bollinger = new Bollinger(BARS, 2.0);
    private final VolumeZScore volume = new VolumeZScore(BARS);
    private final LiquidityProxy proxy = new LiquidityProxy(BARS);
    private final Bar bar = new Bar();
    private long openMs;

    /** Makes figures that have seen no bar. */
    public MinuteFigures() {}

    /**
     * Takes a closed bar; one that is not later than the last, or is no bar, is passed over.
     *
     * @param barOpenMs when it began, epoch milliseconds.
     * @param highE8 its high, 1e-8.
     * @param lowE8 its low.
     * @param closeE8 its close.
     * @param barVolume its volume in base units.
     */
    public void onBar(long barOpenMs, long highE8, long lowE8, long closeE8, double barVolume) {
        boolean isVolume = barVolume == 0 || (barVolume >= Bar.LEAST && barVolume <= Bar.LIMIT);
        if (barOpenMs <= openMs || lowE8 < 0 || lowE8 > closeE8 || closeE8 > highE8 || !isVolume) {
            return;
        }
        openMs = barOpenMs;
        double close = closeE8 / 1e8;
        bar.set(close, highE8 / 1e8, lowE8 / 1e8, close, barVolume, 0);
        rsi.update(close);
        atr.update(bar);
        bollinger.update(close);
        volume.update(bar);
        proxy.update(bar);
    }

    /** Returns RSI(14). */
    public Rsi rsi() {
        return rsi;
    }

    /** Returns ATR(14). */
    public Atr atr() {
        return atr;
    }

    /** Returns Bollinger(20, 2). */
    public Bollinger bollinger() {
        return bollinger;
    }

    /** Returns the z-score of volume over 20 bars. */
    public VolumeZScore volume() {
        return volume;
    }

    /** Returns illiquidity over 20 bars. */
    public LiquidityProxy liquidityProxy() {
        return proxy;
    }

    @Override
    public void visitState(State state) {
        state.type("MinuteFi");
        rsi.visitState(state);
        atr.visitState(state);
        bollinger.visitState(state);
        volume.visitState(state);
        proxy.visitState(state);
        openMs = state.i64(openMs);
    }
}
