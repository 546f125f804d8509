package io.millrace.engine.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MicropriceTest {
    @Test
    void shouldLeanTowardsTheThinnerSide() {
        assertEquals((100 << 8) + 192, InstrumentFeatures.microprice(100, 3, 101, 1));
        assertEquals((100 << 8) + 64, InstrumentFeatures.microprice(100, 1, 101, 3));
        assertEquals((100 << 8) + 128, InstrumentFeatures.microprice(100, 7, 101, 7));
    }

    @Test
    void shouldBeTheMidWhenCrossedOrTooWide() {
        assertEquals(201 << 7, InstrumentFeatures.microprice(101, 5, 100, 1));
        assertEquals((100L + 100_000L) << 7, InstrumentFeatures.microprice(100, 5, 100_000, 1));
    }

    @Property
    void shouldBeExactWithinItsLimits(
            @ForAll @LongRange(min = 0, max = 1L << 40) long bidTicks,
            @ForAll @LongRange(min = 0, max = 1L << 15) long spreadTicks,
            @ForAll @LongRange(min = 1, max = (1L << 39) - 1) long bidLots,
            @ForAll @LongRange(min = 1, max = (1L << 39) - 1) long askLots) {
        BigInteger lean = BigInteger.valueOf(spreadTicks)
                .shiftLeft(8)
                .multiply(BigInteger.valueOf(bidLots))
                .divide(BigInteger.valueOf(bidLots + askLots));
        assertEquals(
                BigInteger.valueOf(bidTicks).shiftLeft(8).add(lean).longValueExact(),
                InstrumentFeatures.microprice(bidTicks, bidLots, bidTicks + spreadTicks, askLots));
    }

    @Property
    void shouldLieBetweenBidAndAskForAnySize(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long bidLots,
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long askLots) {
        long microprice = InstrumentFeatures.microprice(1_000, bidLots, 1_010, askLots);
        assertEquals(true, microprice >= 1_000 << 8 && microprice <= 1_010 << 8, "microprice " + microprice);
    }
}
