package io.millrace.exchange.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.exchange.venue.VenueRandom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MoneyTest {
    @ParameterizedTest
    @EnumSource(names = {"HALF_EVEN", "HALF_UP", "DOWN", "UP", "FLOOR", "CEILING"})
    void shouldAgreeWithBigDecimalInEveryRoundingAndWidth(RoundingMode rounding) {
        VenueRandom random = new VenueRandom(20261121);
        int fitting = 0;
        for (int i = 0; i < 200_000; i++) {
            long a = random.nextLong() >> random.nextInt(63);
            long b = random.nextLong() >> random.nextInt(63);
            long divisor = 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
            if (a == Long.MIN_VALUE || b == Long.MIN_VALUE || divisor <= 0) {
                continue;
            }
            BigInteger exact = new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
                    .divide(BigDecimal.valueOf(divisor), 0, rounding)
                    .toBigInteger();
            if (exact.abs().bitLength() <= 63) {
                fitting++;
                assertEquals(
                        exact.longValueExact(),
                        Money.mulDiv(a, b, divisor, rounding),
                        () -> a + " x " + b + " / " + divisor + " " + rounding);
            } else {
                assertThrows(ArithmeticException.class, () -> Money.mulDiv(a, b, divisor, rounding));
            }
        }
        assertEquals(true, fitting > 50_000, "cases that fit: " + fitting);
    }

    @ParameterizedTest
    @CsvSource({"5, HALF_EVEN, 0", "15, HALF_EVEN, 2", "-5, HALF_EVEN, 0", "-15, HALF_EVEN, -2", "-5, HALF_UP, -1"})
    void shouldRoundHalves(long tenths, RoundingMode rounding, long expected) {
        assertEquals(expected, Money.mulDiv(tenths, 1, 10, rounding));
    }

    @Test
    void shouldThrowInsteadOfWrapping() {
        assertThrows(ArithmeticException.class, () -> Money.mulDiv(Long.MAX_VALUE, 2, 1, RoundingMode.DOWN));
        assertThrows(ArithmeticException.class, () -> Money.mulDiv(1, 1, 0, RoundingMode.DOWN));
        assertEquals(Long.MAX_VALUE, Money.mulDiv(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, RoundingMode.DOWN));
    }

    @Test
    void shouldReadAndPrintEightDecimals() {
        assertEquals(50_000L, Money.parse("0.0005"));
        assertEquals("12.02469000", Money.toText(1_202_469_000L));
        assertEquals("0", Money.toText(0));
        assertThrows(ArithmeticException.class, () -> Money.parse("0.000000001"));
    }
}
