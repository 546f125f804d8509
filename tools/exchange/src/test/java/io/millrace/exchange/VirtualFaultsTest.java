package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.api.SignedClient;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.server.VirtualConnection;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** One of everything now and then, through all doors, in virtual time. */
class VirtualFaultsTest {
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long STEP_NS = 100_000_000L;
    private static final int STEPS = 400;
    private static final SignedClient SIGNER = SignedClient.hmac("key-1", "secret-1");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] order(long timeMs, int number) {
        String body = SIGNER.signed(
                timeMs,
                "symbol",
                "BTCUSDT",
                "side",
                number % 2 == 0 ? "BUY" : "SELL",
                "type",
                "MARKET",
                "quantity",
                "0.010",
                "newClientOrderId",
                "o-" + number);
        return ascii("POST /fapi/v1/order?" + body
                + " HTTP/1.1\r\nHost: x\r\nX-MBX-APIKEY: key-1\r\nContent-Length: 0\r\n\r\n");
    }

    private static final byte[] UPGRADE = ascii("""
            GET /public/ws/btcusdt@depth@100ms HTTP/1.1
            Host: x
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """.replace("\n", "\r\n"));

    /** What a client sees that connects again whenever it is cut, and what has hit it. */
    private static Map<String, Long> live(long seed) throws IOException {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(2, 7).withEventsPerSecond(300))
                .withClient(ClientSettings.of("client", 1_000_000).withKey("key-1", "secret-1"))
                .withFaults(FaultScript.everything(seed, 600).withRandomForMs(500));
        CRC32 seen = new CRC32();
        Map<String, Long> result = new TreeMap<>();
        try (VirtualExchange exchange = VirtualExchange.open(settings, START_NS)) {
            VirtualConnection rest = exchange.connectRest();
            VirtualConnection stream = null;
            for (int step = 1; step <= STEPS; step++) {
                rest = rest.isOpen() ? rest : exchange.connectRest();
                if (stream == null || !stream.isOpen()) {
                    stream = exchange.connectStreams();
                    stream.send(UPGRADE);
                }
                rest.send(order(exchange.venueTimeMs(), step));
                exchange.advanceTo(START_NS + step * STEP_NS);
                seen.update(rest.take());
                seen.update(stream.take());
            }
            exchange.venue().accounts().verify();
            result.put("bytes", seen.getValue());
            for (FaultKind kind : FaultKind.values()) {
                result.put(kind.name(), exchange.faults().hits(kind));
            }
        }
        return result;
    }

    @Test
    void shouldGiveTheSameBytesAndHitsFromTheSameSeed() throws IOException {
        Map<String, Long> first = live(3);
        for (FaultKind kind :
                List.of(FaultKind.ANSWER_LATE, FaultKind.TIMEOUT, FaultKind.EVENT_LOST, FaultKind.HALTED)) {
            assertTrue(first.get(kind.name()) > 0, () -> kind + " never struck: " + first);
        }
        assertEquals(first, live(3));
        assertNotEquals(first, live(4));
    }
}
