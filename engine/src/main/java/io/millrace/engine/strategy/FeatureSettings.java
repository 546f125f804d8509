package io.millrace.engine.strategy;

import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.IndicatorPlan;

/**
 * Settings of the strategy stage's parts, a component each.
 *
 * @param bars the bars.
 * @param indicators which indicators closed bars feed.
 */
public record FeatureSettings(BarSettings bars, IndicatorPlan indicators) {
    /** Returns the defaults. */
    public static FeatureSettings defaults() {
        return new FeatureSettings(BarSettings.defaults(), IndicatorPlan.defaults());
    }

    /** Returns these settings with other bars. */
    public FeatureSettings with(BarSettings other) {
        return new FeatureSettings(other, indicators);
    }

    /** Returns these settings with other indicators. */
    public FeatureSettings with(IndicatorPlan other) {
        return new FeatureSettings(bars, other);
    }
}
