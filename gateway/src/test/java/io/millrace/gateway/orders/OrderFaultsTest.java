package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.LinkStatusDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.StubVenue;
import io.millrace.gateway.TestClock;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import io.millrace.gateway.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order link against a venue that answers exactly what a test wants. */
class OrderFaultsTest {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern CLIENT_ID = Pattern.compile("ClientOrderId(?:\":\"|=)([^\"&]+)");
    private static final String LIMITS =
            ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\","
                    + "\"intervalNum\":1,\"limit\":2400,\"count\":20}]}";

    private final TestClock time = new TestClock();
    private final StubVenue venue = new StubVenue();
    private Function<String, String> onOrder = OrderFaultsTest::accepted;
    private OrderRig rig;

    @BeforeEach
    void setUp() {
        answerSetUp(venue, time.ingress()::nowNs);
        venue.onRequest = request -> request.contains("session.logon") ? loggedOn(request) : onOrder.apply(request);
    }

    /** Answers everything that a gateway asks before and between orders, and accepts orders. */
    static void answerSetUp(StubVenue venue, LongSupplier nowNs) {
        venue.on(
                "/fapi/v1/time",
                target -> StubVenue.Reply.json("{\"serverTime\":" + nowNs.getAsLong() / 1_000_000 + "}"));
        venue.on("/fapi/v1/listenKey", target -> StubVenue.Reply.json("{\"listenKey\":\"abc\"}"));
        venue.on(
                "/fapi/v1/accountConfig",
                target -> StubVenue.Reply.json(
                        "{\"feeTier\":0,\"canTrade\":true,\"canDeposit\":false,\"canWithdraw\":false,"
                                + "\"dualSidePosition\":false,\"multiAssetsMargin\":false,\"tradeGroupId\":-1}"));
        venue.onRequest = request -> request.contains("session.logon") ? loggedOn(request) : accepted(request);
    }

    private static String loggedOn(String request) {
        return "{\"id\":" + id(request) + ",\"status\":200,\"result\":{\"apiKey\":\"k\"}}";
    }

    @AfterEach
    void tearDown() {
        if (rig != null) {
            rig.close();
        }
        venue.close();
    }

    private static String id(String request) {
        Matcher matcher = ID.matcher(request);
        return matcher.find() ? matcher.group(1) : "-1";
    }

    private static String accepted(String request) {
        return "{\"id\":" + id(request) + ",\"status\":200,\"result\":" + result(request) + LIMITS;
    }

    private static String result(String request) {
        Matcher client = CLIENT_ID.matcher(request);
        String name = client.find() ? client.group(1) : "foreign";
        return "{\"orderId\":900711223345,\"symbol\":\"BTCUSDT\","
                + "\"status\":\"NEW\",\"clientOrderId\":\"" + name + "\",\"price\":\"91200.00\",\"origQty\":\"0.010\","
                + "\"executedQty\":\"0\",\"cumQty\":\"0\",\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"reduceOnly\":false,"
                + "\"closePosition\":false,\"side\":\"BUY\",\"positionSide\":\"BOTH\",\"stopPrice\":\"0\","
                + "\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,\"origType\":\"LIMIT\",\"priceMatch\":\"NONE\","
                + "\"selfTradePreventionMode\":\"EXPIRE_MAKER\",\"goodTillDate\":0,\"updateTime\":1795262400503}";
    }

    private static String error(String request, int status, int code, String text) {
        return "{\"id\":" + id(request) + ",\"status\":" + status + ",\"error\":{\"code\":" + code + ",\"msg\":\""
                + text + "\"},\"rateLimits\":[]}";
    }

    private OrderLinkSettings link() {
        OrderLinkSettings.Times times = OrderLinkSettings.Times.VENUE
                .withAnswer(Duration.ofMinutes(1))
                .withSilence(Duration.ofMinutes(4), Duration.ofMinutes(8))
                .withBackoff(Duration.ofMillis(5), Duration.ofMillis(50));
        return OrderLinkSettings.of(venue.uri("ws", "/ws-fapi/v1")).with(times);
    }

    private void start(OrderLinkSettings link) {
        start(link, LimitSettings.VENUE);
    }

    private void start(OrderLinkSettings link, LimitSettings limits) {
        TransportSettings transport =
                TransportSettings.defaults().withTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1));
        OrderSettings settings = OrderSettings.of(venue.uri("http", ""), link.wsApi(), venue.uri("ws", "/private"))
                .with(transport)
                .with(limits)
                .with(link);
        rig = new OrderRig(settings, OrderRig.ed25519(), OrderRig.btc(), time);
        awaitBoth();
    }

    private void awaitBoth() {
        rig.pumpUntil(
                "both sessions",
                () -> rig.gateway.status().link() == LinkState.FAST
                        && rig.gateway.status().hasStandby());
    }

    private static long key(int number) {
        return ClientOrderId.key(1, 0, 0, number);
    }

    private void place(long id) {
        // Much longer than all the time that a test lets pass.
        long deadlineNs = rig.clock.nowNs() + TimeUnit.HOURS.toNanos(10);
        rig.offer(OrderMessages.limit(id, key((int) id), deadlineNs, 912_000, 10));
    }

    private static boolean isOrder(String request) {
        return request.contains("order.place");
    }

    /** A session of the WebSocket API; whether it takes orders or stands by, answers count on either. */
    private StubVenue.Peer session() {
        return venue.peers.stream()
                .filter(peer -> peer.target.startsWith("/ws-fapi"))
                .findFirst()
                .orElseThrow();
    }

    private long counter(int counter) {
        return rig.gateway.status().counters().get(counter);
    }

    @Test
    void shouldCallAnOrderUnknownWhenNoAnswerComesAndKeepQuietWhenItComesLate() {
        String[] late = new String[1];
        onOrder = request -> {
            late[0] = accepted(request);
            return null;
        };
        start(link());
        place(64);
        assertEquals(List.of("SENT:NONE"), rig.chain(64, 1));
        rig.pumpUntil("the request", () -> late[0] != null);
        time.pass(Duration.ofSeconds(61));
        assertEquals(List.of("SENT:NONE", "UNKNOWN:TIMEOUT"), rig.chain(64, 2));
        session().text(late[0]);
        rig.pumpUntil("the late answer", () -> counter(LinkCounters.STRAYS) == 1);
        assertEquals(2, OrderMessages.chain(rig.control, 64).size());
        long requests = venue.requests.stream().filter(OrderFaultsTest::isOrder).count();
        assertEquals(1, requests, "never sent twice");
    }

    @Test
    void shouldReportOnceWhenAnAnswerComesTwice() {
        start(link());
        StubVenue.Peer either = session();
        onOrder = request -> {
            either.text(accepted(request));
            return accepted(request);
        };
        place(64);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
        rig.pumpUntil("the second", () -> counter(LinkCounters.STRAYS) == 1);
        assertEquals(2, OrderMessages.chain(rig.control, 64).size());
    }

    @Test
    void shouldMatchAnswersThatComeInAnotherOrder() {
        start(link());
        StubVenue.Peer either = session();
        String[] held = new String[1];
        onOrder = request -> {
            if (held[0] == null) {
                held[0] = accepted(request);
                return null;
            }
            either.text(error(request, 400, -2019, "Margin is insufficient."));
            return held[0];
        };
        place(64);
        place(128);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
        assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:400:-2019"), rig.chain(128, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | -1000 | Unknown error, please check your request or try again later. | UNKNOWN:VENUE_ERROR",
                "503 | 0     | Unknown error, please check your request or try again later. | UNKNOWN:VENUE_ERROR",
                "503 | 0     | Service Unavailable.                                         | FAILED:VENUE_ERROR",
                "503 | -1001 | Internal error; unable to process your request. Please try again. | FAILED:VENUE_ERROR",
                "503 | -1001 | Disconnected.                                                | UNKNOWN:VENUE_ERROR",
                "503 | -1008 | Request throttled by system-level protection.                | FAILED:VENUE_ERROR",
                "503 | 0     | Request occur unknown error.                                 | UNKNOWN:VENUE_ERROR",
                "408 | -1007 | Timeout waiting for response from backend server.            | UNKNOWN:VENUE_ERROR",
                "400 | -1006 | An unexpected response was received.                         | UNKNOWN:VENUE_ERROR",
                "500 | 0     | Oops                                                         | UNKNOWN:VENUE_ERROR",
                "400 | -5022 | Post Only order will be rejected.                            | FAILED:VENUE_ERROR",
                "400 | -4116 | ClientOrderId is duplicated.                                 | FAILED:VENUE_ERROR",
                "403 | 0     | Forbidden                                                    | FAILED:VENUE_ERROR"
            })
    void shouldTellFailureFromIgnorance(int status, int code, String text, String expected) {
        onOrder = request -> error(request, status, code, text);
        start(link());
        place(64);
        String line = expected + ":" + status + ":" + code;
        assertEquals(List.of("SENT:NONE", line), rig.chain(64, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | -2015 | Invalid API-key, IP, or permissions for action.",
                "400 | -1102 | Mandatory parameter 'apiKey' was not sent, was empty/null, or malformed."
            })
    void shouldSendOnceOverRestWhatASessionWithoutItsLogonRefused(int status, int code, String text) {
        onOrder = request -> error(request, status, code, text);
        venue.on("/fapi/v1/order", target -> StubVenue.Reply.json(result(target)));
        start(link());
        place(64);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
        assertEquals(1, counter(LinkCounters.REROUTED));
        onOrder = OrderFaultsTest::accepted;
        rig.pumpUntil("the next session", () -> {
            time.pass(Duration.ofMillis(1));
            return rig.gateway.status().link() == LinkState.FAST
                    && rig.gateway.status().hasStandby();
        });
        place(128);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(128, 2));
        assertEquals(1, counter(LinkCounters.REROUTED));
        assertEquals(1, orders());
        venue.on("/fapi/v1/order", target -> StubVenue.Reply.of(401, "", "{\"code\":" + code + ",\"msg\":\"x\"}"));
        onOrder = request -> error(request, status, code, text);
        place(192);
        assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:401:" + code), rig.chain(192, 2));
        assertEquals(2, orders());
    }

    private long orders() {
        return venue.restTargets.stream()
                .filter(target -> target.startsWith("/fapi/v1/order?"))
                .count();
    }

    @Test
    void shouldCallWhatWasUnderWayUnknownWhenCutAndGoOnWithTheSessionThatStandsBy() {
        onOrder = request -> null;
        start(link());
        place(64);
        place(128);
        assertEquals(List.of("SENT:NONE"), rig.chain(64, 1));
        assertEquals(List.of("SENT:NONE"), rig.chain(128, 1));
        rig.pumpUntil(
                "the requests",
                () -> venue.requests.stream().filter(OrderFaultsTest::isOrder).count() == 2);
        venue.peers.stream()
                .filter(peer -> peer.frames.stream().anyMatch(frame -> isOrder(frame.text())))
                .forEach(StubVenue.Peer::cut);
        assertEquals(List.of("SENT:NONE", "UNKNOWN:CONNECTION_LOST"), rig.chain(64, 2));
        assertEquals(List.of("SENT:NONE", "UNKNOWN:CONNECTION_LOST"), rig.chain(128, 2));
        onOrder = OrderFaultsTest::accepted;
        place(192);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(192, 2));
        awaitBoth();
        rig.offer(OrderMessages.query(256, key(1), rig.soonNs(), false));
        assertEquals("SENT:NONE", rig.chain(256, 1).get(0));
        assertEquals(1, counter(LinkCounters.LOST));
    }

    @ParameterizedTest
    @CsvSource({"429, -1003, 3000", "418, -1003, 90000"})
    void shouldSendNothingForAsLongAsTheVenueSays(int status, int code, long retryAfterMs) {
        onOrder = request -> "{\"id\":" + id(request) + ",\"status\":" + status + ",\"error\":{\"code\":" + code
                + ",\"msg\":\"Too many requests\",\"data\":{\"serverTime\":1,\"retryAfter\":" + retryAfterMs + "}}}";
        start(link());
        time.freeze();
        long nowNs = rig.clock.nowNs();
        place(64);
        String reason = status == 418 ? "BANNED" : "RATE_LIMIT";
        assertEquals(List.of("SENT:NONE", "FAILED:" + reason + ":" + status + ":" + code), rig.chain(64, 2));
        place(128);
        assertEquals(List.of("REFUSED:BANNED"), rig.chain(128, 1));
        double inMs = (retryAtNs(128) - nowNs) / 1e6;
        // The venue counts in milliseconds, so one is lost on the way.
        assertTrue(Math.abs(inMs - retryAfterMs) <= 2, "retry in " + inMs + " ms");
        onOrder = OrderFaultsTest::accepted;
        time.pass(Duration.ofMillis(retryAfterMs - 10));
        place(192);
        assertEquals(List.of("REFUSED:BANNED"), rig.chain(192, 1));
        time.pass(Duration.ofMillis(20));
        place(256);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(256, 2));
        boolean wasTold = rig.control.of(LinkStatusDecoder.TEMPLATE_ID).stream()
                .map(event -> new LinkStatusDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                .anyMatch(told -> told.state() == LinkState.BANNED && told.untilNs() > nowNs);
        assertTrue(wasTold, "a LinkStatus tells the ban");
    }

    private long retryAtNs(long commandId) {
        for (UnsafeBuffer event : rig.control.of(CommandOutcomeDecoder.TEMPLATE_ID)) {
            CommandOutcomeDecoder outcome =
                    new CommandOutcomeDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            if (outcome.commandId() == commandId) {
                return outcome.retryAtNs();
            }
        }
        throw new AssertionError("no outcome of " + commandId);
    }

    @Test
    void shouldBlockOrdersButNotCancelsWhenThereWereTooManyOrders() {
        onOrder = request -> request.contains("order.place")
                ? error(request, 429, -1015, "Too many new orders.")
                : accepted(request);
        start(link());
        place(64);
        assertEquals(List.of("SENT:NONE", "FAILED:RATE_LIMIT:429:-1015"), rig.chain(64, 2));
        rig.offer(OrderMessages.cancel(128, key(1), rig.soonNs()));
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(128, 2));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNeverReleaseAnOldOrderWhenTheSocketStalls() {
        CountDownLatch go = new CountDownLatch(1);
        onOrder = request -> {
            // The venue reads nothing more.
            awaitQuietly(go);
            return null;
        };
        OrderLinkSettings patient = link().with(link().times().withStall(Duration.ofMinutes(1)));
        LimitSettings generous = LimitSettings.VENUE.withLimits(2400, 100_000, 100_000);
        start(new OrderLinkSettings(patient.wsApi(), 2000, 65_536, patient.times()), generous);
        time.freeze();
        long deadlineNs = rig.clock.nowNs() + TimeUnit.SECONDS.toNanos(5);
        long last = 0;
        // Enough of them fill every buffer on the way; where the loop has no epoll the kernel takes more of them.
        while (counter(LinkCounters.HELD) == 0 && counter(LinkCounters.WAITED) == 0 && last < 50_000) {
            last++;
            rig.offer(OrderMessages.limit(64 * last, key((int) last), deadlineNs, 912_000, 10));
            rig.pumpUntil("the command is taken", () -> rig.gateway.doWork() == 0);
        }
        rig.offer(OrderMessages.limit(64 * (last + 1), key((int) last + 1), deadlineNs, 912_000, 10));
        rig.gateway.doWork();
        assertTrue(counter(LinkCounters.HELD) + counter(LinkCounters.WAITED) > 0, "the socket took " + last);
        assertEquals(List.of(), OrderMessages.chain(rig.control, 64 * (last + 1)));
        time.pass(Duration.ofSeconds(6));
        assertEquals(List.of("EXPIRED_UNSENT:TOO_OLD"), rig.chain(64 * (last + 1), 1));
        go.countDown();
        rig.pumpUntil(
                "the end of what was sent",
                () -> venue.requests.stream().filter(OrderFaultsTest::isOrder).count() > 0);
        String name = ClientOrderId.text(OrderMessages.TAG, key((int) last + 1));
        assertTrue(venue.requests.stream().noneMatch(request -> request.contains(name)), "the venue never sees it");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldReplaceSessionsBeforeTheVenueCutsThemWithoutLosingAnAnswer() {
        start(link().with(link().times().withLifetime(Duration.ofMinutes(1))));
        time.pass(Duration.ofSeconds(61));
        rig.pumpUntil("a new session", () -> counter(LinkCounters.ROLLOVERS) >= 1);
        place(64);
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
        assertEquals(0, counter(LinkCounters.UNKNOWN));
    }

    @Test
    void shouldGoTheSlowWayWhenTheVenueRefusesTheLogon() {
        venue.onRequest = request -> error(request, 401, -2015, "Invalid API-key, IP, or permissions for action.");
        venue.on(
                "/fapi/v1/order",
                target -> StubVenue.Reply.of(400, "", "{\"code\":-2019,\"msg\":\"Margin is insufficient.\"}"));
        OrderSettings settings = OrderSettings.of(
                        venue.uri("http", ""), venue.uri("ws", "/ws-fapi/v1"), venue.uri("ws", "/private"))
                .with(link());
        rig = new OrderRig(settings, OrderRig.ed25519(), OrderRig.btc(), time);
        rig.pumpUntil("a refused logon", () -> counter(LinkCounters.LOGONS_REFUSED) >= 1);
        place(64);
        assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:400:-2019"), rig.chain(64, 2));
        assertTrue(counter(ConnectionCounters.CONNECTS) >= 1);
    }

    @Test
    void shouldNeverRepeatAnOrderOverRestWhenTheConnectionBreaks() {
        OrderSettings settings = OrderSettings.of(venue.uri("http", ""), null, venue.uri("ws", "/private"));
        venue.on("/fapi/v1/order", target -> null);
        rig = new OrderRig(settings, OrderRig.ed25519(), OrderRig.btc(), time);
        rig.pumpUntil("the link", () -> rig.gateway.status().link() == LinkState.SLOW);
        place(64);
        assertEquals(List.of("SENT:NONE", "UNKNOWN:CONNECTION_LOST"), rig.chain(64, 2));
        assertEquals(1, orders());
        rig.offer(OrderMessages.query(128, key(1), rig.soonNs(), false));
        assertEquals(List.of("SENT:NONE", "FAILED:CONNECTION_LOST"), rig.chain(128, 2));
    }

    @Test
    void shouldStopAskingAVenueThatDoesNotAnswerAndLookAgainAfterAMinute() {
        OrderSettings settings = OrderSettings.of(venue.uri("http", ""), null, venue.uri("ws", "/private"));
        venue.on("/fapi/v1/order", target -> StubVenue.Reply.of(502, "", ""));
        rig = new OrderRig(settings, OrderRig.ed25519(), OrderRig.btc(), time);
        rig.pumpUntil(
                "the link",
                () -> rig.gateway.status().link() == LinkState.SLOW
                        && rig.gateway.status().isSetUp());
        rig.pumpUntil("the stream", () -> rig.gateway.status().streamConnections() > 0);
        for (int i = 1; i <= 5; i++) {
            place(64L * i);
            assertEquals(List.of("SENT:NONE", "UNKNOWN:VENUE_ERROR:502:0"), rig.chain(64L * i, 2));
        }
        place(640);
        assertEquals(List.of("REFUSED:BREAKER_OPEN"), rig.chain(640, 1));
        rig.pumpUntil("the link's word", () -> rig.gateway.status().link() == LinkState.DOWN);
        venue.on("/fapi/v1/order", target -> StubVenue.Reply.of(400, "", "{\"code\":-2019,\"msg\":\"x\"}"));
        time.pass(Duration.ofSeconds(61));
        rig.pumpUntil("the link again", () -> {
            place(704);
            rig.gateway.doWork();
            return rig.gateway.status().link() == LinkState.SLOW;
        });
    }
}
