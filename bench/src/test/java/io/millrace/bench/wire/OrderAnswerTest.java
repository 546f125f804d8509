package io.millrace.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the sender answers to orders is what a venue would. */
class OrderAnswerTest {
    private static final String REQUEST = "{\"id\":417,\"method\":\"order.place\",\"params\":{\"symbol\":\"BTCUSDT\","
            + "\"side\":\"SELL\",\"type\":\"LIMIT\",\"quantity\":\"0.010\",\"price\":\"91200.5\","
            + "\"newClientOrderId\":\"m1z-12-3E-7\",\"timestamp\":1795262402000}}";

    private static PlacedOrder read(String request) {
        byte[] bytes = ("??" + request + "\"price\":\"1\"").getBytes(StandardCharsets.US_ASCII);
        byte[] payload = java.util.Arrays.copyOfRange(bytes, 2, bytes.length);
        PlacedOrder order = new PlacedOrder();
        assertTrue(order.read(payload, request.length()));
        return order;
    }

    private static JsonNode json(OrderAnswer answer) throws IOException {
        ByteBuf frame = Unpooled.buffer();
        answer.write(frame, read(REQUEST), 900L, 1_795_262_402_001L);
        assertEquals(0x81, frame.readUnsignedByte());
        assertEquals(126, frame.readUnsignedByte());
        assertEquals(frame.readUnsignedShort(), frame.readableBytes());
        return new ObjectMapper().readTree(frame.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldTellTheOrdersFieldsAgain() throws IOException {
        JsonNode answer = json(ApiAnswers.ended());
        assertEquals(417, answer.path("id").asInt());
        JsonNode result = answer.path("result");
        assertEquals("m1z-12-3E-7", result.path("clientOrderId").asText());
        assertEquals("91200.5", result.path("price").asText());
        assertEquals("0.010", result.path("origQty").asText());
        assertEquals("SELL", result.path("side").asText());
        assertEquals(900, result.path("orderId").asInt());
        assertEquals(1_795_262_402_001L, result.path("updateTime").asLong());
        JsonNode told = json(ApiAnswers.endedOnStream()).path("o");
        assertEquals("BTCUSDT", told.path("s").asText());
        assertEquals("m1z-12-3E-7", told.path("c").asText());
        assertEquals(900, told.path("i").asInt());
    }

    @Test
    void shouldReadThePriceWhateverItsDecimals() {
        assertEquals(9_120_050_000_000L, read(REQUEST).priceE8());
        assertEquals(
                9_120_000_000_000L, read(REQUEST.replace("91200.5", "91200")).priceE8());
        assertEquals(1L, read(REQUEST.replace("91200.5", "0.00000001")).priceE8());
        assertFalse(read(REQUEST).isBuy());
        assertTrue(read(REQUEST.replace("SELL", "BUY")).isBuy());
    }

    @Test
    void shouldReadNothingElse() {
        byte[] logon = "{\"id\":1,\"method\":\"session.logon\"}".getBytes(StandardCharsets.US_ASCII);
        assertFalse(new PlacedOrder().read(logon, logon.length));
    }
}
