package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.value.InstrumentSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class MarketDecoderPropertyTest {
    private static final String SEED = "20261121";

    private final DecoderRig rig = new DecoderRig();

    @Property(tries = 2000, seed = SEED)
    void shouldReadFieldsInAnyOrder(@ForAll @IntRange(max = 7) int type, @ForAll Random random) {
        List<String> fields = new ArrayList<>(Frames.allFields().get(type));
        Map<String, Object> expected = rig.read(Frames.object(fields));
        Collections.shuffle(fields, random);
        assertEquals(expected, rig.read(Frames.object(fields)));
    }

    @Property(tries = 3000, seed = SEED)
    void shouldSkipUnknownFieldsAnywhere(
            @ForAll @IntRange(max = 7) int type,
            @ForAll Random random,
            @ForAll("unknownKeys") String key,
            @ForAll("values") String value) {
        List<String> fields = new ArrayList<>(Frames.allFields().get(type));
        Map<String, Object> expected = rig.read(Frames.object(fields));
        fields.add(random.nextInt(fields.size() + 1), "\"" + key + "\":" + value);
        assertEquals(expected, rig.read(Frames.object(fields)));
        String wrapper = "{\"" + key + "\":" + value + ",\"stream\":\"x\",\"data\":" + Frames.object(fields) + "}";
        assertEquals(expected, rig.read(wrapper));
    }

    @Provide
    Arbitrary<String> unknownKeys() {
        return Arbitraries.of("z", "Z", "", "zz", "unknown", "a very long key of many words", "\u5e01", "dat", "datas");
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> leaves = Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "-0.5e+10",
                "1E5",
                "12345678901234567890123",
                "\"\"",
                "\"x\"",
                "\"}\"",
                "\"\\\"e\\\":\"",
                "\"\\u00e9\\\\\"",
                "\"\u5e01\ud83d\ude00\"",
                "{}",
                "[]",
                "[ ]",
                "{ }");
        return Arbitraries.recursive(() -> leaves, MarketDecoderPropertyTest::nested, 0, 4);
    }

    private static Arbitrary<String> nested(Arbitrary<String> values) {
        Arbitrary<String> arrays = values.list().ofMaxSize(3).map(list -> "[" + String.join(" , ", list) + "]");
        Arbitrary<String> objects = Combinators.combine(Arbitraries.of("e", "s", "\\u0065", ""), values)
                .as((key, value) -> "{\"" + key + "\": " + value + "}");
        return Arbitraries.oneOf(arrays, objects);
    }

    @Example
    void shouldRefuseEveryTruncation() {
        for (String whole : Frames.all()) {
            for (String frame : List.of(whole, Frames.combined("btcusdt@any", whole), "[" + whole + "]")) {
                byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                for (int length = 0; length < bytes.length; length++) {
                    int code = rig.check(Arrays.copyOf(bytes, length));
                    assertEquals(-DecodeReason.TRUNCATED.value(), code, frame.substring(0, length));
                    assertEquals(length, rig.decoder().errorPosition());
                }
            }
        }
    }

    @Example
    void shouldNeverMisreadAFrameWithOneBitFlipped() {
        for (String whole : Frames.all()) {
            for (String frame : List.of(whole, Frames.combined("btcusdt@any", whole))) {
                byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                for (int bit = 0; bit < 8 * bytes.length; bit++) {
                    bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
                    rig.check(bytes);
                    bytes[bit >> 3] ^= (byte) (1 << (bit & 7));
                }
            }
        }
    }

    @Property(tries = 20_000, seed = SEED)
    void shouldReadAnyDecimalLikeBigDecimal(
            @ForAll("symbols") String symbol, @ForAll("decimals") String price, @ForAll("decimals") String qty) {
        String frame =
                Frames.TRADE.replace("0.010", qty).replace("91250.20", price).replace("BTCUSDT", symbol);
        InstrumentSpec spec = rig.instruments().find(symbol);
        boolean isReadable;
        try {
            spec.tick().toUnits(new BigDecimal(price));
            spec.lot().toUnits(new BigDecimal(qty));
            isReadable = true;
        } catch (ArithmeticException e) {
            isReadable = false;
        }
        int code = rig.check(frame.getBytes(StandardCharsets.UTF_8));
        boolean isEmpty = new BigDecimal(price).signum() == 0 || new BigDecimal(qty).signum() == 0;
        assertEquals(isReadable, code > 0 || (isEmpty && code == 0), () -> price + " x " + qty + " gives " + code);
    }

    @Provide
    Arbitrary<String> symbols() {
        return Arbitraries.of("BTCUSDT", "SUSHIUSDT", "AKROUSDT", "ODDUSDT", "COARSEUSDT", "FINEUSDT");
    }

    /** Mostly numbers that are on some grid: few digits, zeros behind. */
    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<Long> mantissas = Arbitraries.longs().between(0, 99_999).edgeCases(edge -> edge.add(0L));
        Arbitrary<Long> large = Arbitraries.longs().between(0, 999_999_999_999_999L);
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(4, mantissas), Tuple.of(1, large)),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 4))
                .as((mantissa, scale, zeros) -> {
                    String text = BigDecimal.valueOf(mantissa, scale).toPlainString();
                    return text.contains(".") ? text + "0".repeat(zeros) : text;
                });
    }

    @Property(tries = 5000, seed = SEED)
    void shouldReadAnyWholeNumber(@ForAll @LongRange(min = 0) long id, @ForAll @IntRange(max = 18) int cut) {
        long shorter = id / NumberParser.POW10[cut];
        Map<String, Object> event = rig.read(Frames.TRADE.replace("7020114001", Long.toString(shorter)));
        assertEquals(shorter, event.get("t"));
        assertTrue(rig.decoder().counters().templateFrames() > 0);
    }
}
