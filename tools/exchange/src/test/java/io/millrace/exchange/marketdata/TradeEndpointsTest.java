package io.millrace.exchange.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.MarketRig;
import io.millrace.exchange.Shape;
import io.millrace.exchange.api.ApiReply;
import io.millrace.exchange.api.ApiRequest;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.market.AggregateHistory;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.market.TradeHistory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TradeEndpointsTest {
    private static final String TRADE =
            "id:integer price:decimal qty:decimal quoteQty:decimal time:integer isBuyerMaker:flag isRPITrade:flag";

    private final MarketRig rig = Rigs.synthetic(2, 60, StreamKind.TRADE, StreamKind.AGG_TRADE);

    private static void assertSameTrade(JsonNode streamed, JsonNode row) {
        Shape.check(row, TRADE);
        assertEquals(streamed.get("t"), row.get("id"));
        assertEquals(streamed.get("p"), row.get("price"));
        assertEquals(streamed.get("q"), row.get("qty"));
        assertEquals(streamed.get("T"), row.get("time"));
        assertEquals(streamed.get("m"), row.get("isBuyerMaker"));
        assertEquals(
                Shape.decimal(row, "price").multiply(Shape.decimal(row, "qty")).stripTrailingZeros(),
                Shape.decimal(row, "quoteQty"));
    }

    @Test
    @Covers("GET /fapi/v1/trades")
    void shouldAnswerWithTheStreamedTradesWhenAskedForTheLast() {
        List<JsonNode> streamed = rig.heard("BTCUSDT", StreamKind.TRADE);
        assertTrue(streamed.size() > 3000, "enough trades: " + streamed.size());
        for (int limit : new int[] {1, 500, 1000}) {
            JsonNode rows = rig.get(5, "/fapi/v1/trades", "symbol=BTCUSDT" + (limit == 500 ? "" : "&limit=" + limit));
            assertEquals(limit, rows.size());
            for (int i = 0; i < limit; i++) {
                assertSameTrade(streamed.get(streamed.size() - limit + i), rows.get(i));
            }
        }
        rig.assertRefused(-1102, "/fapi/v1/trades", "");
        rig.assertRefused(-1121, "/fapi/v1/trades", "symbol=NOBODY");
        rig.assertRefused(-1130, "/fapi/v1/trades", "symbol=BTCUSDT&limit=1001");
        rig.assertRefused(-1130, "/fapi/v1/trades", "symbol=BTCUSDT&limit=0");
        rig.assertRefused(-1100, "/fapi/v1/trades", "symbol=BTCUSDT&limit=x");
    }

    @Test
    @Covers("GET /fapi/v1/historicalTrades")
    void shouldAnswerFromAnIdOnWhenAKeyIsSent() {
        String path = "/fapi/v1/historicalTrades";
        ApiReply refused = rig.reply(path, "symbol=BTCUSDT", Map.of());
        assertEquals(401, refused.status());
        Map<String, String> headers = Map.of(ApiRequest.API_KEY_HEADER, MarketRig.KEY);
        List<JsonNode> streamed = rig.heard("BTCUSDT", StreamKind.TRADE);
        JsonNode latest =
                ForeignClient.parse(rig.reply(path, "symbol=BTCUSDT", headers).text());
        assertEquals(100, latest.size());
        assertSameTrade(streamed.get(streamed.size() - 1), latest.get(99));
        int from = streamed.size() - 700;
        long id = streamed.get(from).get("t").longValue();
        JsonNode rows = ForeignClient.parse(rig.reply(path, "symbol=BTCUSDT&limit=500&fromId=" + id, headers)
                .text());
        assertEquals(500, rows.size());
        for (int i = 0; i < 500; i++) {
            assertSameTrade(streamed.get(from + i), rows.get(i));
        }
        JsonNode old = ForeignClient.parse(
                rig.reply(path, "symbol=BTCUSDT&fromId=1", headers).text());
        assertEquals(
                streamed.get(streamed.size() - TradeHistory.BOUND).get("t"),
                old.get(0).get("id"),
                "what is kept is bounded");
    }

    @Test
    @Covers("GET /fapi/v1/aggTrades")
    void shouldAnswerWithTheStreamedAggregatesWhenAskedByIdOrTime() {
        List<JsonNode> streamed = rig.heard("BTCUSDT", StreamKind.AGG_TRADE);
        JsonNode latest = rig.get(20, "/fapi/v1/aggTrades", "symbol=BTCUSDT");
        assertEquals(500, latest.size());
        for (int i = 0; i < 500; i++) {
            assertSameAggregate(streamed.get(streamed.size() - 500 + i), latest.get(i));
        }
        int from = streamed.size() - 900;
        JsonNode byId = rig.get(
                20,
                "/fapi/v1/aggTrades",
                "symbol=BTCUSDT&limit=1000&fromId=" + streamed.get(from).get("a"));
        assertEquals(900, byId.size());
        assertSameAggregate(streamed.get(from), byId.get(0));
        long startMs = streamed.get(from).get("T").longValue();
        long endMs = startMs + 2000;
        JsonNode byTime = rig.get(
                20, "/fapi/v1/aggTrades", "symbol=BTCUSDT&limit=1000&startTime=" + startMs + "&endTime=" + endMs);
        List<JsonNode> expected = streamed.stream()
                .filter(trade ->
                        trade.get("T").longValue() >= startMs && trade.get("T").longValue() <= endMs)
                .toList();
        assertEquals(expected.size(), byTime.size());
        for (int i = 0; i < expected.size(); i++) {
            assertSameAggregate(expected.get(i), byTime.get(i));
        }
        rig.assertRefused(-1127, "/fapi/v1/aggTrades", "symbol=BTCUSDT&startTime=0&endTime=3600001");
        rig.assertRefused(-1023, "/fapi/v1/aggTrades", "symbol=BTCUSDT&startTime=2&endTime=1");
        rig.assertRefused(-1121, "/fapi/v1/aggTrades", "symbol=btc");
        assertTrue(streamed.size() < AggregateHistory.BOUND || byId.size() <= AggregateHistory.BOUND);
    }

    private static void assertSameAggregate(JsonNode streamed, JsonNode row) {
        Shape.check(row, "a:integer p:decimal q:decimal nq:decimal f:integer l:integer T:integer m:flag");
        for (String name : List.of("a", "p", "q", "nq", "f", "l", "T", "m")) {
            assertEquals(streamed.get(name), row.get(name));
        }
    }
}
