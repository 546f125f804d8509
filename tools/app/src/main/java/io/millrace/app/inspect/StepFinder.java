package io.millrace.app.inspect;

import io.millrace.codecs.value.Grid;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Finds the coarsest step that all values seen are multiples of: their greatest common divisor. The venue writes more
 * decimals than the step has (61800.20 on a step of 0.10), so counting decimals would not do.
 */
final class StepFinder {
    private BigDecimal step;

    void add(String text) {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() <= 0) {
            return;
        }
        if (step == null) {
            step = value;
        } else if (value.remainder(step).signum() != 0) {
            int scale = Math.max(value.scale(), step.scale());
            BigInteger divisor = value.setScale(scale)
                    .unscaledValue()
                    .gcd(step.setScale(scale).unscaledValue());
            step = new BigDecimal(divisor, scale);
        }
    }

    /** Returns the step, 1 if no value was seen. */
    Grid grid() {
        return Grid.of(step == null ? BigDecimal.ONE : step);
    }
}
