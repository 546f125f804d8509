package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarketDecoderErrorTest {
    private final DecoderRig rig = new DecoderRig();

    static List<List<String>> fields() {
        return Frames.allFields();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e5 | BAD_NUMBER",
                "1E5 | BAD_NUMBER",
                "+1 | BAD_NUMBER",
                "01 | BAD_NUMBER",
                "00.5 | BAD_NUMBER",
                "007 | BAD_NUMBER",
                "1. | BAD_NUMBER",
                ".5 | BAD_NUMBER",
                "'' | BAD_NUMBER",
                "- | OUT_OF_RANGE",
                "-1 | OUT_OF_RANGE",
                "-0 | OUT_OF_RANGE",
                "0x10 | BAD_NUMBER",
                "1 | OK",
                "1.0 | OK",
                "1.000 | OK",
                "1.00000000000000000000000000000 | OK",
                "1.0000000000000000000000000000001 | NUMBER_OVERFLOW",
                "0.0001 | OFF_GRID",
                "1.0005 | OFF_GRID",
                "1.5 | OK",
                "1.50 | OK",
                "12.345 | OK",
                "1234567.123 | OK",
                "12345678.123 | OK",
                "123456789012.123 | OK",
                "9223372036854775.807 | OK",
                "9223372036854775.808 | NUMBER_OVERFLOW",
                "9223372036854775808 | NUMBER_OVERFLOW",
                "99999999999999999999999999 | NUMBER_OVERFLOW",
                "' 1' | BAD_NUMBER",
                "'1 ' | BAD_NUMBER",
                "1_000 | BAD_NUMBER",
                "1.2.3 | BAD_NUMBER",
                "NaN | BAD_NUMBER",
                "Infinity | BAD_NUMBER",
                "1\\u0030 | BAD_ESCAPE",
                "\\u0031 | BAD_NUMBER",
                "\u0661 | BAD_NUMBER"
            })
    void shouldReadOrRefuseQuantities(String text, String outcome) {
        for (String frame : List.of(
                Frames.TRADE.replace("0.010", text),
                Frames.BOOK_TICKER.replace("3.204", text),
                Frames.BOOK_TICKER.replace("0.871", text),
                Frames.AGG_TRADE.replace("0.412", text),
                Frames.DEPTH.replace("3.204", text),
                Frames.DEPTH.replace("0.871", text))) {
            if (outcome.equals("OK")) {
                rig.read(frame);
            } else {
                rig.refuse(DecodeReason.valueOf(outcome), frame);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | OK",
                "0 | OK",
                "12345678 | OK",
                "123456789012345 | OK",
                "1234567890123456 | OK",
                "9223372036854775807 | OK",
                "9223372036854775808 | NUMBER_OVERFLOW",
                "-1 | OUT_OF_RANGE",
                "01 | BAD_NUMBER",
                "0123456789012 | BAD_NUMBER",
                "1.0 | BAD_NUMBER",
                "1e3 | BAD_NUMBER",
                "1795262400111.5 | BAD_NUMBER",
                "172316126564126585.000 | BAD_NUMBER",
                "\"1\" | BAD_NUMBER",
                "+1 | SYNTAX",
                "null | BAD_NUMBER",
                "true | BAD_NUMBER",
                "[] | BAD_NUMBER",
                "{} | BAD_NUMBER"
            })
    void shouldReadOrRefuseIdsAndTimes(String text, String outcome) {
        for (String frame : List.of(
                Frames.BOOK_TICKER.replace("11873004410990", text),
                Frames.BOOK_TICKER.replace("1795262400108", text),
                Frames.TRADE.replace("7020114001", text),
                Frames.AGG_TRADE.replace("7020114009", text),
                Frames.DEPTH.replace("11873004409998", text),
                Frames.DEPTH.replace("1795262400105", text))) {
            if (outcome.equals("OK")) {
                rig.read(frame);
            } else {
                rig.refuse(DecodeReason.valueOf(outcome), frame);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldRefuseMissingFields(List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String key = fields.get(i).substring(0, fields.get(i).indexOf(':'));
            if (List.of("\"ps\"", "\"st\"", "\"nq\"", "\"ap\"", "\"X\"").contains(key)) {
                continue;
            }
            List<String> others = new ArrayList<>(fields);
            others.remove(i);
            rig.refuse(DecodeReason.MISSING_FIELD, Frames.object(others));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldRefuseDuplicateFieldsAndSayWhere(List<String> fields) {
        for (String field : fields) {
            if (field.startsWith("\"ps\"")) {
                continue;
            }
            List<String> more = new ArrayList<>(fields);
            more.add(field);
            String frame = Frames.object(more);
            rig.refuse(DecodeReason.DUPLICATE_FIELD, frame.lastIndexOf(field) + 1, frame);
        }
    }

    @Test
    void shouldRefuseWhatIsNoJson() {
        rig.refuse(DecodeReason.TRUNCATED, 0, "");
        rig.refuse(DecodeReason.TRUNCATED, 3, "   ");
        rig.refuse(DecodeReason.SYNTAX, 0, "x");
        rig.refuse(DecodeReason.SYNTAX, 0, "\"text\"");
        rig.refuse(DecodeReason.SYNTAX, 0, "12");
        rig.refuse(DecodeReason.MISSING_FIELD, 0, "{}");
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.length(), Frames.TRADE + "x");
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.length(), Frames.TRADE + "}");
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.length(), Frames.TRADE + Frames.TRADE);
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.length(), Frames.TRADE.replace("}", ",}"));
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.replace("\"m\":true", "\"m\":tru"));
        rig.refuse(DecodeReason.BAD_ENUM, Frames.TRADE.replace("\"m\":true", "\"m\":1"));
        rig.refuse(DecodeReason.SYNTAX, 1, "{,}");
        rig.refuse(DecodeReason.SYNTAX, 1, "[1]");
        rig.refuse(DecodeReason.SYNTAX, 4, "[[],x]");
        rig.refuse(DecodeReason.SYNTAX, Frames.combined("x", "7"));
        rig.refuse(DecodeReason.SYNTAX, Frames.TRADE.replace("BTC", "B\u0000C"));
    }

    @Test
    void shouldRefuseNestingBeyondTheLimit() {
        int deepest = JsonScanner.MAX_DEPTH - 1;
        rig.read(Frames.TRADE.replace("}", ",\"z\":" + "[".repeat(deepest) + "]".repeat(deepest) + "}"));
        rig.refuse(
                DecodeReason.TOO_DEEP,
                Frames.TRADE.replace("}", ",\"z\":" + "[".repeat(deepest + 1) + "]".repeat(deepest + 1) + "}"));
        rig.refuse(DecodeReason.TOO_DEEP, "[".repeat(100_000));
        rig.refuse(DecodeReason.TOO_DEEP, "{\"a\":".repeat(100_000));
    }

    @Test
    void shouldRefuseEscapesWhereTheyMatterAndSkipThemElsewhere() {
        rig.refuse(DecodeReason.BAD_ESCAPE, Frames.TRADE.replace("\"p\":", "\"\\u0070\":"));
        rig.refuse(DecodeReason.BAD_ESCAPE, Frames.TRADE.replace("BTCUSDT", "BTC\\u0055SDT"));
        rig.refuse(DecodeReason.BAD_ESCAPE, Frames.TRADE.replace("\"trade\"", "\"tra\\u0064e\""));
        rig.read(Frames.TRADE.replace("}", ",\"z\":\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\"}"));
        rig.read(Frames.combined("btc\\u0075sdt\\\"@trade", Frames.TRADE));
        rig.refuse(DecodeReason.BAD_ESCAPE, Frames.TRADE.replace("}", ",\"z\":\"\\x\"}"));
        rig.refuse(DecodeReason.BAD_ESCAPE, Frames.TRADE.replace("}", ",\"z\":\"\\u00g0\"}"));
    }

    @Test
    void shouldNameTheInstrumentAndStreamIfTheyWereKnown() {
        String frame = Frames.AGG_TRADE.replace("0.412", "0.4125");
        rig.refuse(DecodeReason.OFF_GRID, frame.indexOf("\"0.4125"), frame);
        assertEquals(0, EventHeader.instrumentId(rig.decoder().encoded(), 0));
        assertEquals(1, EventHeader.gridVersion(rig.decoder().encoded(), 0));
        rig.refuse(DecodeReason.UNKNOWN_SYMBOL, Frames.TRADE.replace("BTCUSDT", "NOBODY"));
        assertEquals(-1, EventHeader.instrumentId(rig.decoder().encoded(), 0));
        assertEquals(2, rig.decoder().counters().errors());
    }

    @Test
    void shouldRefuseBadLevels() {
        String level = "[\"91250.20\",\"0.871\"]";
        rig.refuse(DecodeReason.OUT_OF_RANGE, Frames.DEPTH.replace("91250.20", "0.00"));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace(level, "[\"91250.20\"]"));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace(level, "[\"91250.20\",\"0.871\",\"1\"]"));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace(level, level + ","));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace(level, level + level));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace(level, "7"));
        rig.refuse(DecodeReason.BAD_NUMBER, Frames.DEPTH.replace(level, "[91250.20,\"0.871\"]"));
        rig.refuse(DecodeReason.SYNTAX, Frames.DEPTH.replace("[" + level + "]", "{}"));
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        InstrumentTable table = new InstrumentTable();
        assertThrows(IllegalArgumentException.class, () -> new MarketDecoder(table, 511));
        assertThrows(IllegalArgumentException.class, () -> new MarketDecoder(table, 1024, 0));
    }
}
