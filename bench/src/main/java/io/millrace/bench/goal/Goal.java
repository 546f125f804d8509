package io.millrace.bench.goal;

/**
 * One row of the goals table. Where the unit is {@link #RATIO} two figures of the same run are divided, so that the machine falls out.
 *
 * @param row number in the table, from 1.
 * @param text what is measured; of a ratio, both sides.
 * @param unit of measured value and bounds: {@link #RATIO}, or an absolute unit.
 * @param gate bound that must always hold.
 * @param target bound to be reached.
 * @param moonshot bound that is hoped for.
 * @param isLowerBetter whether the measured value has to be at most the bound, otherwise at least.
 */
public record Goal(
        int row, String text, String unit, double gate, double target, double moonshot, boolean isLowerBetter) {
    /** Unit of a quotient of two figures. */
    public static final String RATIO = "ratio";

    /**
     * Tells whether a value is within a bound; the bound itself is.
     *
     * @param measured value; NaN holds nothing.
     * @param bound for example {@link #gate}.
     */
    public boolean holds(double measured, double bound) {
        return isLowerBetter ? measured <= bound : measured >= bound;
    }

    /** Returns whether the measured value is a quotient of two figures. */
    public boolean isRatio() {
        return unit.equals(RATIO);
    }
}
