package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.SharedData;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractRulesJson;
import io.millrace.exchange.venue.ContractStatus;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ExchangeInfoJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SymbolSpec BITCOIN =
            new SymbolSpec("BTCUSDT", "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, 642_500);

    private static JsonNode written(ContractRules rules) throws IOException {
        JsonNode info = JSON.readTree(ExchangeInfoJson.write(List.of(rules), 2400, 1_795_262_400_000L));
        return info.get("symbols").get(0);
    }

    @Test
    void shouldReadBackTheSameRulesWhenTheyWereWritten() throws IOException {
        ContractRules rules = ContractRules.of(BITCOIN)
                .copy()
                .status(ContractStatus.SETTLING)
                .deliveryDateMs(1_795_300_000_000L)
                .marketTakeBoundE8(12_345_678)
                .multipliersE8(115_000_000, 85_000_000)
                .minNotionalE8(550_000_000)
                .build();
        assertEquals(rules, ContractRulesJson.rules(written(rules), BITCOIN));
    }

    @Test
    void shouldWriteTheVenuesTextWhenAContractIsBitcoin() throws IOException {
        JsonNode symbol = written(ContractRules.of(BITCOIN));
        assertEquals("0.0500", symbol.get("triggerProtect").textValue());
        assertEquals("0.012500", symbol.get("liquidationFee").textValue());
        assertEquals("0.05", symbol.get("marketTakeBound").textValue());
        assertEquals("TRADING", symbol.get("status").textValue());
        assertEquals(4_133_404_800_000L, symbol.get("deliveryDate").longValue());
        String filters = symbol.get("filters").toString();
        for (String filter : List.of(
                "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.001\",\"maxQty\":\"1000\",\"stepSize\":\"0.001\"}",
                "{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0.001\",\"maxQty\":\"120\",\"stepSize\":\"0.001\"}",
                "{\"filterType\":\"MAX_NUM_ORDERS\",\"limit\":200}",
                "{\"filterType\":\"MIN_NOTIONAL\",\"notional\":\"100\"}",
                "{\"filterType\":\"PERCENT_PRICE\",\"multiplierUp\":\"1.0500\",\"multiplierDown\":\"0.9500\","
                        + "\"multiplierDecimal\":\"4\"}")) {
            assertTrue(filters.contains(filter), filter + " in " + filters);
        }
    }

    @Test
    void shouldKeepEveryNumberWhenARealExchangeInfoIsRead() throws IOException {
        Path file = SharedData.file("rest/exchangeInfo-20210722.json.gz");
        List<String> names = new ArrayList<>();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode symbol : JSON.readTree(in).get("symbols")) {
                ContractRules rules = ContractRulesJson.rules(symbol);
                SymbolSpec spec = rules.spec();
                names.add(spec.symbol());
                for (JsonNode filter : symbol.get("filters")) {
                    switch (filter.get("filterType").textValue()) {
                        case "PRICE_FILTER" ->
                            assertSame(filter.get("maxPrice"), spec.tick().toDecimal(rules.maxPriceTicks()));
                        case "MARKET_LOT_SIZE" ->
                            assertSame(
                                    filter.get("maxQty"),
                                    spec.lot().toDecimal(rules.marketQty().maxLots()));
                        case "PERCENT_PRICE" ->
                            assertSame(filter.get("multiplierUp"), BigDecimal.valueOf(rules.multiplierUpE8(), 8));
                        default -> {}
                    }
                }
                assertSame(symbol.get("liquidationFee"), BigDecimal.valueOf(rules.liquidationFeeE8(), 8));
            }
        }
        assertTrue(names.size() >= 100 && names.contains("BTCUSDT"), names.toString());
    }

    private static void assertSame(JsonNode text, BigDecimal value) {
        assertEquals(0, new BigDecimal(text.textValue()).compareTo(value), text + " and " + value);
    }
}
