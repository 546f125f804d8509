package io.millrace.exchange.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class JsonWriterTest {
    @Property
    void shouldPrintWhatBigDecimalPrints(
            @ForAll @LongRange(min = Long.MIN_VALUE + 1) long unscaled, @ForAll @IntRange(max = 18) int decimals) {
        JsonWriter writer = new JsonWriter(1);
        writer.raw("[").decimal(unscaled, decimals).raw(']').number(unscaled);
        assertEquals("[" + BigDecimal.valueOf(unscaled, decimals).toPlainString() + "]" + unscaled, writer.toString());
    }
}
