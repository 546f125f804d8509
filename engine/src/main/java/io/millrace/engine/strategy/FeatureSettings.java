package io.millrace.engine.strategy;

import io.millrace.engine.bars.BarSettings;
import io.millrace.engine.bars.IndicatorPlan;
import io.millrace.engine.universe.UniverseSettings;

/**
 * Settings of the strategy stage's parts, a component each.
 *
 * @param bars the bars.
 * @param indicators which indicators closed bars feed.
 * @param universe who gets full depth and trades.
 */
public record FeatureSettings(BarSettings bars, IndicatorPlan indicators, UniverseSettings universe) {
    /** Returns the defaults. */
    public static FeatureSettings defaults() {
        return new FeatureSettings(BarSettings.defaults(), IndicatorPlan.defaults(), UniverseSettings.defaults());
    }

    /** Returns these settings with other bars. */
    public FeatureSettings with(BarSettings other) {
        return new FeatureSettings(other, indicators, universe);
    }

    /** Returns these settings with other indicators. */
    public FeatureSettings with(IndicatorPlan other) {
        return new FeatureSettings(bars, other, universe);
    }

    /** Returns these settings with another universe. */
    public FeatureSettings with(UniverseSettings other) {
        return new FeatureSettings(bars, indicators, other);
    }
}
