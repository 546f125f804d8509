package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ReferenceDataTest {
    private static final String EXCHANGE_INFO = """
            {"timezone":"UTC","symbols":[
             {"symbol":"BTCUSDT","contractType":"PERPETUAL","deliveryDate":4133404800000,"onboardDate":1569398400000,
              "status":"TRADING","liquidationFee":"0.012500","marketTakeBound":"0.05","filters":[
               {"filterType":"PRICE_FILTER","minPrice":"261.15","maxPrice":"809484","tickSize":"0.10"},
               {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
               {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
               {"filterType":"MIN_NOTIONAL","notional":"100"},
               {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500"}]},
             {"symbol":"NEWUSDT","contractType":"SOMETHING","status":"ODD","filters":[
               {"filterType":"PRICE_FILTER","tickSize":"0.05"},{"filterType":"LOT_SIZE","stepSize":"1"}]},
             {"symbol":"BADUSDT","filters":[{"filterType":"PRICE_FILTER","tickSize":"0"}]}]}""";

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[InstrumentCodec.MAX_LENGTH + 8]);

    private static List<InstrumentSpec> read(String json, InstrumentTable known, List<String> problems) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ExchangeInfoReader.read(bytes, known, InstrumentSelection.all(3), problems::add);
    }

    @Test
    void shouldReadFiltersAndGrids() {
        List<String> problems = new ArrayList<>();
        List<InstrumentSpec> specs = read(EXCHANGE_INFO, new InstrumentTable(), problems);
        InstrumentSpec expected = new InstrumentSpec(
                0,
                1,
                "BTCUSDT",
                new Grid(1, -1),
                new Grid(1, -3),
                new InstrumentSpec.Limits(
                        2612,
                        8094840,
                        1,
                        1_000_000,
                        120_000,
                        10_000_000_000L,
                        105_000_000,
                        95_000_000,
                        5_000_000,
                        1_250_000),
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                1569398400000L,
                4133404800000L,
                0,
                3);
        assertEquals(2, specs.size());
        assertEquals(expected, specs.get(0));
        assertEquals(1, specs.get(1).id());
        assertEquals(ContractType.OTHER, specs.get(1).contractType());
        assertEquals(InstrumentSpec.Limits.NONE, specs.get(1).limits());
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("BADUSDT"), problems.get(0));
    }

    @Test
    void shouldKeepIdsAndCountGridVersions() {
        InstrumentTable known = new InstrumentTable();
        known.put(Instruments.spec(7, "BTCUSDT", "0.01", "0.001"));
        known.put(Instruments.spec(3, "NEWUSDT", "0.05", "1"));
        List<InstrumentSpec> specs = read(EXCHANGE_INFO, known, new ArrayList<>());
        assertEquals(7, specs.get(0).id());
        assertEquals(known.byId(7).gridVersion() + 1, specs.get(0).gridVersion());
        assertEquals(3, specs.get(1).id());
        assertEquals(known.byId(3).gridVersion(), specs.get(1).gridVersion());
        List<InstrumentSpec> fresh = ExchangeInfoReader.read(
                EXCHANGE_INFO.replace("NEWUSDT", "NEXTUSDT").getBytes(StandardCharsets.UTF_8),
                known,
                InstrumentSelection.of(List.of("X", "NEXTUSDT"), 5));
        assertEquals(1, fresh.size());
        assertEquals(8, fresh.get(0).id());
        assertEquals(1, fresh.get(0).priority());
        assertEquals(5, fresh.get(0).streams());
    }

    @Test
    void shouldRefuseWhatIsNoExchangeInfo() {
        InstrumentTable known = new InstrumentTable();
        for (String json : List.of("", "{}", "[1]", "{\"symbols\":", "<html>")) {
            assertThrows(IllegalArgumentException.class, () -> read(json, known, new ArrayList<>()), json);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ExchangeInfoReader.read(
                        EXCHANGE_INFO.getBytes(StandardCharsets.UTF_8), known, InstrumentSelection.all(1)));
    }

    @Test
    void shouldReadTheRecordedExchangeInfo() {
        List<InstrumentSpec> specs = ExchangeInfoReader.read(
                CaptureFile.bytes("rest/exchangeInfo-20210722.json.gz"),
                new InstrumentTable(),
                InstrumentSelection.all(1));
        assertEquals(122, specs.size());
        for (InstrumentSpec spec : specs) {
            int length = InstrumentCodec.encode(spec, buffer, 8, 5);
            assertEquals(length, EventHeader.length(buffer, 8));
            assertEquals(spec, InstrumentCodec.decode(buffer, 8));
        }
    }

    @Test
    void shouldCarryEveryFieldOfADefinition() {
        InstrumentSpec spec = new InstrumentSpec(
                4095,
                65535,
                "\u5e01\u5b89USDT",
                new Grid(25, -2),
                new Grid(7, 6),
                new InstrumentSpec.Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                ContractType.TRADIFI_PERPETUAL,
                InstrumentStatus.SETTLING,
                11,
                12,
                13,
                0xFFFF);
        int length = InstrumentCodec.encode(spec, buffer, 0, 123);
        assertEquals(spec, InstrumentCodec.decode(buffer, 0));
        assertTrue(length <= InstrumentCodec.MAX_LENGTH);
        assertEquals(InstrumentDefinitionDecoder.TEMPLATE_ID, EventHeader.templateId(buffer, 0));
        assertEquals(Producers.REST, EventHeader.producer(buffer, 0));
        assertEquals(123, EventHeader.ingressNs(buffer, 0));
        EventHeader.putFrame(buffer, 0, 1, 1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> InstrumentCodec.decode(buffer, 0));
    }
}
