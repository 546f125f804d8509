package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.binance.connector.client.common.ApiException;
import com.binance.connector.client.common.configuration.ClientConfiguration;
import com.binance.connector.client.common.configuration.SignatureConfiguration;
import com.binance.connector.client.common.websocket.configuration.WebSocketClientConfiguration;
import com.binance.connector.client.common.websocket.service.StreamBlockingQueueWrapper;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.DerivativesTradingUsdsFuturesRestApiUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.api.DerivativesTradingUsdsFuturesRestApi;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrders;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrdersInner;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrdersPlaceMultipleOrders;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.BatchOrdersPlaceMultipleOrdersInner;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeInitialLeverageRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Interval;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ModifyMultipleOrdersRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ModifyOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewAlgoOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.OrderIdList;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.PlaceMultipleOrdersRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.TimeInForce;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.DerivativesTradingUsdsFuturesWebSocketApiUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.JSON;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.api.DerivativesTradingUsdsFuturesWebSocketApi;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.CancelOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.FuturesAccountBalanceV2Request;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.OrderBookRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.PositionInformationV2Request;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.QueryOrderRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.DerivativesTradingUsdsFuturesWebSocketStreamsUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.api.DerivativesTradingUsdsFuturesWebSocketStreams;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AccountUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AggregateTradeStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AlgoUpdate;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.DiffBookDepthStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.IndividualSymbolBookTickerStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.KlineCandlestickStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.MarkPriceStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.TradeLite;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.UserDataStreamEventsResponse;
import io.millrace.exchange.coverage.Covers;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trading.ClientSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The venue's own Java client, pointed at the exchange: it must not notice. */
class ConnectorTest {
    private static final String SYMBOL = "BTCUSDT";
    private static final long DEADLINE_SECONDS = 60;
    private static final long MINUTE_MS = 60_000;

    private KeyPair pair;
    private SimulatedExchange exchange;

    @BeforeEach
    void open() throws IOException, NoSuchAlgorithmException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        exchange = SimulatedExchange.start(ExchangeSettings.synthetic(
                        SyntheticSettings.of(2, 3).withEventsPerSecond(2000))
                .withClient(ClientSettings.of("client", 10_000)
                        .withKey("hmac", "a secret")
                        .withKey("edwards", pem("PUBLIC", pair.getPublic()))));
    }

    private static String pem(String kind, Key key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + " KEY-----\n" + base64 + "\n-----END " + kind + " KEY-----";
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private SignatureConfiguration hmac() {
        SignatureConfiguration signature = new SignatureConfiguration();
        signature.setApiKey("hmac");
        signature.setSecretKey("a secret");
        return signature;
    }

    private SignatureConfiguration ed25519() {
        SignatureConfiguration signature = new SignatureConfiguration();
        signature.setApiKey("edwards");
        signature.setPrivateKey(pem("PRIVATE", pair.getPrivate()));
        return signature;
    }

    private DerivativesTradingUsdsFuturesRestApi rest(SignatureConfiguration signature) {
        ClientConfiguration configuration = DerivativesTradingUsdsFuturesRestApiUtil.getClientConfiguration();
        configuration.setUrl(exchange.restUri().toString());
        configuration.setSignatureConfiguration(signature);
        return new DerivativesTradingUsdsFuturesRestApi(configuration);
    }

    private DerivativesTradingUsdsFuturesWebSocketStreams streams(URI base) {
        WebSocketClientConfiguration configuration =
                DerivativesTradingUsdsFuturesWebSocketStreamsUtil.getClientConfiguration();
        configuration.setUrl(base + "/stream");
        return new DerivativesTradingUsdsFuturesWebSocketStreams(new PatientConnections.Streams(
                configuration,
                com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.JSON.getGson()));
    }

    private WebSocketClientConfiguration webSocketApi(SignatureConfiguration signature) {
        WebSocketClientConfiguration configuration =
                DerivativesTradingUsdsFuturesWebSocketApiUtil.getClientConfiguration();
        configuration.setUrl(exchange.wsApiUri().toString());
        configuration.setSignatureConfiguration(signature);
        return configuration;
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static <T> T next(StreamBlockingQueueWrapper<T> queue) {
        return get(CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static NewOrderRequest limit(String clientOrderId) {
        NewOrderRequest order = new NewOrderRequest();
        order.symbol(SYMBOL).side(Side.BUY).type("LIMIT").timeInForce(TimeInForce.GTC);
        return order.quantity(0.05).price(60_000.1).newClientOrderId(clientOrderId);
    }

    private static NewAlgoOrderRequest stop() {
        NewAlgoOrderRequest stop = new NewAlgoOrderRequest();
        stop.algoType("CONDITIONAL").symbol(SYMBOL).side(Side.SELL).type("STOP_MARKET");
        return stop.quantity(0.05).triggerPrice(50_000.0).clientAlgoId("stop");
    }

    @Test
    @Covers({"GET /fapi/v1/exchangeInfo", "GET /fapi/v1/depth", "GET /fapi/v1/time", "GET /fapi/v1/klines"})
    void shouldReadTheMarket() {
        DerivativesTradingUsdsFuturesRestApi api = rest(hmac());
        assertTrue(api.checkServerTime().getData().getServerTime() > 1_700_000_000_000L);
        var info = api.exchangeInformation().getData();
        assertEquals(2, info.getSymbols().size());
        var contract = info.getSymbols().get(0);
        assertEquals(SYMBOL, contract.getSymbol());
        assertEquals("PERPETUAL", contract.getContractType());
        assertEquals("TRADING", contract.getStatus());
        assertEquals("PRICE_FILTER", contract.getFilters().get(0).getFilterType());
        assertEquals("0.10", contract.getFilters().get(0).getTickSize());
        var book = api.orderBook(SYMBOL, 5L).getData();
        assertEquals(5, book.getBids().size());
        assertEquals(5, book.getAsks().size());
        assertTrue(book.getLastUpdateId() > 0);
        var bars = api.klineCandlestickData(SYMBOL, Interval.INTERVAL_1m, null, null, 10L)
                .getData();
        assertEquals(10, bars.size());
        for (int i = 0; i < 10; i++) {
            List<String> bar = bars.get(i);
            assertEquals(12, bar.size());
            long openMs = Long.parseLong(bar.get(0));
            assertEquals(0, openMs % MINUTE_MS);
            assertEquals(openMs + MINUTE_MS - 1, Long.parseLong(bar.get(6)));
            assertTrue(i == 0
                    || openMs - MINUTE_MS == Long.parseLong(bars.get(i - 1).get(0)));
            assertTrue(new BigDecimal(bar.get(2)).compareTo(new BigDecimal(bar.get(3))) >= 0, "high and low");
        }
    }

    @Test
    @Covers({
        "GET /fapi/v3/account",
        "GET /fapi/v3/positionRisk",
        "GET /fapi/v3/balance",
        "POST /fapi/v1/leverage",
        "POST /fapi/v1/order",
        "GET /fapi/v1/order",
        "PUT /fapi/v1/order",
        "DELETE /fapi/v1/order",
        "GET /fapi/v1/openOrders"
    })
    void shouldTradeWithEitherKindOfKey() {
        for (SignatureConfiguration signature : new SignatureConfiguration[] {hmac(), ed25519()}) {
            DerivativesTradingUsdsFuturesRestApi api = rest(signature);
            var account = api.accountInformationV3(60_000L).getData();
            assertEquals("10000.00000000", account.getTotalWalletBalance());
            assertEquals(0, api.positionInformationV3(SYMBOL, null).getData().size());
            assertEquals(
                    "USDT", api.futuresAccountBalanceV3(null).getData().get(0).getAsset());
            ChangeInitialLeverageRequest leverage = new ChangeInitialLeverageRequest();
            assertEquals(
                    20L,
                    api.changeInitialLeverage(leverage.symbol(SYMBOL).leverage(20L))
                            .getData()
                            .getLeverage());
            var placed = api.newOrder(limit("c-" + signature.getApiKey())).getData();
            assertEquals("NEW", placed.getStatus());
            assertEquals("60000.10", placed.getPrice());
            var queried =
                    api.queryOrder(SYMBOL, placed.getOrderId(), null, null).getData();
            assertEquals("c-" + signature.getApiKey(), queried.getClientOrderId());
            ModifyOrderRequest change = new ModifyOrderRequest();
            change.symbol(SYMBOL)
                    .side(Side.BUY)
                    .orderId(placed.getOrderId())
                    .quantity(0.06)
                    .price(60_000.2);
            assertEquals("60000.20", api.modifyOrder(change).getData().getPrice());
            assertEquals(1, api.currentAllOpenOrders(SYMBOL, null).getData().size());
            assertEquals(
                    "CANCELED",
                    api.cancelOrder(SYMBOL, placed.getOrderId(), null, null)
                            .getData()
                            .getStatus());
            assertThrows(ApiException.class, () -> api.cancelOrder(SYMBOL, placed.getOrderId(), null, null));
        }
    }

    @Test
    @Covers({"POST /fapi/v1/batchOrders", "PUT /fapi/v1/batchOrders", "DELETE /fapi/v1/batchOrders"})
    void shouldPlaceLists() {
        DerivativesTradingUsdsFuturesRestApi api = rest(hmac());
        BatchOrdersPlaceMultipleOrders list = new BatchOrdersPlaceMultipleOrders();
        for (int i = 0; i < 2; i++) {
            list.add(new BatchOrdersPlaceMultipleOrdersInner()
                    .symbol(SYMBOL)
                    .side(BatchOrdersPlaceMultipleOrdersInner.SideEnum.BUY)
                    .type("LIMIT")
                    .timeInForce(BatchOrdersPlaceMultipleOrdersInner.TimeInForceEnum.GTC)
                    .quantity("0.05")
                    .price("60000.1")
                    .newClientOrderId("b" + i));
        }
        var placed = api.placeMultipleOrders(new PlaceMultipleOrdersRequest().batchOrders(list))
                .getData();
        assertEquals(2, placed.size());
        assertEquals("b1", placed.get(1).getClientOrderId());
        BatchOrders changes = new BatchOrders();
        OrderIdList ids = new OrderIdList();
        for (var order : placed) {
            changes.add(new BatchOrdersInner()
                    .symbol(SYMBOL)
                    .side(BatchOrdersInner.SideEnum.BUY)
                    .orderId(String.valueOf(order.getOrderId()))
                    .quantity("0.06")
                    .price("60000.2"));
            ids.add(order.getOrderId());
        }
        var changed = api.modifyMultipleOrders(new ModifyMultipleOrdersRequest().batchOrders(changes))
                .getData();
        assertEquals("0.060", changed.get(1).getOrigQty());
        var cancelled = api.cancelMultipleOrders(SYMBOL, ids, null, null).getData();
        assertEquals("CANCELED", cancelled.get(0).getStatus());
        assertEquals("CANCELED", cancelled.get(1).getStatus());
    }

    @Test
    @Covers({
        "POST /fapi/v1/algoOrder",
        "GET /fapi/v1/algoOrder",
        "DELETE /fapi/v1/algoOrder",
        "GET /fapi/v1/openAlgoOrders",
        "POST /fapi/v1/listenKey",
        "PUT /fapi/v1/listenKey",
        "DELETE /fapi/v1/listenKey"
    })
    void shouldKeepConditionalOrdersAndListenKeys() {
        DerivativesTradingUsdsFuturesRestApi api = rest(ed25519());
        var placed = api.newAlgoOrder(stop()).getData();
        assertEquals("NEW", placed.getAlgoStatus());
        assertEquals(
                "stop",
                api.queryAlgoOrder(placed.getAlgoId(), null, null).getData().getClientAlgoId());
        assertEquals(
                1,
                api.currentAllAlgoOpenOrders(null, SYMBOL, null, null).getData().size());
        assertEquals(
                "200",
                api.cancelAlgoOrder(placed.getAlgoId(), null, null).getData().getCode());
        String key = api.startUserDataStream().getData().getListenKey();
        assertEquals(key, api.keepaliveUserDataStream().getData().getListenKey());
        api.closeUserDataStream();
        assertThrows(ApiException.class, api::keepaliveUserDataStream);
    }

    @Test
    @Covers({
        "STREAM @bookTicker",
        "STREAM @depth@100ms",
        "STREAM @aggTrade",
        "STREAM @kline_<interval>",
        "STREAM @markPrice@1s"
    })
    void shouldListenToTheMarket() {
        var book = streams(exchange.publicUri());
        IndividualSymbolBookTickerStreamsRequest ticker = new IndividualSymbolBookTickerStreamsRequest();
        var touch = next(book.individualSymbolBookTickerStreams(ticker.symbol("btcusdt")));
        assertEquals(SYMBOL, touch.getsLowerCase());
        assertTrue(new BigDecimal(touch.getbLowerCase()).compareTo(new BigDecimal(touch.getaLowerCase())) < 0);
        DiffBookDepthStreamsRequest diffs = new DiffBookDepthStreamsRequest();
        var changes = book.diffBookDepthStreams(diffs.symbol("btcusdt").updateSpeed("100ms"));
        long lastId = next(changes).getuLowerCase();
        assertEquals(lastId, next(changes).getPu(), "the chain has no hole");
        var trades = streams(exchange.marketUri());
        AggregateTradeStreamsRequest trade = new AggregateTradeStreamsRequest();
        assertNotNull(
                next(trades.aggregateTradeStreams(trade.symbol("btcusdt"))).getpLowerCase());
        KlineCandlestickStreamsRequest bars = new KlineCandlestickStreamsRequest();
        var bar = next(trades.klineCandlestickStreams(bars.symbol("btcusdt").interval("1m")))
                .getkLowerCase();
        assertEquals("1m", bar.getiLowerCase());
        assertEquals(MINUTE_MS - 1, bar.getT() - bar.gettLowerCase());
        MarkPriceStreamRequest marks = new MarkPriceStreamRequest();
        var mark = next(trades.markPriceStream(marks.symbol("btcusdt").updateSpeed("1s")));
        assertTrue(new BigDecimal(mark.getpLowerCase()).signum() > 0);
        assertTrue(mark.getT() > mark.getE(), "funding is still to come");
    }

    @Test
    @Covers({
        "EVENT ORDER_TRADE_UPDATE",
        "EVENT TRADE_LITE",
        "EVENT ACCOUNT_UPDATE",
        "EVENT ALGO_UPDATE",
        "GET /fapi/v1/userTrades"
    })
    void shouldListenToTheAccount() {
        DerivativesTradingUsdsFuturesRestApi api = rest(hmac());
        String key = api.startUserDataStream().getData().getListenKey();
        var events = streams(exchange.privateUri()).userData(key);
        ForeignClient.await(
                "a subscription",
                () -> exchange.connections().stream()
                        .anyMatch(connection -> connection.streams().contains(key)));
        api.newOrder(limit("mine"));
        var order = next(events).getOrderTradeUpdate().getoLowerCase();
        assertEquals("mine", order.getcLowerCase());
        assertEquals("NEW", order.getX());
        NewOrderRequest market = new NewOrderRequest();
        market.symbol(SYMBOL).side(Side.BUY).type("MARKET").quantity(0.002).newClientOrderId("taken");
        api.newOrder(market);
        TradeLite lite = event(events, TradeLite.class);
        assertEquals("taken", lite.getcLowerCase());
        assertEquals("0.002", lite.getlLowerCase());
        assertEquals("ORDER", event(events, AccountUpdate.class).getaLowerCase().getmLowerCase());
        api.newAlgoOrder(stop());
        var conditional = event(events, AlgoUpdate.class).getoLowerCase();
        assertEquals("stop", conditional.getCaid());
        assertEquals("NEW", conditional.getX());
        var position = api.positionInformationV3(SYMBOL, null).getData().get(0);
        assertEquals("0.002", position.getPositionAmt());
        var fills =
                api.accountTradeList(SYMBOL, null, null, null, null, null, null).getData();
        assertEquals("USDT", fills.get(0).getCommissionAsset());
    }

    /** Returns the next event of a kind, passing over others. */
    private static <T> T event(StreamBlockingQueueWrapper<UserDataStreamEventsResponse> events, Class<T> kind) {
        while (true) {
            Object event = next(events).getActualInstance();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    @Test
    @Covers({
        "WS depth",
        "WS order.place",
        "WS order.modify",
        "WS order.status",
        "WS order.cancel",
        "WS algoOrder.place",
        "WS v2/account.balance",
        "WS v2/account.position"
    })
    void shouldSpeakTheWebSocketApi() {
        for (SignatureConfiguration signature : new SignatureConfiguration[] {hmac(), ed25519()}) {
            var api = new DerivativesTradingUsdsFuturesWebSocketApi(
                    new PatientConnections.Api(webSocketApi(signature), JSON.getGson()));
            var book = get(api.orderBook(new OrderBookRequest().symbol(SYMBOL).limit(5L)));
            assertEquals(200L, book.getStatus());
            assertEquals(5, book.getResult().getBids().size());
            String name = "ws-" + signature.getApiKey();
            var placed = get(api.newOrder(webSocketLimit(name)));
            assertEquals(200L, placed.getStatus());
            assertEquals(name, placed.getResult().getClientOrderId());
            assertFalse(placed.getRateLimits().isEmpty());
            long id = placed.getResult().getOrderId();
            var queried =
                    get(api.queryOrder(new QueryOrderRequest().symbol(SYMBOL).orderId(id)));
            assertEquals("0.050", queried.getResult().getOrigQty());
            var changed = get(api.modifyOrder(webSocketChange(id)));
            assertEquals("60000.20", changed.getResult().getPrice());
            var cancelled =
                    get(api.cancelOrder(new CancelOrderRequest().symbol(SYMBOL).orderId(id)));
            assertEquals("CANCELED", cancelled.getResult().getStatus());
            var balance = get(api.futuresAccountBalanceV2(new FuturesAccountBalanceV2Request()));
            assertEquals("10000.00000000", balance.getResult().get(0).getBalance());
            var positions = get(api.positionInformationV2(new PositionInformationV2Request()));
            assertEquals(0, positions.getResult().size());
            var stop = get(api.newAlgoOrder(webSocketStop(name)));
            assertEquals("NEW", stop.getResult().getAlgoStatus());
        }
    }

    @Test
    @Covers("WS session.logon")
    void shouldLogTheSessionOn() {
        WebSocketClientConfiguration configuration = webSocketApi(ed25519());
        configuration.setAutoLogon(true);
        PatientConnections.Api connection = new PatientConnections.Api(configuration, JSON.getGson());
        connection.setLogonMethods(List.of("session.logon"));
        connection.connect();
        var api = new DerivativesTradingUsdsFuturesWebSocketApi(connection);
        var request = webSocketLimit("logged-on");
        var placed = get(api.newOrder(request));
        assertEquals(200L, placed.getStatus());
        assertNull(request.getSignature(), "the session vouches for the request");
    }

    private static com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewOrderRequest
            webSocketLimit(String clientOrderId) {
        var order =
                new com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewOrderRequest();
        order.side(com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.Side.BUY);
        order.timeInForce(
                com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.TimeInForce.GTC);
        order.symbol(SYMBOL).type("LIMIT").quantity(0.05).price(60_000.1).newClientOrderId(clientOrderId);
        return order;
    }

    private static com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.ModifyOrderRequest
            webSocketChange(long orderId) {
        var change =
                new com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model
                        .ModifyOrderRequest();
        change.side(com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.Side.BUY);
        return change.symbol(SYMBOL).orderId(orderId).quantity(0.05).price(60_000.2);
    }

    private static com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.NewAlgoOrderRequest
            webSocketStop(String clientAlgoId) {
        var stop =
                new com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model
                        .NewAlgoOrderRequest();
        stop.side(com.binance.connector.client.derivatives_trading_usds_futures.websocket.api.model.Side.SELL);
        stop.algoType("CONDITIONAL").symbol(SYMBOL).type("STOP_MARKET").clientAlgoId(clientAlgoId);
        return stop.quantity(0.05).triggerPrice(50_000.0);
    }
}
