package io.millrace.exchange.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.StreamKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TickerEndpointsTest {
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("priceChange", "p"),
            Map.entry("priceChangePercent", "P"),
            Map.entry("weightedAvgPrice", "w"),
            Map.entry("lastPrice", "c"),
            Map.entry("lastQty", "Q"),
            Map.entry("openPrice", "o"),
            Map.entry("highPrice", "h"),
            Map.entry("lowPrice", "l"),
            Map.entry("volume", "v"),
            Map.entry("quoteVolume", "q"),
            Map.entry("openTime", "O"),
            Map.entry("firstId", "F"),
            Map.entry("lastId", "L"),
            Map.entry("count", "n"));

    private final MarketRig rig =
            Rigs.synthetic(3, 20, StreamKind.TICKER_24H, StreamKind.TRADE, StreamKind.BOOK_TICKER);

    @Test
    @Covers("GET /fapi/v1/ticker/24hr")
    void shouldAnswerWithTheStreamedStatisticsWhenTheyAreOfTheSameMoment() {
        // The first symbol's statistics are published 1,950 ms and one nanosecond after a multiple of two seconds.
        rig.advance(1_950_000_001L);
        JsonNode row = rig.get(1, "/fapi/v1/ticker/24hr", "symbol=BTCUSDT");
        Shape.check(
                row,
                "symbol:text priceChange:decimal priceChangePercent:decimal weightedAvgPrice:decimal lastPrice:decimal"
                        + " lastQty:decimal openPrice:decimal highPrice:decimal lowPrice:decimal volume:decimal"
                        + " quoteVolume:decimal openTime:integer closeTime:integer firstId:integer lastId:integer"
                        + " count:integer");
        JsonNode streamed = rig.last("BTCUSDT", StreamKind.TICKER_24H);
        assertEquals(rig.nowMs(), streamed.get("E").longValue());
        FIELDS.forEach((name, field) -> assertEquals(streamed.get(field), row.get(name), name));
        JsonNode all = rig.get(40, "/fapi/v1/ticker/24hr", "");
        assertEquals(3, all.size());
        assertEquals(row, all.get(0));
        rig.assertRefused(-1121, "/fapi/v1/ticker/24hr", "symbol=X");
    }

    @Test
    @Covers({"GET /fapi/v1/ticker/price", "GET /fapi/v2/ticker/price"})
    void shouldAnswerWithTheLastTrade() {
        for (String version : new String[] {"v1", "v2"}) {
            String path = "/fapi/" + version + "/ticker/price";
            JsonNode row = rig.get(1, path, "symbol=ETHUSDT");
            Shape.check(row, "symbol:text price:decimal time:integer");
            JsonNode trade = rig.last("ETHUSDT", StreamKind.TRADE);
            assertEquals(trade.get("p"), row.get("price"));
            assertEquals(trade.get("T"), row.get("time"));
            assertEquals(3, rig.get(2, path, "").size());
            rig.assertRefused(-1121, path, "symbol=X");
        }
    }

    @Test
    @Covers("GET /fapi/v1/ticker/bookTicker")
    void shouldAnswerWithTheStreamedTouch() {
        JsonNode row = rig.get(2, "/fapi/v1/ticker/bookTicker", "symbol=ETHUSDT");
        Shape.check(row, "symbol:text bidPrice:decimal bidQty:decimal askPrice:decimal askQty:decimal time:integer");
        JsonNode streamed = rig.last("ETHUSDT", StreamKind.BOOK_TICKER);
        assertEquals(streamed.get("b"), row.get("bidPrice"));
        assertEquals(streamed.get("B"), row.get("bidQty"));
        assertEquals(streamed.get("a"), row.get("askPrice"));
        assertEquals(streamed.get("A"), row.get("askQty"));
        assertTrue(row.get("time").longValue() >= streamed.get("T").longValue());
        assertEquals(3, rig.get(5, "/fapi/v1/ticker/bookTicker", "").size());
        rig.assertRefused(-1121, "/fapi/v1/ticker/bookTicker", "symbol=X");
    }
}
