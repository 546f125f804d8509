package io.millrace.engine.indicator.kernel;

import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.volume.VolumeShock;

/** What volume says of price, and CCI, which is of typical prices, too. */
final class VolumeKernel {
    private static final int LENGTH = TwentyBars.LENGTH;
    private static final double CCI_FACTOR = 0.015;
    private static final double SHOCK = 3;

    private final SumWindow flows;
    /** Compensated sums: turnover and volume of the session, and on-balance volume, each with what was lost. */
    private final int sessionTurnover;

    private final int sessionVolume;
    private final int balance;
    /** Typical prices of the last 20 bars. */
    private final int typicals;

    VolumeKernel(Places places) {
        sessionTurnover = places.state(2);
        sessionVolume = places.state(2);
        balance = places.state(2);
        flows = SumWindow.pair(14, places);
        typicals = places.slots(LENGTH);
    }

    double touch(double[] w, int count) {
        return flows.touchPair(w, count) + w[typicals] + w[typicals + 8] + w[typicals + 16];
    }

    void update(double[] w, BarStep step) {
        double volumes = step.volumeSum;
        double typical = step.typical;
        w[Outputs.CMF_20] = volumes > 0 ? Math.max(-1, Math.min(1, step.locationSum / volumes)) : 0;
        w[Outputs.VWAP_20] = volumes > 0 ? step.turnoverSum / volumes : typical;
        double deviation = step.volumeDeviation;
        w[Outputs.VOLUME_Z_SCORE] = deviation > 0 ? (step.volume - volumes / LENGTH) / deviation : 0;
        w[Outputs.VOLUME_SHOCK] = shock(step);
        w[Outputs.VOLUME_SHOCK + 1] = w[Outputs.VOLUME_SHOCK] >= SHOCK ? 1 : 0;
        session(w, step);
        if (step.count > 0) {
            flow(w, step);
            if (step.close != step.lastClose) {
                add(w, balance, step.close > step.lastClose ? step.volume : -step.volume);
            }
        }
        w[Outputs.OBV] = w[balance] + w[balance + 1];
        channel(w, step);
    }

    private static double shock(BarStep step) {
        double mean = step.lastVolumeSum / LENGTH;
        if (mean > 0) {
            return Math.min(VolumeShock.MOST, step.volume / mean);
        }
        return step.volume > 0 ? VolumeShock.MOST : 1;
    }

    private void session(double[] w, BarStep step) {
        if (step.isSessionStart) {
            w[sessionTurnover] = 0;
            w[sessionTurnover + 1] = 0;
            w[sessionVolume] = 0;
            w[sessionVolume + 1] = 0;
        }
        add(w, sessionTurnover, step.typical * step.volume);
        add(w, sessionVolume, step.volume);
        double volume = w[sessionVolume] + w[sessionVolume + 1];
        double turnover = w[sessionTurnover] + w[sessionTurnover + 1];
        w[Outputs.SESSION_VWAP] = volume > 0 ? turnover / volume : step.typical;
    }

    /** Adds a term as {@link io.millrace.engine.indicator.window.CompensatedSum} does. */
    private static void add(double[] w, int at, double value) {
        double sum = w[at];
        double total = sum + value;
        w[at + 1] += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
        w[at] = total;
    }

    private void flow(double[] w, BarStep step) {
        double flow = step.typical * step.volume;
        double rising = step.typical > step.lastTypical ? flow : 0;
        double falling = step.typical < step.lastTypical ? flow : 0;
        flows.push(w, step.count - 1, rising, falling);
        double up = flows.first(w, step.count);
        double both = up + flows.second(w, step.count);
        w[Outputs.MFI_14] = both > 0 ? 100 * (up / both) : 50;
    }

    private void channel(double[] w, BarStep step) {
        double typical = step.typical;
        double mean = step.typicalSum / LENGTH;
        w[typicals + step.count % LENGTH] = typical;
        double sum = 0;
        for (int i = typicals; i < typicals + LENGTH; i++) {
            sum += Math.abs(w[i] - mean);
        }
        double deviation = sum / LENGTH;
        w[Outputs.CCI_20] = deviation > Indicator.FLAT * mean ? (typical - mean) / (CCI_FACTOR * deviation) : 0;
    }
}
