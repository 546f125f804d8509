package io.millrace.codecs.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
    @ParameterizedTest
    @CsvSource({"0.10,1,-1", "0.001,1,-3", "1,1,0", "10,1,1", "0.05,5,-2", "2500,25,2", "0.0000001,1,-7"})
    void shouldFindSmallestMantissa(String step, long mantissa, int exponent) {
        assertEquals(new Grid(mantissa, exponent), Grid.parse(step));
        assertEquals(0, Grid.parse(step).step().compareTo(new BigDecimal(step)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.1", "1E-13", "1E7"})
    void shouldRefuseWhatIsNoStep(String step) {
        assertThrows(IllegalArgumentException.class, () -> Grid.parse(step));
    }

    @ParameterizedTest
    @CsvSource({"0.10,61800.20,618002", "0.05,0.15,3", "10,120,12", "0.001,0,0", "0.001,-1.5,-1500"})
    void shouldCountSteps(String step, String value, long units) {
        assertEquals(units, Grid.parse(step).toUnits(new BigDecimal(value)));
        assertEquals(0, Grid.parse(step).toDecimal(units).compareTo(new BigDecimal(value)));
    }

    @Test
    void shouldRefuseValueOffTheGridOrTooLarge() {
        assertThrows(ArithmeticException.class, () -> Grid.parse("0.10").toUnits(new BigDecimal("0.15")));
        assertThrows(ArithmeticException.class, () -> Grid.parse("0.10").toUnits(new BigDecimal("1e18")));
    }
}
