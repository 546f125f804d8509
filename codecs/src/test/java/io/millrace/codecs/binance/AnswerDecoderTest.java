package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.ClientOrderId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AnswerDecoderTest {
    private final AnswerDecoder decoder = new AnswerDecoder(Instruments.table(), 64 * 1024);
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);

    private boolean readAnswer(String text) {
        buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        return decoder.readAnswer(buffer, 0, buffer.capacity(), 3, 77);
    }

    private boolean readBody(String text, int status) {
        buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        return decoder.readBody(buffer, 0, buffer.capacity(), status, 77);
    }

    private OrderReportDecoder order(long commandId, ReportSource source) {
        assertTrue(decoder.encode(commandId, source, null) > 0);
        return new OrderReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
    }

    @Test
    void shouldReadAnOrderAndTheLimitsFromAnAnswer() {
        assertTrue(readAnswer(OrderFrames.success("77", OrderFrames.ANSWERED)));
        assertEquals(77, decoder.requestId());
        assertEquals(200, decoder.status());
        assertEquals(0, decoder.code());
        assertEquals(12, decoder.weightUsed());
        assertEquals(2400, decoder.weightLimit());
        assertEquals(4, decoder.ordersUsed10s());
        assertEquals(300, decoder.ordersLimit10s());
        assertEquals(31, decoder.ordersUsed1m());
        assertEquals(1200, decoder.ordersLimit1m());
        assertTrue(decoder.nextRow());
        assertFalse(decoder.isErrorRow());
        assertFalse(decoder.isAlgoRow());
        OrderReportDecoder order = order(55, ReportSource.ANSWER);
        assertEquals(55, order.commandId());
        assertEquals(0, order.header().instrumentId());
        assertEquals(3, order.header().connectionId());
        assertEquals(1795262400503L, order.header().transactTimeMs());
        assertEquals(900711223345L, order.venueOrderId());
        assertEquals(OrderFrames.OURS, ClientOrderId.text(order.clientTag(), order.clientKey()));
        assertEquals(912_000, order.priceTicks());
        assertEquals(50, order.qtyLots());
        assertEquals(10, order.filledLots());
        assertEquals(0, order.tradeId());
        assertEquals(0, order.averagePrice().mantissa());
        assertEquals(ExecutionType.NONE, order.execution());
        assertEquals(VenueStatus.NEW, order.status());
        assertEquals(Side.BUY, order.side());
        assertEquals(OrderType.LIMIT, order.orderType());
        assertEquals(OrderType.STOP, order.originalType());
        assertEquals(BooleanType.YES, order.reduceOnly());
        assertEquals(ReportSource.ANSWER, order.source());
        assertFalse(decoder.nextRow());
    }

    @Test
    void shouldReadTheAverageWhereAQueryTellsIt() {
        assertTrue(
                readBody(OrderFrames.ANSWERED.replace("{\"orderId\"", "{\"avgPrice\":\"91200.5\",\"orderId\""), 200));
        assertTrue(decoder.nextRow());
        OrderReportDecoder order = order(5, ReportSource.QUERY);
        assertEquals(912_005, order.averagePrice().mantissa());
        assertEquals(-1, order.averagePrice().exponent());
    }

    @Test
    void shouldReadConditionalOrdersAndTheirCancel() {
        assertTrue(readBody("[" + OrderFrames.ANSWERED_ALGO + "," + OrderFrames.ANSWERED_ALGO + "]", 200));
        for (int i = 0; i < 2; i++) {
            assertTrue(decoder.nextRow());
            assertTrue(decoder.isAlgoRow());
            assertTrue(decoder.encode(9, ReportSource.AUDIT, null) > 0);
            AlgoReportDecoder algo = new AlgoReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
            assertEquals(3000000451L, algo.venueAlgoId());
            assertEquals(0, algo.childOrderId());
            assertEquals(904_000, algo.triggerTicks());
            assertEquals(50, algo.qtyLots());
            assertEquals(AlgoStatus.NEW, algo.status());
            assertEquals(OrderType.STOP_MARKET, algo.orderType());
            assertEquals("e1-sl-0091", algo.clientText());
        }
        assertFalse(decoder.nextRow());

        assertTrue(readAnswer(OrderFrames.success("5", OrderFrames.ALGO_CANCELLED)));
        assertTrue(decoder.nextRow());
        assertFalse(decoder.isErrorRow());
        assertTrue(decoder.encode(9, ReportSource.ANSWER, Instruments.table().byId(1)) > 0);
        AlgoReportDecoder algo = new AlgoReportDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(AlgoStatus.CANCELED, algo.status());
        assertEquals(1, algo.header().instrumentId());
        assertEquals("m0sqn69d-12-3S-91", ClientOrderId.text(algo.clientTag(), algo.clientKey()));
    }

    @Test
    void shouldReadErrors() {
        assertTrue(
                readAnswer(
                        "{\"id\":\"r-78\",\"status\":400,\"error\":{\"code\":-5022,\"msg\":\"Due to \\\"x\\\"\"},\"rateLimits\":[]}"));
        assertEquals(AnswerDecoder.NO_REQUEST, decoder.requestId());
        assertEquals(400, decoder.status());
        assertEquals(-5022, decoder.code());
        assertEquals("Due to \\\"x\\\"", decoder.message());
        assertEquals(AnswerDecoder.NOT_TOLD, decoder.weightUsed());
        assertFalse(decoder.nextRow());
        assertFalse(decoder.hasFailed());

        assertTrue(readAnswer("{\"id\":1,\"status\":429,\"error\":{\"code\":-1003,\"msg\":\"slow\","
                + "\"data\":{\"serverTime\":1,\"retryAfter\":1795262460000}}}"));
        assertEquals(1795262460000L, decoder.retryAfterMs());

        assertTrue(readBody("{\"code\":-2013,\"msg\":\"Order does not exist.\"}", 400));
        assertEquals(-2013, decoder.code());
        assertEquals(400, decoder.status());
        assertFalse(decoder.nextRow());
    }

    @Test
    void shouldReadABatchRowByRow() {
        assertTrue(readBody(
                "[" + OrderFrames.ANSWERED + ",{\"code\":-2011,\"msg\":\"Unknown order sent.\"}," + OrderFrames.ANSWERED
                        + "]",
                200));
        assertTrue(decoder.nextRow());
        assertFalse(decoder.isErrorRow());
        assertTrue(decoder.nextRow());
        assertTrue(decoder.isErrorRow());
        assertEquals(-2011, decoder.code());
        assertTrue(decoder.nextRow());
        assertEquals(900711223345L, order(1, ReportSource.ANSWER).venueOrderId());
        assertFalse(decoder.nextRow());
        assertTrue(readBody("[]", 200));
        assertFalse(decoder.nextRow());
        assertFalse(decoder.hasFailed());
    }

    @Test
    void shouldRefuseWhatIsNoAnswer() {
        for (String text : List.of("", "<html>", "{\"id\":1", "{\"id\":1,\"status\":200}x", "[1", "7")) {
            assertFalse(readAnswer(text), text);
            assertFalse(readBody(text, 200), text);
            assertTrue(decoder.encodeError(buffer, 0, buffer.capacity()) > 0);
        }
        assertTrue(readBody(OrderFrames.ANSWERED.replace("\"0.050\"", "\"0.0505\""), 200));
        assertTrue(decoder.nextRow());
        assertEquals(0, decoder.encode(1, ReportSource.ANSWER, null));
        decoder.encodeError(buffer, 0, buffer.capacity());
        DecodeErrorDecoder error = new DecodeErrorDecoder().wrapAndApplyHeader(decoder.encoded(), 0, frame);
        assertEquals(DecodeReason.OFF_GRID, error.reason());
    }

    @Test
    void shouldNeverThrowAtDamagedAnswers() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        FrameMutator mutator = new FrameMutator(seed);
        List<byte[]> seeds = samples();
        for (int i = 0; i < 100_000; i++) {
            byte[] damaged =
                    mutator.mutate(seeds.get(random.nextInt(seeds.size())), seeds.get(random.nextInt(seeds.size())));
            buffer = new UnsafeBuffer(damaged);
            boolean isBody = random.nextBoolean();
            boolean isRead = isBody
                    ? decoder.readBody(buffer, 0, damaged.length, 200, 1)
                    : decoder.readAnswer(buffer, 0, damaged.length, 1, 1);
            int rows = 0;
            while (isRead && decoder.nextRow()) {
                rows++;
                assertTrue(rows < 1000, "seed " + seed + " round " + i);
                if (!decoder.isErrorRow()) {
                    decoder.encode(1, ReportSource.ANSWER, Instruments.table().byId(0));
                }
            }
            assertTrue(decoder.message().length() <= damaged.length, "seed " + seed + " round " + i);
            assertTrue(!decoder.hasFailed() || decoder.encodeError(buffer, 0, damaged.length) > 0);
        }
    }

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        for (String text : List.of(
                OrderFrames.success("5", OrderFrames.ANSWERED),
                OrderFrames.success("6", OrderFrames.ANSWERED_ALGO),
                OrderFrames.success("7", OrderFrames.ALGO_CANCELLED),
                OrderFrames.ANSWERED,
                "[" + OrderFrames.ANSWERED_ALGO + "," + OrderFrames.ANSWERED + "]",
                "[" + OrderFrames.ANSWERED + ",{\"code\":-2011,\"msg\":\"Unknown order sent.\"}]",
                "{\"id\":1,\"status\":429,\"error\":{\"code\":-1003,\"msg\":\"slow\",\"data\":{\"retryAfter\":5}}}")) {
            samples.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return samples;
    }

    @Test
    void shouldAllocateNothing() throws Exception {
        List<UnsafeBuffer> frames = new ArrayList<>();
        samples().forEach(bytes -> frames.add(new UnsafeBuffer(bytes)));
        AllocationWindows.assertNothing("reading answers", () -> {
            for (int round = 0; round < 1000; round++) {
                for (int i = 0; i < 3; i++) {
                    UnsafeBuffer answer = frames.get(i);
                    decoder.readAnswer(answer, 0, answer.capacity(), 1, 1);
                    while (decoder.nextRow()) {
                        decoder.encode(1, ReportSource.ANSWER, null);
                    }
                }
            }
        });
    }
}
