package io.millrace.engine.bars;

/**
 * Settings of the bars.
 *
 * @param source what one-minute bars are made from; default AUTO.
 * @param deepInstruments instruments whose priority in their definition is below this are deep, the others wide; default 64.
 * @param deep history of the first; default 2,000 bars on every timeframe.
 * @param wide history of the others; default 500, 300, 300, 300, 200 and 120 bars.
 * @param graceMs how long after its end, by the venue's time, a bar waits for the event that closes it before a tick does;
 *     default 2,000.
 * @param closesPerTick instruments that one tick closes bars of, so that no tick takes long; default 128.
 * @param warmUp how history is asked for; default not at all.
 */
public record BarSettings(
        BarSource source,
        int deepInstruments,
        Depths deep,
        Depths wide,
        long graceMs,
        int closesPerTick,
        WarmUp warmUp) {
    /** Most bars of one timeframe. */
    public static final int MAX_DEPTH = 2_000;

    private static final int MIN_DEPTH = 10;

    /** Checks the ranges. */
    public BarSettings {
        if (source == null || deep == null || wide == null || warmUp == null) {
            throw new IllegalArgumentException(
                    "source, deep, wide and warmUp of the bars must be given, leave them out for the defaults");
        }
        require("deepInstruments", deepInstruments, 0, 4096);
        require("graceMs", graceMs, 0, 60_000);
        require("closesPerTick", closesPerTick, 1, 4096);
    }

    /** Returns the defaults. */
    public static BarSettings defaults() {
        return new BarSettings(
                BarSource.AUTO,
                64,
                new Depths(2_000, 2_000, 2_000, 2_000, 2_000, 2_000),
                new Depths(500, 300, 300, 300, 200, 120),
                2_000,
                128,
                WarmUp.off());
    }

    /** Returns these settings with another source. */
    public BarSettings with(BarSource other) {
        return new BarSettings(other, deepInstruments, deep, wide, graceMs, closesPerTick, warmUp);
    }

    /** Returns these settings with another warm-up. */
    public BarSettings with(WarmUp other) {
        return new BarSettings(source, deepInstruments, deep, wide, graceMs, closesPerTick, other);
    }

    /** Returns these settings with one history for all instruments. */
    public BarSettings with(Depths all) {
        return new BarSettings(source, deepInstruments, all, all, graceMs, closesPerTick, warmUp);
    }

    /** Returns the history of an instrument by the priority of its definition. */
    Depths depths(int priority) {
        return priority < deepInstruments ? deep : wide;
    }

    /**
     * Most bars that are kept of each timeframe, {@value #MIN_DEPTH} to {@value #MAX_DEPTH}, 0 for a timeframe that is not
     * kept; one-minute bars are.
     *
     * @param m1 of one minute.
     * @param m5 of 5 minutes.
     * @param m15 of 15 minutes.
     * @param h1 of one hour.
     * @param h4 of 4 hours.
     * @param d1 of one day.
     */
    public record Depths(int m1, int m5, int m15, int h1, int h4, int d1) {
        /** Checks the ranges. */
        public Depths {
            require("m1", m1, MIN_DEPTH, MAX_DEPTH);
            requireDepth("m5", m5);
            requireDepth("m15", m15);
            requireDepth("h1", h1);
            requireDepth("h4", h4);
            requireDepth("d1", d1);
        }

        /** Returns the depth of a timeframe. */
        public int of(Timeframe timeframe) {
            return switch (timeframe) {
                case M1 -> m1;
                case M5 -> m5;
                case M15 -> m15;
                case H1 -> h1;
                case H4 -> h4;
                case D1 -> d1;
            };
        }

        private static void requireDepth(String name, int depth) {
            if (depth != 0) {
                require(name, depth, MIN_DEPTH, MAX_DEPTH);
            }
        }
    }

    /**
     * How bars that are missing are asked for.
     *
     * @param isOn whether they are.
     * @param maxInFlight requests without an answer at a time, 1 to 16.
     * @param weightPerMinute share of the venue's request weight, 10 or more.
     * @param maxAgeNs a request is not sent when it has waited for longer.
     * @param answerTimeoutNs time after that in which an answer must have come.
     * @param maxAttempts requests for one range before it is given up, and what is missing stays missing.
     */
    public record WarmUp(
            boolean isOn, int maxInFlight, int weightPerMinute, long maxAgeNs, long answerTimeoutNs, int maxAttempts) {
        private static final long SECOND_NS = 1_000_000_000L;

        /** Checks the ranges. */
        public WarmUp {
            require("maxInFlight", maxInFlight, 1, 16);
            require("weightPerMinute", weightPerMinute, 10, 1_000_000);
            require("maxAgeNs", maxAgeNs, 1_000_000, 3_600 * SECOND_NS);
            require("answerTimeoutNs", answerTimeoutNs, 1_000_000, 3_600 * SECOND_NS);
            require("maxAttempts", maxAttempts, 1, 100);
        }

        /** Returns a warm-up by REST: 4 at a time, 900 of 2,400 weight a minute, 2 s old at most, 10 s to answer, 5 attempts. */
        public static WarmUp byRest() {
            return new WarmUp(true, 4, 900, 2 * SECOND_NS, 10 * SECOND_NS, 5);
        }

        /** Returns no warm-up: history grows from live bars alone. */
        public static WarmUp off() {
            WarmUp on = byRest();
            return new WarmUp(
                    false, on.maxInFlight, on.weightPerMinute, on.maxAgeNs, on.answerTimeoutNs, on.maxAttempts);
        }
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ", choose a value within");
        }
    }
}
