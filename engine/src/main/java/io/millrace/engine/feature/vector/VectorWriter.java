package io.millrace.engine.feature.vector;

import io.millrace.engine.feature.derivative.DerivativeFeatures;
import io.millrace.engine.feature.micro.Horizons;
import io.millrace.engine.feature.micro.LiquidationFlow;
import io.millrace.engine.feature.micro.MicroFeatures;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes vectors. It remembers sine and cosine of the last minute, nothing else, so what it writes depends on its arguments only. */
public final class VectorWriter {
    private static final int DEPTH_BAND_10 = 1;
    private static final double BPS = 10_000;
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DAY_MINUTES = 1_440;
    private static final int WEEK_MINUTES = 7 * DAY_MINUTES;
    /** The epoch began on a Thursday. */
    private static final int EPOCH_WEEK_MINUTE = 3 * DAY_MINUTES;

    // Tables, because StrictMath's sine and cosine allocate on newer JDKs.
    private static final float[] DAY = circle(DAY_MINUTES);
    private static final float[] WEEK = circle(WEEK_MINUTES);

    private final float[] clock = new float[4];
    private long minute = Long.MIN_VALUE;
    private long minuteEndNs = Long.MIN_VALUE;
    private UnsafeBuffer buffer;
    private int at;

    /** Makes a writer. */
    public VectorWriter() {}

    /**
     * Writes a vector.
     *
     * @param nowNs engine time, of which the features are.
     * @param instrumentId whose they are.
     * @param micro its microstructure, advanced to {@code nowNs}; null if there is none.
     * @param derivative its derivatives features; null if there are none.
     * @param target is written to.
     * @param offset of the first of {@link FeatureVector#LENGTH} bytes.
     */
    public void write(
            long nowNs,
            int instrumentId,
            MicroFeatures micro,
            DerivativeFeatures derivative,
            UnsafeBuffer target,
            int offset) {
        buffer = target;
        target.putLong(offset + FeatureVector.SCHEMA_HASH_OFFSET, VectorFeature.schemaHash());
        target.putLong(offset + FeatureVector.ENGINE_NS_OFFSET, nowNs);
        target.putInt(offset + FeatureVector.INSTRUMENT_ID_OFFSET, instrumentId);
        at = offset + FeatureVector.FEATURES_OFFSET;
        putClock(nowNs);
        if (micro == null) {
            putMissing(VectorFeature.PREMIUM.index() - VectorFeature.SPREAD.index());
        } else {
            putTouch(micro);
            putFlow(micro);
            putDepth(micro);
            putVolatility(micro);
            putMinutes(micro);
        }
        if (derivative == null) {
            putMissing(FeatureVector.COUNT - VectorFeature.PREMIUM.index());
        } else {
            putDerivative(derivative);
        }
    }

    /** Returns sine and cosine, side by side, of each of a circle's steps. */
    private static float[] circle(int steps) {
        float[] circle = new float[2 * steps];
        for (int step = 0; step < steps; step++) {
            double angle = 2 * StrictMath.PI * step / steps;
            circle[2 * step] = (float) StrictMath.sin(angle);
            circle[2 * step + 1] = (float) StrictMath.cos(angle);
        }
        return circle;
    }

    private void putClock(long nowNs) {
        if (nowNs >= minuteEndNs || nowNs < minuteEndNs - MINUTE_NS) {
            minute = Math.floorDiv(nowNs, MINUTE_NS);
            minuteEndNs = (minute + 1) * MINUTE_NS;
            int day = 2 * Math.floorMod(minute, DAY_MINUTES);
            int week = 2 * Math.floorMod(minute + EPOCH_WEEK_MINUTE, WEEK_MINUTES);
            clock[0] = DAY[day];
            clock[1] = DAY[day + 1];
            clock[2] = WEEK[week];
            clock[3] = WEEK[week + 1];
        }
        for (float value : clock) {
            put(value);
        }
    }

    private void putTouch(MicroFeatures micro) {
        var touch = micro.touch();
        putLimited(touch.spreadBps());
        putLimited(touch.micropriceBps());
        put(touch.imbalance1());
        put(touch.imbalance5());
        put(touch.imbalance10());
        put(touch.imbalance20());
    }

    private void putFlow(MicroFeatures micro) {
        var flow = micro.orderFlow();
        put(flow.ratio(Horizons.S1));
        put(flow.ratio(Horizons.S10));
        put(flow.ratio(Horizons.S60));
        var trades = micro.trades();
        put(trades.imbalance(Horizons.S1));
        put(trades.imbalance(Horizons.S10));
        put(trades.imbalance(Horizons.S60));
        put(trades.intensity(Horizons.S10));
        put(micro.prints().imbalance());
    }

    private void putDepth(MicroFeatures micro) {
        var depth = micro.depth();
        put(depth.imbalance(DEPTH_BAND_10));
        put(depth.buyCostBps());
        put(depth.sellCostBps());
        put(depth.drop());
        put((double) (micro.icebergs().bidRefills() - micro.icebergs().askRefills()));
        put(micro.liquidations().perMinute(LiquidationFlow.M1));
    }

    private void putVolatility(MicroFeatures micro) {
        put(micro.volatility(Horizons.S1).value() * BPS);
        put(micro.volatility(Horizons.S10).value() * BPS);
        put(micro.volatility(Horizons.S60).value() * BPS);
        put(micro.jumps().statistic());
    }

    private void putMinutes(MicroFeatures micro) {
        var minutes = micro.minutes();
        putLimited(minutes.rsi().value());
        putLimited(minutes.atr().percent());
        putLimited(minutes.bollinger().percentB());
        putLimited(minutes.volume().value());
    }

    private void putDerivative(DerivativeFeatures derivative) {
        put(derivative.premiumBps());
        put(derivative.funding().excessBps());
        put(derivative.funding().percentile());
        put(derivative.interest().hourChange());
        put(derivative.longShortLog());
        put(derivative.zones().pull());
    }

    private void putMissing(int count) {
        for (int i = 0; i < count; i++) {
            put(Float.NaN);
        }
    }

    /** A feature that is bounded so that a float holds it; one that is missing is NaN already, always of the same bits. */
    private void put(double value) {
        buffer.putFloat(at, (float) value);
        at += Float.BYTES;
    }

    /** A feature that has no bound: what a float cannot hold is its largest number. */
    private void putLimited(double value) {
        put(Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)));
    }
}
