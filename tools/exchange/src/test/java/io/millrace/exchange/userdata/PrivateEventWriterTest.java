package io.millrace.exchange.userdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.conditional.AlgoStatus;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each event with every key, its JSON type and its value. */
class PrivateEventWriterTest {
    private static final long E8 = 100_000_000L;
    private static final long TIME_MS = 1_795_262_401_003L;
    private static final long PUSH_MS = TIME_MS + 3;

    private final PrivateEventWriter writer = new PrivateEventWriter(List.of(
            new SymbolSpec("BTCUSDT", "BTC", Grid.parse("0.10"), Grid.parse("0.001"), 2, 3, 0),
            new SymbolSpec("币安USDT", "币安", Grid.parse("0.0001"), Grid.parse("1"), 4, 0, 0)));

    /** Asserts that an event is exactly this JSON, types included, in this order of keys. */
    private void assertJson(String expected, PrivateEvent event) {
        String json = writer.write(event, PUSH_MS).toString();
        assertEquals(ForeignClient.parse(expected.replace('\'', '"')).toString(), json);
    }

    private static OrderRequest.Builder limit() {
        return OrderRequest.of(1, 0, Side.BUY)
                .limit(50, 912_000)
                .timeInForce(TimeInForce.GTX)
                .clientOrderId("e1-000000417");
    }

    private static OrderUpdate update(Order order, ExecutionType execution, OrderUpdate.Fill fill) {
        return OrderUpdate.of(order, execution, fill, OrderUpdate.OpenNotional.NONE, null);
    }

    @Covers({"EVENT ORDER_TRADE_UPDATE", "EVENT TRADE_LITE"})
    @Test
    void shouldWriteEveryKeyOfAFill() {
        Order order = new Order(900_711_223_344L, limit().build(), 912_000, TIME_MS - 1000);
        order.fill(912_000, 20, TIME_MS);
        OrderUpdate event = OrderUpdate.of(
                order,
                ExecutionType.TRADE,
                new OrderUpdate.Fill(7_020_114_002L, 912_000, 20, true, 36_480_000L, "USDT", 0),
                new OrderUpdate.OpenNotional(2736 * E8, 0),
                null);
        assertJson(
                "{'e':'ORDER_TRADE_UPDATE','E':1795262401006,'T':1795262401003,'o':{'s':'BTCUSDT','c':'e1-000000417',"
                        + "'S':'BUY','o':'LIMIT','f':'GTX','q':'0.050','p':'91200.00','ap':'91200.00','sp':'0','x':'TRADE',"
                        + "'X':'PARTIALLY_FILLED','i':900711223344,'l':'0.020','z':'0.020','L':'91200.00','N':'USDT',"
                        + "'n':'0.36480000','T':1795262401003,'t':7020114002,'b':'2736.00000000','a':'0','m':true,'R':false,"
                        + "'wt':'CONTRACT_PRICE','ot':'LIMIT','ps':'BOTH','cp':false,'pP':false,'si':0,'ss':0,'rp':'0',"
                        + "'V':'EXPIRE_MAKER','pm':'NONE','gtd':0,'er':'0'}}",
                event);
        assertJson(
                "{'e':'TRADE_LITE','E':1795262401006,'T':1795262401003,'s':'BTCUSDT','q':'0.050','p':'91200.00','m':true,"
                        + "'c':'e1-000000417','S':'BUY','L':'91200.00','l':'0.020','t':7020114002,'i':900711223344}",
                new TradeLite(event));
    }

    private JsonNode order(OrderUpdate update) {
        return ForeignClient.parse(writer.write(update, PUSH_MS).toString()).get("o");
    }

    @Test
    void shouldLeaveOutCommissionWhenThereIsNone() {
        Order order = new Order(1, limit().build(), 912_000, TIME_MS);
        JsonNode json = order(update(order, ExecutionType.NEW, OrderUpdate.Fill.NONE));
        assertFalse(json.has("N") || json.has("n") || json.has("M") || json.has("AP") || json.has("cr"));
        for (String zero : List.of("ap", "sp", "l", "z", "L", "rp", "b", "a")) {
            assertEquals("0", json.get(zero).textValue(), zero);
        }
        assertEquals(0, json.get("t").longValue());
        assertEquals("NEW", json.get("x").textValue());
    }

    @Test
    void shouldNameTheClientsModificationOnlyWhenAmended() {
        Order order = new Order(1, limit().build(), 912_000, TIME_MS);
        order.amend(60, 911_999, 4_711, TIME_MS + 1);
        JsonNode json = order(update(order, ExecutionType.AMENDMENT, OrderUpdate.Fill.NONE));
        assertEquals("4711", json.get("M").textValue());
        assertEquals("0.060", json.get("q").textValue());
        assertEquals("91199.90", json.get("p").textValue());
        order.end(OrderStatus.CANCELED, ExpiryReason.NONE, TIME_MS + 2);
        assertFalse(order(update(order, ExecutionType.CANCELED, OrderUpdate.Fill.NONE))
                .has("M"));
    }

    @Test
    void shouldTellWhereAnOrderCameFromWhenItWasConditional() {
        OrderRequest request = OrderRequest.of(1, 0, Side.SELL)
                .market(50)
                .reduceOnly(true)
                .closePosition(true)
                .clientOrderId("e1-sl-0091")
                .trigger(OrderType.TRAILING_STOP_MARKET, 904_000, WorkingType.MARK_PRICE, true)
                .build();
        Order order = new Order(1, request, 0, TIME_MS);
        order.fill(904_000, 20, TIME_MS);
        order.fill(903_999, 10, TIME_MS);
        order.end(OrderStatus.EXPIRED, ExpiryReason.MARKET_REMAINDER, TIME_MS);
        JsonNode json = order(OrderUpdate.of(
                order,
                ExecutionType.EXPIRED,
                OrderUpdate.Fill.NONE,
                OrderUpdate.OpenNotional.NONE,
                new OrderUpdate.Trailing(910_000, 15)));
        assertEquals("MARKET", json.get("o").textValue());
        assertEquals("TRAILING_STOP_MARKET", json.get("ot").textValue());
        assertEquals("90400.00", json.get("sp").textValue());
        assertEquals("91000.00", json.get("AP").textValue());
        assertEquals("1.5", json.get("cr").textValue());
        assertEquals("MARK_PRICE", json.get("wt").textValue());
        assertEquals("0", json.get("p").textValue());
        assertEquals("90399.96666667", json.get("ap").textValue());
        assertEquals("9", json.get("er").textValue());
        assertTrue(json.get("cp").booleanValue()
                && json.get("R").booleanValue()
                && json.get("pP").booleanValue());
    }

    @Test
    void shouldTellALiquidationAsTheVenuesOwnOrder() {
        OrderRequest request = OrderRequest.of(1, 0, Side.SELL)
                .limit(50, 900_000)
                .timeInForce(TimeInForce.IOC)
                .clientOrderId("autoclose-1795262401003")
                .build();
        Order order = new Order(1, request, 900_000, TIME_MS);
        order.markLiquidation();
        assertEquals(
                "NEW",
                order(update(order, ExecutionType.NEW, OrderUpdate.Fill.NONE))
                        .get("x")
                        .textValue());
        order.fill(900_000, 50, TIME_MS);
        JsonNode json =
                order(update(order, ExecutionType.TRADE, new OrderUpdate.Fill(9, 900_000, 50, false, 1, "USDT", -E8)));
        assertEquals("CALCULATED", json.get("x").textValue());
        assertEquals("FILLED", json.get("X").textValue());
        assertEquals("LIQUIDATION", json.get("o").textValue());
        assertEquals("LIQUIDATION", json.get("ot").textValue());
        assertEquals("-1.00000000", json.get("rp").textValue());
        assertTrue(json.get("c").textValue().startsWith("autoclose-"));
    }

    @Test
    void shouldTellTheDateOnlyOfAGtdOrder() {
        Order order = new Order(1, limit().goodTillDateMs(1_795_300_000_000L).build(), 912_000, TIME_MS);
        JsonNode json = order(update(order, ExecutionType.NEW, OrderUpdate.Fill.NONE));
        assertEquals(1_795_300_000_000L, json.get("gtd").longValue());
        assertTrue(json.get("gtd").isNumber());
        assertEquals("GTD", json.get("f").textValue());
    }

    @Covers("EVENT ACCOUNT_UPDATE")
    @Test
    void shouldWriteEveryKeyOfAnAccountUpdate() {
        AccountUpdate.Position btc = new AccountUpdate.Position(
                0, 20, 91_200 * E8, 9_121_824_000_000L, 31_142_000_000L, 97_460_000L, false, 0);
        AccountUpdate.Position other = new AccountUpdate.Position(1, -7, 7_732_162_800L, 0, 0, -1, true, 12 * E8);
        assertJson(
                "{'e':'ACCOUNT_UPDATE','E':1795262401006,'T':1795262401003,'a':{'m':'ORDER','B':[{'a':'USDT',"
                        + "'wb':'10411.88213400','cw':'10399.88213400','bc':'0'},{'a':'BNB','wb':'0','cw':'0','bc':'-1.00000000'}],"
                        + "'P':[{'s':'BTCUSDT','pa':'0.020','ep':'91200.00','bep':'91218.24','cr':'311.42000000',"
                        + "'up':'0.97460000','mt':'cross','iw':'0','ps':'BOTH','ma':'USDT'},{'s':'币安USDT','pa':'-7',"
                        + "'ep':'77.321628','bep':'0','cr':'0','up':'-0.00000001','mt':'isolated','iw':'12.00000000',"
                        + "'ps':'BOTH','ma':'USDT'}]}}",
                new AccountUpdate(
                        TIME_MS,
                        AccountUpdate.Reason.ORDER,
                        AccountUpdate.NO_SYMBOL,
                        List.of(
                                new AccountUpdate.Balance("USDT", 1_041_188_213_400L, 1_039_988_213_400L, 0),
                                new AccountUpdate.Balance("BNB", 0, 0, -E8)),
                        List.of(btc, other)));
    }

    @Test
    void shouldNameTheContractOfAFundingFee() {
        assertJson(
                "{'e':'ACCOUNT_UPDATE','E':1795262401006,'T':1795262401003,'a':{'m':'FUNDING_FEE','S':'BTCUSDT','B':[],'P':[]}}",
                new AccountUpdate(TIME_MS, AccountUpdate.Reason.FUNDING_FEE, 0, List.of(), List.of()));
    }

    private static AlgoUpdate algo(AlgoRequest request, AlgoStatus status, long childId, String reason) {
        boolean isTriggered = status != AlgoStatus.NEW;
        return new AlgoUpdate(
                TIME_MS,
                3_000_000_451L,
                "e1-sl-0091",
                request,
                status,
                request.isTrailing(),
                isTriggered ? TIME_MS - 11 : 0,
                childId,
                childId == 0 ? 0 : 50,
                childId == 0 ? 0 : 904_001L * 50,
                reason);
    }

    private static AlgoRequest.Builder stop() {
        return AlgoRequest.of(1, 0, Side.SELL, OrderType.STOP_MARKET)
                .qtyLots(50)
                .triggerPriceTicks(904_000)
                .workingType(WorkingType.MARK_PRICE)
                .reduceOnly(true);
    }

    @Covers("EVENT ALGO_UPDATE")
    @Test
    void shouldWriteEveryKeyOfAConditionalOrder() {
        assertJson(
                "{'e':'ALGO_UPDATE','E':1795262401006,'T':1795262401003,'o':{'caid':'e1-sl-0091','aid':3000000451,"
                        + "'at':'CONDITIONAL','o':'STOP_MARKET','s':'BTCUSDT','S':'SELL','ps':'BOTH','f':'GTC','q':'0.050',"
                        + "'X':'NEW','ai':'','tp':'90400.00','p':'0','V':'EXPIRE_MAKER','wt':'MARK_PRICE','pm':'NONE','cp':false,"
                        + "'pP':false,'R':true,'tt':0,'gtd':0,'ia':false}}",
                algo(stop().build(), AlgoStatus.NEW, 0, ""));
        assertJson(
                "{'e':'ALGO_UPDATE','E':1795262401006,'T':1795262401003,'o':{'caid':'e1-sl-0091','aid':3000000451,"
                        + "'at':'CONDITIONAL','o':'STOP_MARKET','s':'BTCUSDT','S':'SELL','ps':'BOTH','f':'GTC','q':'0.050',"
                        + "'X':'FINISHED','ai':'900711229001','ap':'90400.10','aq':'0.050','act':'MARKET','tp':'90400.00','p':'0',"
                        + "'V':'EXPIRE_MAKER','wt':'MARK_PRICE','pm':'NONE','cp':false,'pP':false,'R':true,'tt':1795262400992,"
                        + "'gtd':0,'rm':'','ia':false}}",
                algo(stop().build(), AlgoStatus.FINISHED, 900_711_229_001L, ""));
    }

    @Test
    void shouldTellWhyAConditionalOrderWasRejectedAndTheTermsOfATrailingOne() {
        JsonNode rejected = ForeignClient.parse(
                        writer.write(algo(stop().build(), AlgoStatus.REJECTED, 0, "say \"no\"\\\n"), PUSH_MS)
                                .toString())
                .get("o");
        assertEquals("say \"no\"\\\n", rejected.get("rm").textValue());
        assertFalse(rejected.has("ap") || rejected.has("aq") || rejected.has("act"));
        AlgoRequest trailing = AlgoRequest.of(1, 0, Side.SELL, OrderType.TRAILING_STOP_MARKET)
                .qtyLots(50)
                .trailing(920_000, 200)
                .build();
        JsonNode active = ForeignClient.parse(writer.write(algo(trailing, AlgoStatus.NEW, 0, ""), PUSH_MS)
                        .toString())
                .get("o");
        assertEquals("92000.00", active.get("AP").textValue());
        assertEquals("20.0", active.get("cr").textValue());
        assertEquals("0", active.get("tp").textValue());
        assertTrue(active.get("ia").booleanValue());
    }

    @Covers({"EVENT ACCOUNT_CONFIG_UPDATE", "EVENT MARGIN_CALL", "EVENT listenKeyExpired"})
    @Test
    void shouldWriteEveryKeyOfTheOtherEvents() {
        assertJson(
                "{'e':'ACCOUNT_CONFIG_UPDATE','E':1795262401006,'T':1795262401003,'ac':{'s':'BTCUSDT','l':20}}",
                new LeverageUpdate(TIME_MS, 0, 20));
        assertJson(
                "{'e':'ACCOUNT_CONFIG_UPDATE','E':1795262401006,'T':1795262401003,'ai':{'j':true}}",
                new MultiAssetsUpdate(TIME_MS, true));
        MarginCall.Position cross =
                new MarginCall.Position(0, 900, false, 0, 9_001_120_000_000L, -411 * E8, 38_020_000_000L);
        MarginCall.Position isolated = new MarginCall.Position(1, -5, true, E8, E8, 0, 1);
        assertJson(
                "{'e':'MARGIN_CALL','E':1795262401006,'cw':'312.10000000','p':[{'s':'BTCUSDT','ps':'BOTH','pa':'0.900',"
                        + "'mt':'CROSSED','iw':'0','mp':'90011.20000000','up':'-411.00000000','mm':'380.20000000'}]}",
                new MarginCall(TIME_MS, 31_210_000_000L, List.of(cross)));
        assertJson(
                "{'e':'MARGIN_CALL','E':1795262401006,'p':[{'s':'币安USDT','ps':'BOTH','pa':'-5','mt':'ISOLATED',"
                        + "'iw':'1.00000000','mp':'1.00000000','up':'0','mm':'0.00000001'}]}",
                new MarginCall(TIME_MS, MarginCall.NO_CROSS, List.of(isolated)));
        assertJson(
                "{'e':'listenKeyExpired','E':1795262401006,'listenKey':'pqia91'}",
                new ListenKeyExpired(TIME_MS, "pqia91"));
    }

    @Test
    void shouldKeepAPictureWhenTheOrderGoesOn() {
        Order order = new Order(1, limit().build(), 912_000, TIME_MS);
        OrderUpdate accepted = update(order, ExecutionType.NEW, OrderUpdate.Fill.NONE);
        List<AccountUpdate.Balance> balances = new ArrayList<>();
        AccountUpdate empty = new AccountUpdate(TIME_MS, AccountUpdate.Reason.ORDER, -1, balances, List.of());
        order.fill(912_000, 50, TIME_MS + 5);
        balances.add(new AccountUpdate.Balance("USDT", 1, 1, 0));
        assertEquals("NEW", order(accepted).get("X").textValue());
        assertEquals("0", order(accepted).get("z").textValue());
        assertEquals(0, empty.balances().size());
    }
}
