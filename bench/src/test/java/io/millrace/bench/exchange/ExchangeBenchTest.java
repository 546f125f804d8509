package io.millrace.bench.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured must be what is said; how fast it is, no test says. */
class ExchangeBenchTest {
    @Test
    void shouldCountEveryFrameThatTheExchangeSent() throws IOException {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(3, 5));
                CountingClient client = new CountingClient(exchange.publicUri())) {
            client.subscribe(List.of("btcusdt@depth@0ms", "btcusdt@bookTicker", "ethusdt@depth@0ms"));
            while (client.frames() < 200) {
                assertTrue(client.readUntil(System.nanoTime()), "the exchange cut the client");
            }
            exchange.pause();
            long sent = exchange.framesSent().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            // The answer to the subscription is a frame of its own; what is missing is still in the socket.
            while (client.frames() < sent + 1) {
                assertTrue(client.readUntil(System.nanoTime()), "the exchange cut the client");
            }
            assertEquals(sent + 1, client.frames());
        }
    }

    @Test
    void shouldMeasureEveryVariantOfASmallExchange() throws IOException {
        for (ExchangeFigure figure : List.of(
                MarketThroughput.measure("market", 3, 1, kind -> true),
                VenueThroughput.measure(3, 1),
                LoopbackThroughput.bareCopy(1))) {
            assertTrue(figure.bytesPerSecond() > 0, figure.toString());
        }
        assertEquals(
                "a market: 1,000 market events/s, 2,000 payloads/s, 3 MB/s",
                new ExchangeFigure("a market", 1e3, 2e3, 3e6).toString());
    }
}
