package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.value.Grid;
import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.concurrent.UnsafeBuffer;

class DecimalTextTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[DecimalText.MAX_LENGTH + 4]);

    @Example
    void shouldWriteAsTheVenueDoes() {
        assertEquals("61800.2", text(618002, Grid.parse("0.10"), 0));
        assertEquals("61800.20", text(618002, Grid.parse("0.10"), 2));
        assertEquals("0.000", text(0, Grid.parse("0.001"), 0));
        assertEquals("0.001", text(1, Grid.parse("0.001"), 0));
        assertEquals("-0.15", text(-3, Grid.parse("0.05"), 0));
        assertEquals("1300", text(13, Grid.parse("100"), 0));
        assertEquals("0", text(0, Grid.parse("100"), 0));
        assertEquals("1300.00", text(13, Grid.parse("100"), 2));
        assertEquals("0.00", text(0, Grid.parse("100"), 2));
    }

    @Example
    void shouldRefuseWhatDoesNotFit() {
        assertThrows(ArithmeticException.class, () -> text(Long.MAX_VALUE, Grid.parse("0.05"), 0));
        assertThrows(IllegalArgumentException.class, () -> DecimalText.put(1, 19, 0, buffer, 0));
        assertThrows(IllegalArgumentException.class, () -> DecimalText.put(1, 0, 37, buffer, 0));
    }

    @Property(tries = 5000, seed = "20261121")
    void shouldReadBackAsTheSameValue(
            @ForAll long mantissa,
            @ForAll @IntRange(min = -18, max = 18) int exponent,
            @ForAll @IntRange(max = DecimalText.MAX_DECIMALS) int decimals) {
        int length = DecimalText.put(mantissa, exponent, decimals, buffer, 2);
        assertTrue(length <= DecimalText.MAX_LENGTH);
        String text = buffer.getStringWithoutLengthAscii(2, length);
        BigDecimal expected = BigDecimal.valueOf(mantissa, -exponent);
        assertEquals(0, expected.compareTo(new BigDecimal(text)), text);
        assertEquals(Math.max(decimals, -exponent), Math.max(0, new BigDecimal(text).scale()), text);
    }

    @Property(tries = 2000, seed = "20261121")
    void shouldBeReadByTheDecoderAsTheSameUnits(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long ticks, @ForAll @IntRange(max = 4) int decimals) {
        DecoderRig rig = new DecoderRig(100);
        for (String symbol : new String[] {"BTCUSDT", "ODDUSDT", "FINEUSDT"}) {
            String price = text(ticks, rig.instruments().find(symbol).tick(), decimals);
            String frame = Frames.TRADE
                    .replace("0.010", "1.0")
                    .replace("91250.20", price)
                    .replace("BTCUSDT", symbol);
            assertEquals(ticks, rig.read(frame).get("p"));
        }
    }

    private String text(long units, Grid grid, int decimals) {
        return buffer.getStringWithoutLengthAscii(1, DecimalText.put(units, grid, decimals, buffer, 1));
    }
}
