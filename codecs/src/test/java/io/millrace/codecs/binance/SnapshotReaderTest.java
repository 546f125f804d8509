package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {
    private static final String BODY = "{\"lastUpdateId\":12,\"E\":34,\"T\":56,\"bids\":[[\"1.5\",\"2\"]],\"asks\":[]}";

    private final InstrumentTable instruments = Instruments.table();
    private final SnapshotReader reader = new SnapshotReader();
    private final ExpandableArrayBuffer dst = new ExpandableArrayBuffer();

    @ParameterizedTest
    @ValueSource(strings = {"SUSHI", "AKRO", "KEEP", "CTK"})
    void shouldReadRecordedSnapshots(String name) {
        byte[] json = CaptureFile.bytes("rest/depth-" + name + "USDT-20210722.json");
        InstrumentSpec spec = instruments.find(name + "USDT");
        int length = reader.encode(ByteBuffer.wrap(json), spec, 640, 99, 1024, dst);
        JsonNode body = new JacksonOracle(instruments).tree(json);
        List<List<Long>> bids = new ArrayList<>();
        List<List<Long>> asks = new ArrayList<>();
        DepthSnapshotDecoder decoder = new DepthSnapshotDecoder();
        int at = 0;
        while (at < length) {
            int flags = EventHeader.flags(dst, at);
            decoder.wrapAndApplyHeader(dst, at, new MessageHeaderDecoder());
            assertEquals(at == 0, EventFlags.isFirst(flags));
            assertEquals(Producers.REST, EventHeader.producer(dst, at));
            assertEquals(spec.id(), EventHeader.instrumentId(dst, at));
            assertEquals(99, EventHeader.ingressNs(dst, at));
            assertEquals(body.get("E").longValue(), EventHeader.eventTimeMs(dst, at));
            assertEquals(body.get("T").longValue(), EventHeader.transactTimeMs(dst, at));
            assertEquals(body.get("lastUpdateId").longValue(), decoder.lastUpdateId());
            assertEquals(640, decoder.commandId());
            decoder.bids().forEach(level -> bids.add(List.of(level.priceTicks(), level.qtyLots())));
            decoder.asks().forEach(level -> asks.add(List.of(level.priceTicks(), level.qtyLots())));
            at += EventHeader.length(dst, at);
            assertEquals(at == length, EventFlags.isLast(flags));
        }
        assertEquals(JacksonOracle.levels(body.get("bids"), spec), bids);
        assertEquals(JacksonOracle.levels(body.get("asks"), spec), asks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}",
                "{\"lastUpdateId\":1,\"bids\":[]}",
                "{\"lastUpdateId\":-1,\"bids\":[],\"asks\":[]}",
                "{\"lastUpdateId\":1.5,\"bids\":[],\"asks\":[]}",
                "{\"bids\":[],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"1.55\",\"1\"]],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"x\",\"1\"]],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"1\"]],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"0\",\"1\"]],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"1\",\"-1\"]],\"asks\":[]}",
                "{\"lastUpdateId\":1,\"bids\":[[\"1e30\",\"1\"]],\"asks\":[]}"
            })
    void shouldRefuseWhatIsNoSnapshot(String body) {
        assertThrows(IllegalArgumentException.class, () -> encode(body));
    }

    @Test
    void shouldRefuseABufferThatIsTooShort() {
        assertEquals(72 + 8 + 16 + 8, encode(BODY));
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer small = new UnsafeBuffer(new byte[64]);
        assertThrows(
                IllegalArgumentException.class,
                () -> reader.encode(bytes, instruments.find("BTCUSDT"), 0, 0, 1024, small));
    }

    private int encode(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return reader.encode(bytes, instruments.find("BTCUSDT"), 0, 0, 1024, dst);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"bids\":[[\"1\"", "<html>\n<body>502 Bad Gateway</body>\n</html>", "{\"a\":\"\n\"}", "{\u0000"
            })
    void shouldSayInOneLineWhereABodyIsNotJson(String body) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> encode(body));
        assertTrue(
                error.getMessage()
                        .matches("snapshot of [A-Z]+, " + body.length()
                                + " bytes, is not JSON: [^\n]+, line \\d+ column \\d+"),
                error.getMessage());
    }
}
