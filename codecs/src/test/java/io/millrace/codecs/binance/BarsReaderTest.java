package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BarsHistoryDecoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class BarsReaderTest {
    private static final InstrumentSpec SPEC = new InstrumentSpec(
            3,
            2,
            "BTCUSDT",
            Grid.parse("0.10"),
            Grid.parse("0.001"),
            InstrumentSpec.Limits.NONE,
            ContractType.PERPETUAL,
            InstrumentStatus.TRADING,
            0,
            0,
            0,
            0);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final BarsReader reader = new BarsReader();

    private int encode(String json, long startMs, long endMs) {
        return reader.encode(
                json.getBytes(StandardCharsets.UTF_8),
                SPEC,
                new BarsReader.Request(77, Interval.M5, startMs, endMs),
                5_000,
                1024,
                buffer);
    }

    private static String row(long openMs, String price, String volume) {
        return "[" + openMs + ",\"" + price + "\",\"" + price + "\",\"" + price + "\",\"" + price + "\",\"" + volume
                + "\"," + (openMs + 299_999) + ",\"12.50\",9,\"0.5\",\"6.25\",\"0\"]";
    }

    @Test
    void shouldWriteBarsAtOneExponentWhenVolumesDiffer() {
        int length =
                encode("[" + row(0, "91250.10", "1.5000") + "," + row(300_000, "0.00000001", "2") + "]", 0, 300_000);
        BarsHistoryDecoder history = new BarsHistoryDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        assertEquals(length, EventHeader.length(buffer, 0));
        assertEquals(3, EventHeader.instrumentId(buffer, 0));
        assertEquals(77, history.commandId());
        assertEquals(Interval.M5, history.interval());
        assertEquals(-1, history.volumeExponent());
        assertEquals(-1, history.quoteExponent());
        BarsHistoryDecoder.BarsDecoder bars = history.bars();
        assertEquals(2, bars.count());
        bars.next();
        assertEquals(9_125_010_000_000L, bars.openE8());
        assertEquals(15, bars.volume());
        assertEquals(125, bars.quoteVolume());
        assertEquals(5, bars.takerBuyVolume());
        assertEquals(9, bars.tradeCount());
        bars.next();
        assertEquals(1, bars.closeE8());
        assertEquals(20, bars.volume());
        assertEquals(300_000, bars.openTimeMs());
    }

    @Test
    void shouldCutLongAnswersIntoMessagesThatFitASlot() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(row(i * 300_000L, "100.0", "1"));
        }
        int length = encode("[" + String.join(",", rows) + "]", 0, 99 * 300_000L);
        int bars = 0;
        int messages = 0;
        for (int at = 0; at < length; at += EventHeader.length(buffer, at)) {
            assertTrue(EventHeader.length(buffer, at) <= 1024);
            int flags = EventHeader.flags(buffer, at);
            boolean isLast = at + EventHeader.length(buffer, at) == length;
            assertEquals(at == 0, EventFlags.isFirst(flags));
            assertEquals(isLast, EventFlags.isLast(flags));
            bars += new BarsHistoryDecoder()
                    .wrapAndApplyHeader(buffer, at, new MessageHeaderDecoder())
                    .bars()
                    .count();
            messages++;
        }
        assertEquals(100, bars);
        assertEquals(8, messages);
    }

    @Test
    void shouldLeaveOutWhatWasNotAskedFor() {
        int length = encode("[" + row(0, "1", "1") + "," + row(300_000, "1", "1") + "]", 0, 0);
        assertEquals(EventHeader.length(buffer, 0), length);
        assertEquals(
                1,
                new BarsHistoryDecoder()
                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder())
                        .bars()
                        .count());
        int empty = encode("[]", 0, 0);
        assertEquals(EventFlags.WHOLE, EventHeader.flags(buffer, 0));
        assertEquals(EventHeader.length(buffer, 0), empty);
    }

    @Test
    void shouldSayWhatIsWrongWhenAnAnswerIsNoListOfBars() {
        for (String json : List.of(
                "{\"code\":-1121}",
                "[[1,2]]",
                "[",
                "[" + row(0, "x", "1") + "]",
                "[" + row(0, "0.000000001", "1") + "]",
                "[" + row(0, "1", "1234567890123456789.5") + "]")) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> encode(json, 0, 1), json);
            assertTrue(error.getMessage().startsWith("bars "), error.getMessage());
        }
    }
}
