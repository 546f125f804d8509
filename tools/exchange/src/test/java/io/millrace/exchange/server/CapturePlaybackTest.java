package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.ForeignClient.Stream;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.SharedData;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.capture.CaptureSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CapturePlaybackTest {
    private final ForeignClient client = new ForeignClient();

    @Tag("slow")
    @Test
    void shouldDeliverEveryFrameWhenTheBitcoinCaptureIsPlayedAtTheReadersPace() throws IOException {
        CaptureSettings settings = CaptureSettings.of(SharedData.file("captures/usdm-btcusdt-20240808.jsonl.gz"))
                .withStartAfterStreams(3);
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.capture(settings))) {
            Stream market = client.open(exchange.marketUri(), "/ws/btcusdt@trade");
            assertFalse(exchange.isExhausted());
            assertEquals(Map.of(), exchange.framesSent());
            long beginNs = System.nanoTime();
            Stream book = client.open(exchange.publicUri(), "/stream?streams=btcusdt@depth@0ms/btcusdt@bookTicker");
            JsonNode first = book.next();
            assertEquals(2, first.size());
            JsonNode snapshot = client.getJson(exchange.restUri(), "/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
            ForeignClient.await(() -> "all frames, got " + book.texts.size(), () -> book.texts.size() == 72_640);
            ForeignClient.await(() -> "all trades, got " + market.texts.size(), () -> market.texts.size() == 21_313);
            double seconds = (System.nanoTime() - beginNs) / 1e9;
            System.out.printf("93,953 frames to the JDK's client in %.2f s%n", seconds);
            assertTrue(exchange.isExhausted());
            Map<String, Long> sent = Map.of("depthUpdate", 6551L, "bookTicker", 66_089L, "trade", 21_313L);
            assertEquals(sent, exchange.framesSent());
            assertEquals(Map.of("trade", 21_313L), exchange.connections().get(0).framesSent());
            ReplayedBook replayed = new ReplayedBook();
            replayed.load(snapshot);
            List.copyOf(book.texts).stream()
                    .filter(text -> text.contains("@depth@0ms"))
                    .map(text -> ForeignClient.parse(text).get("data"))
                    .forEach(replayed::apply);
            assertTrue(replayed.isLive);
            assertEquals(exchange.bookOf("BTCUSDT").lastUpdateId(), replayed.lastUpdateId);
        }
    }

    @Test
    void shouldRelabelStreamsAndWaitForASlowReaderWhenACaptureIsPlayed() throws IOException {
        CaptureSettings settings = CaptureSettings.of(SharedData.file("captures/usdm-4alts-20210722.jsonl.gz"))
                .withExchangeInfo(SharedData.file("rest/exchangeInfo-20210722.json.gz"));
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.capture(settings))) {
            assertEquals(
                    4,
                    client.getJson(exchange.restUri(), "/fapi/v1/exchangeInfo")
                            .get("symbols")
                            .size());
            long time = client.getJson(exchange.restUri(), "/fapi/v1/time")
                    .get("serverTime")
                    .longValue();
            assertEquals(1_626_992_741_062L, time, "the recording's time");
            Stream stream = client.open(
                    exchange.publicUri(), "/stream?streams=sushiusdt@depth@0ms/ctkusdt@depth@0ms/ctkusdt@bookTicker");
            ForeignClient.await("the end", exchange::isExhausted);
            long sent = exchange.framesSent().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            ForeignClient.await(() -> sent + " frames, got " + stream.texts.size(), () -> stream.texts.size() == sent);
            assertTrue(stream.texts
                    .get(1)
                    .startsWith("{\"stream\":\"sushiusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\""));
            assertTrue(stream.texts.stream().noneMatch(text -> text.contains("KEEPUSDT")));
        }
    }
}
