package io.millrace.engine.strategy;

/** Settings of the strategy stage's parts, a component each. */
public record FeatureSettings() {
    /** Returns the defaults. */
    public static FeatureSettings defaults() {
        return new FeatureSettings();
    }
}
