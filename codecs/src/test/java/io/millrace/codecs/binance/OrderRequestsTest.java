package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.AmendOrderEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelAlgoEncoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelBatchEncoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.CancelOrderEncoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceAlgoEncoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PlaceOrderEncoder;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.event.QueryOrderEncoder;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OrderRequestsTest {
    private static final int TAG = 1_737_804_145;
    private static final long ENTRY = ClientOrderId.key(12, 3, ClientOrderId.ENTRY, 417);
    private static final long STOP = ClientOrderId.key(12, 3, ClientOrderId.STOP, 91);
    private static final String TAIL = "&recvWindow=2000&timestamp=1795262400500";
    private static final long NOW_MS = 1_795_262_400_500L;

    private final OrderRequests requests = new OrderRequests(2000);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[OrderRequests.MAX_LENGTH + 8]);
    private final MessageHeaderEncoder head = new MessageHeaderEncoder();
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final InstrumentSpec btc = Instruments.table().byId(0);
    private final InstrumentSpec chinese = Instruments.table().byId(8);

    private PlaceOrderDecoder limit() {
        new PlaceOrderEncoder()
                .wrapAndApplyHeader(command, 0, head)
                .clientKey(ENTRY)
                .priceTicks(912_000)
                .qtyLots(50)
                .goodTillMs(0)
                .clientTag(TAG)
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTX)
                .reduceOnly(BooleanType.NO)
                .priceMatch(PriceMatch.NONE)
                .selfTradePrevention(SelfTradePrevention.DEFAULT)
                .lane(Lane.ENTRY);
        return new PlaceOrderDecoder().wrapAndApplyHeader(command, 0, frame);
    }

    private String query(int end) {
        return out.getStringWithoutLengthUtf8(8, end - 8);
    }

    private OrderRequests asQuery() {
        return requests.query(out, 8, NOW_MS);
    }

    private JsonNode json(int end) throws Exception {
        return new ObjectMapper().readTree(out.getStringWithoutLengthUtf8(8, end - 8));
    }

    @Test
    void shouldWriteALimitOrder() throws Exception {
        assertEquals(
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.050&price=91200.0"
                        + "&newClientOrderId=m0sqn69d-12-3E-417" + TAIL,
                query(asQuery().place(limit(), btc)));
        JsonNode request = json(requests.json(out, 8, 77, NOW_MS).place(limit(), btc));
        assertEquals(77, request.get("id").longValue());
        assertEquals("order.place", request.get("method").textValue());
        JsonNode params = request.get("params");
        assertEquals("0.050", params.get("quantity").textValue());
        assertEquals("91200.0", params.get("price").textValue());
        assertEquals("m0sqn69d-12-3E-417", params.get("newClientOrderId").textValue());
        assertEquals(2000, params.get("recvWindow").intValue());
        assertEquals(NOW_MS, params.get("timestamp").longValue());
        assertEquals(9, params.size());
    }

    @Test
    void shouldWriteWhatAnOrderMayHave() {
        limit();
        new PlaceOrderEncoder()
                .wrap(command, 8)
                .orderType(OrderType.MARKET)
                .timeInForce(TimeInForce.NONE)
                .reduceOnly(BooleanType.YES)
                .side(Side.SELL)
                .selfTradePrevention(SelfTradePrevention.EXPIRE_BOTH);
        assertEquals(
                "symbol=%E5%B8%81%E5%AE%89USDT&side=SELL&type=MARKET&quantity=5.0&reduceOnly=true"
                        + "&selfTradePreventionMode=EXPIRE_BOTH&newClientOrderId=m0sqn69d-12-3E-417" + TAIL,
                query(asQuery().place(new PlaceOrderDecoder().wrapAndApplyHeader(command, 0, frame), chinese)));
        limit();
        new PlaceOrderEncoder()
                .wrap(command, 8)
                .timeInForce(TimeInForce.GTD)
                .goodTillMs(99)
                .priceMatch(PriceMatch.QUEUE_5);
        assertEquals(
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTD&quantity=0.050&priceMatch=QUEUE_5&goodTillDate=99"
                        + "&newClientOrderId=m0sqn69d-12-3E-417" + TAIL,
                query(asQuery().place(new PlaceOrderDecoder().wrapAndApplyHeader(command, 0, frame), btc)));
    }

    @Test
    void shouldNameAnOrderByTheVenuesIdOrByOurs() throws Exception {
        AmendOrderEncoder amend = new AmendOrderEncoder().wrapAndApplyHeader(command, 0, head);
        amend.clientKey(ENTRY)
                .venueOrderId(900711223344L)
                .priceTicks(911_999)
                .qtyLots(49)
                .clientTag(TAG);
        amend.side(Side.BUY).lane(Lane.ENTRY);
        assertEquals(
                "symbol=BTCUSDT&orderId=900711223344&side=BUY&quantity=0.049&price=91199.9" + TAIL,
                query(asQuery().amend(new AmendOrderDecoder().wrapAndApplyHeader(command, 0, frame), btc)));
        new CancelOrderEncoder()
                .wrapAndApplyHeader(command, 0, head)
                .clientKey(ENTRY)
                .venueOrderId(0)
                .clientTag(TAG);
        assertEquals(
                "symbol=BTCUSDT&origClientOrderId=m0sqn69d-12-3E-417" + TAIL,
                query(asQuery().cancel(new CancelOrderDecoder().wrapAndApplyHeader(command, 0, frame), btc)));
        QueryOrderEncoder query = new QueryOrderEncoder().wrapAndApplyHeader(command, 0, head);
        query.clientKey(STOP).venueId(0).clientTag(TAG).algo(BooleanType.YES).lane(Lane.QUERY);
        QueryOrderDecoder asked = new QueryOrderDecoder().wrapAndApplyHeader(command, 0, frame);
        assertEquals("clientAlgoId=m0sqn69d-12-3S-91" + TAIL, query(asQuery().query(asked, btc)));
        query.venueId(5).algo(BooleanType.NO);
        JsonNode request = json(requests.json(out, 8, 1, NOW_MS).query(asked, btc));
        assertEquals("order.status", request.get("method").textValue());
        assertEquals(5, request.get("params").get("orderId").longValue());
        new CancelAlgoEncoder()
                .wrapAndApplyHeader(command, 0, head)
                .clientKey(STOP)
                .venueAlgoId(0)
                .clientTag(TAG);
        assertEquals(
                "clientAlgoId=m0sqn69d-12-3S-91" + TAIL,
                query(asQuery().cancelAlgo(new CancelAlgoDecoder().wrapAndApplyHeader(command, 0, frame))));
    }

    @Test
    void shouldWriteConditionalOrders() {
        PlaceAlgoEncoder algo = new PlaceAlgoEncoder().wrapAndApplyHeader(command, 0, head);
        algo.clientKey(STOP)
                .triggerTicks(904_000)
                .priceTicks(0)
                .qtyLots(50)
                .activateTicks(0)
                .goodTillMs(0);
        algo.clientTag(TAG).callbackTenths(0).side(Side.SELL).orderType(OrderType.STOP_MARKET);
        algo.timeInForce(TimeInForce.NONE).workingType(WorkingType.MARK_PRICE).priceProtect(BooleanType.YES);
        algo.closePosition(BooleanType.NO).reduceOnly(BooleanType.YES).lane(Lane.PROTECTION);
        PlaceAlgoDecoder asked = new PlaceAlgoDecoder().wrapAndApplyHeader(command, 0, frame);
        assertEquals(
                "symbol=BTCUSDT&algoType=CONDITIONAL&side=SELL&type=STOP_MARKET&quantity=0.050&reduceOnly=true"
                        + "&triggerPrice=90400.0&workingType=MARK_PRICE&priceProtect=true"
                        + "&clientAlgoId=m0sqn69d-12-3S-91" + TAIL,
                query(asQuery().placeAlgo(asked, btc)));
        algo.closePosition(BooleanType.YES).priceProtect(BooleanType.NO);
        assertEquals(
                "symbol=BTCUSDT&algoType=CONDITIONAL&side=SELL&type=STOP_MARKET&closePosition=true"
                        + "&triggerPrice=90400.0&workingType=MARK_PRICE&clientAlgoId=m0sqn69d-12-3S-91" + TAIL,
                query(asQuery().placeAlgo(asked, btc)));
        algo.closePosition(BooleanType.NO)
                .orderType(OrderType.TRAILING_STOP_MARKET)
                .callbackTenths(15)
                .activateTicks(915_000)
                .workingType(WorkingType.CONTRACT_PRICE);
        assertEquals(
                "symbol=BTCUSDT&algoType=CONDITIONAL&side=SELL&type=TRAILING_STOP_MARKET&quantity=0.050&reduceOnly=true"
                        + "&activatePrice=91500.0&callbackRate=1.5&workingType=CONTRACT_PRICE"
                        + "&clientAlgoId=m0sqn69d-12-3S-91" + TAIL,
                query(asQuery().placeAlgo(asked, btc)));
    }

    @Test
    void shouldWriteABatchOfCancelsOverRestOnly() {
        CancelBatchEncoder batch = new CancelBatchEncoder().wrapAndApplyHeader(command, 0, head);
        batch.clientTag(TAG).lane(Lane.CANCEL);
        batch.ordersCount(2).next().clientKey(ENTRY).next().clientKey(STOP);
        CancelBatchDecoder asked = new CancelBatchDecoder().wrapAndApplyHeader(command, 0, frame);
        assertEquals(
                "symbol=BTCUSDT&origClientOrderIdList=%5B%22m0sqn69d-12-3E-417%22%2C%22m0sqn69d-12-3S-91%22%5D" + TAIL,
                query(asQuery().cancelBatch(asked, btc)));
        CancelBatchDecoder again = new CancelBatchDecoder().wrapAndApplyHeader(command, 0, frame);
        assertThrows(
                IllegalStateException.class,
                () -> requests.json(out, 8, 1, NOW_MS).cancelBatch(again, btc));
    }

    @Test
    void shouldRefuseAWindowThatTheVenueDoesNotTake() {
        assertThrows(IllegalArgumentException.class, () -> new OrderRequests(0));
        assertThrows(IllegalArgumentException.class, () -> new OrderRequests(60_001));
    }

    @Test
    void shouldAllocateNothing() throws Exception {
        PlaceOrderDecoder order = limit();
        AllocationWindows.assertNothing("writing order requests", () -> {
            for (int i = 0; i < 10_000; i++) {
                requests.json(out, 8, i, NOW_MS + i).place(order, btc);
                requests.query(out, 8, NOW_MS + i).place(order, chinese);
            }
        });
    }
}
