package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.trade.Errors;
import org.junit.jupiter.api.Test;

class AccountEndpointsTest {
    private static final String SUCCESS = "{\"code\":200,\"msg\":\"success\"}";
    private static final String TOTALS = """
            totalInitialMargin:s totalMaintMargin:s totalWalletBalance:s totalUnrealizedProfit:s totalMarginBalance:s
            totalPositionInitialMargin:s totalOpenOrderInitialMargin:s totalCrossWalletBalance:s totalCrossUnPnl:s
            availableBalance:s maxWithdrawAmount:s assets:a positions:a""";
    private static final String ASSET = """
            asset:s walletBalance:s unrealizedProfit:s marginBalance:s maintMargin:s initialMargin:s
            positionInitialMargin:s openOrderInitialMargin:s crossWalletBalance:s crossUnPnl:s availableBalance:s
            maxWithdrawAmount:s""";

    private final ApiFixture api = new ApiFixture();

    @Test
    @Covers("GET /fapi/v3/account")
    void shouldTellOfTheAccount() {
        JsonNode account = api.served("GET", "/fapi/v3/account");
        ApiFixture.assertShape(TOTALS, account);
        assertEquals("10000.00000000", account.get("totalWalletBalance").textValue());
        assertEquals("700.00000000", account.get("totalInitialMargin").textValue());
        assertEquals("10025.00000000", account.get("totalMarginBalance").textValue());
        ApiFixture.assertShape(ASSET + " updateTime:n", account.get("assets").get(0));
        assertEquals(1, account.get("positions").size(), "only what is active");
        ApiFixture.assertShape("""
                symbol:s positionSide:s positionAmt:s unrealizedProfit:s isolatedMargin:s notional:s isolatedWallet:s
                initialMargin:s maintMargin:s updateTime:n""", account.get("positions").get(0));
    }

    @Test
    @Covers("GET /fapi/v2/account")
    void shouldTellOfTheAccountTheOldWay() {
        JsonNode account = api.served("GET", "/fapi/v2/account");
        ApiFixture.assertShape("""
                feeTier:n feeBurn:b canTrade:b canDeposit:b canWithdraw:b updateTime:n multiAssetsMargin:b tradeGroupId:n
                """ + TOTALS, account);
        ApiFixture.assertShape(
                ASSET + " marginAvailable:b updateTime:n", account.get("assets").get(0));
        assertEquals(2, account.get("positions").size(), "every contract");
        ApiFixture.assertShape("""
                symbol:s initialMargin:s maintMargin:s unrealizedProfit:s positionInitialMargin:s
                openOrderInitialMargin:s leverage:s isolated:b entryPrice:s breakEvenPrice:s maxNotional:s bidNotional:s
                askNotional:s positionSide:s positionAmt:s notional:s isolatedWallet:s updateTime:n""", account.get("positions").get(1));
    }

    @Test
    @Covers({"GET /fapi/v3/balance", "GET /fapi/v2/balance"})
    void shouldTellTheBalance() {
        for (String path : new String[] {"/fapi/v3/balance", "/fapi/v2/balance"}) {
            JsonNode list = api.served("GET", path);
            assertEquals(1, list.size());
            ApiFixture.assertShape("""
                    accountAlias:s asset:s balance:s crossWalletBalance:s crossUnPnl:s availableBalance:s
                    maxWithdrawAmount:s marginAvailable:b updateTime:n""", list.get(0));
            assertEquals("9000.00000000", list.get(0).get("crossWalletBalance").textValue());
        }
    }

    @Test
    @Covers("GET /fapi/v3/positionRisk")
    void shouldTellOfPositions() {
        JsonNode list = api.served("GET", "/fapi/v3/positionRisk");
        assertEquals(1, list.size());
        JsonNode position = list.get(0);
        ApiFixture.assertShape("""
                symbol:s positionSide:s positionAmt:s entryPrice:s breakEvenPrice:s markPrice:s unRealizedProfit:s
                liquidationPrice:s isolatedMargin:s notional:s marginAsset:s isolatedWallet:s initialMargin:s
                maintMargin:s positionInitialMargin:s openOrderInitialMargin:s adl:n bidNotional:s askNotional:s
                updateTime:n""", position);
        assertEquals("-0.250", position.get("positionAmt").textValue());
        assertEquals("64300.00", position.get("entryPrice").textValue());
        assertEquals("64287.135", position.get("breakEvenPrice").textValue());
        assertEquals("64250.12345678", position.get("markPrice").textValue());
        assertEquals("12.46913580", position.get("unRealizedProfit").textValue());
        assertEquals("-16062.53086420", position.get("notional").textValue());
        assertEquals("0", position.get("isolatedMargin").textValue());
        assertEquals(
                0,
                api.served("GET", "/fapi/v3/positionRisk", "symbol", "ETHUSDT").size());
        api.refused(-1121, "GET", "/fapi/v3/positionRisk", "symbol", "NOBODY");
    }

    @Test
    @Covers("GET /fapi/v2/positionRisk")
    void shouldTellOfPositionsTheOldWay() {
        JsonNode list = api.served("GET", "/fapi/v2/positionRisk");
        assertEquals(2, list.size());
        ApiFixture.assertShape("""
                symbol:s positionAmt:s entryPrice:s breakEvenPrice:s markPrice:s unRealizedProfit:s liquidationPrice:s
                leverage:s maxNotionalValue:s marginType:s isolatedMargin:s isAutoAddMargin:s positionSide:s notional:s
                isolatedWallet:s updateTime:n""", list.get(1));
        assertEquals("20", list.get(0).get("leverage").textValue());
        assertEquals("70000000", list.get(0).get("maxNotionalValue").textValue());
        assertEquals("cross", list.get(0).get("marginType").textValue());
    }

    @Test
    @Covers({"GET /fapi/v1/accountConfig", "GET /fapi/v1/symbolConfig"})
    void shouldTellTheSettings() {
        ApiFixture.assertShape("""
                feeTier:n canTrade:b canDeposit:b canWithdraw:b dualSidePosition:b updateTime:n multiAssetsMargin:b
                tradeGroupId:n""", api.served("GET", "/fapi/v1/accountConfig"));
        assertEquals(2, api.served("GET", "/fapi/v1/symbolConfig").size());
        JsonNode one = api.served("GET", "/fapi/v1/symbolConfig", "symbol", "BTCUSDT");
        ApiFixture.assertShape("symbol:s marginType:s isAutoAddMargin:b leverage:n maxNotionalValue:s", one.get(0));
        assertEquals("CROSSED", one.get(0).get("marginType").textValue());
    }

    @Test
    @Covers("GET /fapi/v1/income")
    void shouldListIncome() {
        for (int i = 0; i < 5; i++) {
            String type = i % 2 == 0 ? "COMMISSION" : "REALIZED_PNL";
            api.venue.income.add(new AccountPort.Income(
                    type, i == 4 ? -1 : 0, -i * 1000L, "", ApiFixture.NOW_MS - 10 + i, 100 + i, i));
        }
        String path = "/fapi/v1/income";
        JsonNode list = api.served("GET", path);
        assertEquals(5, list.size());
        ApiFixture.assertShape("symbol:s incomeType:s income:s asset:s info:s time:n tranId:n tradeId:s", list.get(0));
        assertEquals("-0.00001000", list.get(1).get("income").textValue());
        assertEquals("", list.get(4).get("symbol").textValue());
        assertEquals(2, api.served("GET", path, "incomeType", "REALIZED_PNL").size());
        assertEquals(4, api.served("GET", path, "symbol", "BTCUSDT").size());
        assertEquals(
                103, api.served("GET", path, "limit", "2").get(0).get("tranId").intValue());
        assertEquals(
                102,
                api.served("GET", path, "limit", "2", "page", "2")
                        .get(0)
                        .get("tranId")
                        .intValue());
        api.refused(-1130, "GET", path, "limit", "1001");
    }

    @Test
    @Covers({"GET /fapi/v1/rateLimit/order", "GET /fapi/v1/apiTradingStatus"})
    void shouldTellLimitsAndStatus() {
        assertEquals(
                "[{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":300},"
                        + "{\"rateLimitType\":\"ORDERS\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":1200}]",
                api.served("GET", "/fapi/v1/rateLimit/order").toString());
        JsonNode status = api.served("GET", "/fapi/v1/apiTradingStatus", "symbol", "BTCUSDT");
        ApiFixture.assertShape("indicators:o updateTime:n", status);
        ApiFixture.assertShape(
                "isLocked:b plannedRecoverTime:n indicator:s value:n triggerValue:n",
                status.get("indicators").get("BTCUSDT").get(0));
        assertEquals(
                0,
                api.served("GET", "/fapi/v1/apiTradingStatus").get("indicators").size());
    }

    @Test
    @Covers({"GET /fapi/v1/feeBurn", "POST /fapi/v1/feeBurn"})
    void shouldSwitchTheDiscount() {
        assertEquals(
                "{\"feeBurn\":false}", api.served("GET", "/fapi/v1/feeBurn").toString());
        assertEquals(
                SUCCESS,
                api.served("POST", "/fapi/v1/feeBurn", "feeBurn", "true").toString());
        assertEquals("{\"feeBurn\":true}", api.served("GET", "/fapi/v1/feeBurn").toString());
        api.refused(-1102, "POST", "/fapi/v1/feeBurn");
        api.refused(-1130, "POST", "/fapi/v1/feeBurn", "feeBurn", "maybe");
    }

    @Test
    @Covers("POST /fapi/v1/leverage")
    void shouldChooseTheLeverage() {
        assertEquals(
                "{\"leverage\":20,\"maxNotionalValue\":\"70000000\",\"symbol\":\"BTCUSDT\"}",
                api.served("POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "20")
                        .toString());
        assertEquals("[leverage 0 20]", api.venue.calls.toString());
        api.refused(-4028, "POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "126");
        api.refused(-4028, "POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "0");
        api.refused(-1102, "POST", "/fapi/v1/leverage", "symbol", "BTCUSDT");
        api.venue.refusal = Errors.leverageTooSmall();
        api.refused(-2028, "POST", "/fapi/v1/leverage", "symbol", "BTCUSDT", "leverage", "1");
    }

    @Test
    @Covers("POST /fapi/v1/marginType")
    void shouldChooseTheMarginType() {
        String path = "/fapi/v1/marginType";
        assertEquals(
                SUCCESS,
                api.served("POST", path, "symbol", "BTCUSDT", "marginType", "ISOLATED")
                        .toString());
        assertEquals("[isolated 0 true]", api.venue.calls.toString());
        api.venue.refusal = Errors.sameMarginType();
        api.refused(-4046, "POST", path, "symbol", "BTCUSDT", "marginType", "CROSSED");
        api.refused(-1130, "POST", path, "symbol", "BTCUSDT", "marginType", "HALF");
    }

    @Test
    @Covers({
        "GET /fapi/v1/positionSide/dual",
        "POST /fapi/v1/positionSide/dual",
        "GET /fapi/v1/multiAssetsMargin",
        "POST /fapi/v1/multiAssetsMargin"
    })
    void shouldAskForAndChangeModes() {
        assertEquals(
                "{\"dualSidePosition\":false}",
                api.served("GET", "/fapi/v1/positionSide/dual").toString());
        api.venue.refusal = Errors.samePositionSide();
        api.refused(-4059, "POST", "/fapi/v1/positionSide/dual", "dualSidePosition", "false");
        assertEquals(
                "{\"multiAssetsMargin\":false}",
                api.served("GET", "/fapi/v1/multiAssetsMargin").toString());
        assertEquals(
                SUCCESS,
                api.served("POST", "/fapi/v1/multiAssetsMargin", "multiAssetsMargin", "true")
                        .toString());
        assertEquals("[hedge false, multiAssets true]", api.venue.calls.toString());
    }

    @Test
    @Covers({"POST /fapi/v1/positionMargin", "GET /fapi/v1/positionMargin/history"})
    void shouldMoveMargin() {
        String path = "/fapi/v1/positionMargin";
        JsonNode answer = api.served("POST", path, "symbol", "BTCUSDT", "amount", "100", "type", "1");
        assertEquals(
                "{\"amount\":100.0,\"code\":200,\"msg\":\"Successfully modify position margin.\",\"type\":1}",
                answer.toString());
        api.served("POST", path, "symbol", "BTCUSDT", "amount", "0.5", "type", "2");
        JsonNode history = api.served("GET", path + "/history", "symbol", "BTCUSDT");
        assertEquals(2, history.size());
        ApiFixture.assertShape("symbol:s type:n deltaType:s amount:s asset:s time:n positionSide:s", history.get(0));
        assertEquals("0.50000000", history.get(1).get("amount").textValue());
        assertEquals(
                1,
                api.served("GET", path + "/history", "symbol", "BTCUSDT", "type", "2")
                        .size());
        api.refused(-4055, "POST", path, "symbol", "BTCUSDT", "amount", "0", "type", "1");
        api.refused(-1130, "POST", path, "symbol", "BTCUSDT", "amount", "1", "type", "3");
        api.refused(-1102, "POST", path, "symbol", "BTCUSDT", "type", "1");
    }

    @Test
    @Covers({"GET /fapi/v1/adlQuantile", "GET /fapi/v1/forceOrders"})
    void shouldTellOfDeleveragingAndLiquidations() {
        assertEquals(
                "[{\"symbol\":\"BTCUSDT\",\"adlQuantile\":{\"LONG\":0,\"SHORT\":0,\"BOTH\":2}}]",
                api.served("GET", "/fapi/v1/adlQuantile").toString());
        String order = "/fapi/v1/order";
        for (int i = 0; i < 3; i++) {
            api.served("POST", order, "symbol", "BTCUSDT", "side", "SELL", "type", "MARKET", "quantity", "0.003");
        }
        api.venue.orders.get(1).markLiquidation();
        api.venue.orders.get(2).markAdl();
        String path = "/fapi/v1/forceOrders";
        assertEquals(2, api.served("GET", path).size());
        JsonNode liquidations = api.served("GET", path, "autoCloseType", "LIQUIDATION");
        assertEquals(1, liquidations.size());
        assertEquals(
                api.venue.orders.get(1).orderId(),
                liquidations.get(0).get("orderId").longValue());
        assertEquals(
                1,
                api.served("GET", path, "autoCloseType", "ADL", "symbol", "BTCUSDT")
                        .size());
        api.refused(-1130, "GET", path, "autoCloseType", "SOME");
    }

    @Test
    @Covers({"GET /fapi/v1/leverageBracket", "GET /fapi/v1/commissionRate"})
    void shouldTellBracketsAndFees() {
        JsonNode brackets = api.served("GET", "/fapi/v1/leverageBracket", "symbol", "BTCUSDT");
        assertEquals(1, brackets.size());
        assertEquals(2, api.served("GET", "/fapi/v1/leverageBracket").size());
        JsonNode second = brackets.get(0).get("brackets").get(1);
        assertEquals(
                "{\"bracket\":2,\"initialLeverage\":100,\"notionalCap\":800000,\"notionalFloor\":300000,"
                        + "\"maintMarginRatio\":0.005,\"cum\":300.0}",
                second.toString());
        assertEquals(
                "{\"symbol\":\"BTCUSDT\",\"makerCommissionRate\":\"0.00016\",\"takerCommissionRate\":\"0.0004\","
                        + "\"rpiCommissionRate\":\"0.00005\"}",
                api.served("GET", "/fapi/v1/commissionRate", "symbol", "BTCUSDT")
                        .toString());
        api.refused(-1102, "GET", "/fapi/v1/commissionRate");
    }

    @Test
    @Covers({"POST /fapi/v1/listenKey", "PUT /fapi/v1/listenKey", "DELETE /fapi/v1/listenKey", "ERROR -1125"})
    void shouldKeepOneListenKey() {
        String path = "/fapi/v1/listenKey";
        assertEquals(400, api.send("PUT", path, "").status());
        String first = api.send("POST", path, "").text();
        assertEquals(first, api.send("POST", path, "").text());
        assertEquals(first, api.send("PUT", path, "").text());
        assertEquals("{}", api.send("DELETE", path, "").text());
        assertEquals(true, api.send("PUT", path, "").text().contains("-1125"));
    }
}
