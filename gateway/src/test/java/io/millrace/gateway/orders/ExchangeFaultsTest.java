package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusDecoder;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.account.PrivateSettings;
import io.millrace.gateway.keys.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault of the simulated exchange that the order gateway can meet; the exchange lives on from test to test. */
@Tag("slow")
class ExchangeFaultsTest {
    private static final String BTC = "BTCUSDT";
    private static final int ORDERS_AND_POSITIONS = 5;

    private static SimulatedExchange exchange;
    private static InstrumentTable table;
    private static int lastKey;

    private OrderRig rig;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        ClientSettings client = ClientSettings.of("client", 1_000_000)
                .withKey("hmac-1", OrderRig.SECRET)
                .withKey(OrderRig.KEY, OrderRig.publicKey());
        ServerSettings server =
                ServerSettings.loopback().withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(100_000));
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(2, 3).withServer(server).withClient(client));
        HttpResponse<byte[]> info = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(exchange.restUri() + "/fapi/v1/exchangeInfo"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        table = OrderRig.table(info.body(), List.of(BTC));
    }

    @AfterAll
    static void close() {
        exchange.close();
    }

    @AfterEach
    void tearDown() {
        exchange.faults().clearAll();
        if (rig != null) {
            rig.close();
        }
    }

    private void start(boolean isFast, Duration answer, Duration renewal) {
        OrderLinkSettings link = OrderLinkSettings.of(exchange.wsApiUri())
                .with(OrderLinkSettings.Times.VENUE
                        .withAnswer(answer)
                        .withBackoff(Duration.ofMillis(20), Duration.ofMillis(200)));
        OrderSettings settings = OrderSettings.of(exchange.restUri(), exchange.wsApiUri(), exchange.privateUri())
                .with(link)
                .with(PrivateSettings.of(exchange.privateUri())
                        .withRenewal(renewal)
                        .withBackoff(Duration.ofMillis(20), Duration.ofMillis(200)));
        ApiKey key = isFast ? OrderRig.ed25519() : ApiKey.of("hmac-1", OrderRig.SECRET);
        rig = new OrderRig(settings, key, table);
        awaitUp(isFast);
    }

    private void awaitUp(boolean isFast) {
        LinkState wanted = isFast ? LinkState.FAST : LinkState.SLOW;
        rig.pumpUntil(
                "the link",
                () -> rig.gateway.status().link() == wanted
                        && rig.gateway.status().hasStandby() == isFast
                        && rig.gateway.status().streamConnections() == 2
                        && rig.gateway.status().isSetUp());
    }

    private static long key(int number) {
        return ClientOrderId.key(1, 0, 0, number);
    }

    private static long restingTicks() {
        return exchange.bookOf(BTC).bidTicks()[0] * 97 / 100;
    }

    private int place() {
        int number = ++lastKey;
        rig.offer(OrderMessages.limit(64L * number, key(number), rig.soonNs(), restingTicks(), 10));
        return number;
    }

    /** Asks until the venue is definite, and returns whether the order exists. */
    private boolean exists(int number) {
        while (true) {
            long id = 1_000_000_000L + 64L * ++lastKey;
            rig.offer(OrderMessages.query(id, key(number), rig.soonNs(), false));
            String last = rig.chain(id, 2).get(rig.chain(id, 1).size() - 1);
            if (last.startsWith("QUERY:")) {
                return true;
            }
            if (last.startsWith("FAILED:NOT_FOUND")) {
                return false;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWER_LATE, ANSWER:NEW",
        "ANSWER_TWICE, ANSWER:NEW",
        "ANSWER_REORDERED, ANSWER:NEW",
        "ANSWER_CUT, UNKNOWN:CONNECTION_LOST",
        "UNKNOWN_503, UNKNOWN:VENUE_ERROR:503",
        "REQUEST_UNKNOWN_503, UNKNOWN:VENUE_ERROR:503",
        "UNAVAILABLE_503, FAILED:VENUE_ERROR:503",
        "INTERNAL_503, FAILED:VENUE_ERROR:503:-1001",
        "THROTTLED_503, FAILED:VENUE_ERROR:503:-1008",
        "UNEXPECTED_RESPONSE, UNKNOWN:VENUE_ERROR:500:-1006",
        "TIMEOUT, UNKNOWN:VENUE_ERROR:408:-1007"
    })
    void shouldEndEveryOrderOnceWhateverBecomesOfItsAnswer(FaultKind kind, String end) {
        for (boolean isFast : new boolean[] {true, false}) {
            start(isFast, Duration.ofMinutes(1), Duration.ofMinutes(30));
            String method = isFast ? "order.place" : "POST /fapi/v1/order";
            ActiveFault fault = exchange.faults().inject(Fault.of(kind).onMethod(method));
            int number = place();
            List<String> chain = rig.chain(64L * number, 2);
            assertEquals(1, fault.hits(), chain.toString());
            assertEquals("SENT:NONE", chain.get(0));
            assertTrue(chain.get(1).startsWith(end), kind + " fast " + isFast + ": " + chain);
            boolean isThere = exists(number);
            if (end.startsWith("ANSWER")) {
                assertTrue(isThere);
            } else if (end.startsWith("FAILED")) {
                assertEquals(false, isThere, "what failed for certain does not exist");
            }
            int next = place();
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64L * next, 2), "the next goes on");
            assertEquals(2, OrderMessages.chain(rig.control, 64L * number).size(), "still one chain");
            rig.close();
            rig = null;
        }
    }

    @Test
    void shouldFindOutByQueryWhatBecameOfAnOrderWhoseAnswerWasLost() {
        start(true, Duration.ofSeconds(2), Duration.ofMinutes(30));
        for (boolean isExecuted : new boolean[] {true, false}) {
            exchange.faults()
                    .inject(Fault.of(FaultKind.ANSWER_LOST)
                            .onMethod("order.place")
                            .executing(isExecuted));
            int number = place();
            assertEquals(List.of("SENT:NONE", "UNKNOWN:TIMEOUT"), rig.chain(64L * number, 2));
            assertEquals(isExecuted, exists(number));
        }
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMITED, FAILED:RATE_LIMIT:429", "BANNED, FAILED:BANNED:418"})
    void shouldStayAwayForAsLongAsTheExchangeSays(FaultKind kind, String end) {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults().inject(Fault.of(kind).onMethod("order.place").with("retryAfter", 2));
        int number = place();
        assertTrue(
                rig.chain(64L * number, 2).get(1).startsWith(end),
                rig.chain(64L * number, 2).toString());
        exchange.faults().clearAll();
        int refused = 0;
        String last = "";
        while (!last.equals("ANSWER:NEW")) {
            int next = place();
            List<String> chain = rig.chain(64L * next, 2);
            last = chain.get(chain.size() - 1);
            refused += last.equals("REFUSED:BANNED") ? 1 : 0;
            assertTrue(last.equals("REFUSED:BANNED") || last.equals("ANSWER:NEW"), last);
        }
        assertTrue(refused > 0);
    }

    @Test
    void shouldFollowTheVenuesClock() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults().inject(Fault.of(FaultKind.CLOCK_DRIFT).with("drift", 20_000));
        int number = place();
        assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:400:-1021"), rig.chain(64L * number, 2));
        String last = "";
        while (!last.equals("ANSWER:NEW")) {
            int next = place();
            List<String> chain = rig.chain(64L * next, 2);
            last = chain.get(chain.size() - 1);
            // A quick machine uses up the orders of ten seconds before the clock was asked for again.
            assertTrue(last.matches("ANSWER:NEW|FAILED:.*:-1021|REFUSED:RATE_LIMIT"), last);
        }
    }

    @Test
    void shouldReportAKeyThatTheVenueDoesNotKnowAnyMore() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults().inject(Fault.of(FaultKind.API_KEY_EXPIRED).onAccount("client"));
        int number = place();
        List<String> chain = rig.chain(64L * number, 2);
        assertTrue(chain.get(1).matches("(FAILED:VENUE_ERROR:401:-2015|UNKNOWN:CONNECTION_LOST)"), chain.toString());
        exchange.faults().clearAll();
        // Sessions that have lost their logon do no harm: each request to one goes over REST.
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64L * place(), 2));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void shouldNoticeADeadListenKeyAndBeginAnew(boolean isSilent) {
        start(true, Duration.ofMinutes(1), Duration.ofMillis(500));
        exchange.faults()
                .inject(Fault.of(FaultKind.LISTEN_KEY_EXPIRED)
                        .onAccount("client")
                        .with("silent", isSilent));
        rig.pumpUntil("the death", () -> states().contains(PrivateState.KEY_EXPIRED));
        rig.pumpUntil("the next life", () -> {
            List<PrivateState> states = states();
            int death = states.lastIndexOf(PrivateState.KEY_EXPIRED);
            return states.subList(death, states.size()).contains(PrivateState.UP);
        });
        awaitUp(true);
    }

    @Test
    void shouldNoticeADeadListenKeyByTheFirstOrderThatTheStreamIsSilentAbout() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults()
                .inject(Fault.of(FaultKind.LISTEN_KEY_EXPIRED)
                        .onAccount("client")
                        .with("silent", true));
        assertTrue(rig.chain(64L * place(), 2).contains("ANSWER:NEW"));
        rig.pumpUntil("the death", () -> states().contains(PrivateState.KEY_EXPIRED));
        rig.pumpUntil("the next life", () -> {
            List<PrivateState> states = states();
            return states.lastIndexOf(PrivateState.UP) > states.indexOf(PrivateState.KEY_EXPIRED);
        });
        awaitUp(true);
    }

    @Test
    void shouldNoticeADeadListenKeyWhenAConnectionIsLost() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults()
                .inject(Fault.of(FaultKind.LISTEN_KEY_EXPIRED)
                        .onAccount("client")
                        .with("silent", true));
        exchange.faults().inject(Fault.of(FaultKind.DISCONNECTED).on(FaultDoor.PRIVATE));
        rig.pumpUntil("the death", () -> states().contains(PrivateState.KEY_EXPIRED));
        awaitUp(true);
    }

    private List<PrivateState> states() {
        return rig.control.of(PrivateStatusDecoder.TEMPLATE_ID).stream()
                .map(event -> new PrivateStatusDecoder()
                        .wrapAndApplyHeader(event, 0, new MessageHeaderDecoder())
                        .state())
                .toList();
    }

    @Test
    void shouldComeBackAfterAllSocketsWereCutAndAfterMaintenance() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        for (Fault fault : List.of(
                Fault.of(FaultKind.DISCONNECTED),
                Fault.of(FaultKind.DISCONNECTED).with("status", 1001),
                Fault.of(FaultKind.MAINTENANCE).forMs(500))) {
            long lost = rig.gateway.status().counters().get(LinkCounters.LOST);
            exchange.faults().inject(fault);
            rig.pumpUntil("the loss", () -> rig.gateway.status().counters().get(LinkCounters.LOST) > lost);
            awaitUp(true);
            assertTrue(rig.chain(64L * place(), 2).contains("ANSWER:NEW"));
        }
        assertTrue(states().contains(PrivateState.DOWN));
    }

    @Test
    void shouldAuditAgainAfterAnAnswerThatFailed() {
        start(true, Duration.ofMinutes(1), Duration.ofMinutes(30));
        exchange.faults().inject(Fault.of(FaultKind.UNAVAILABLE_503).onMethod("GET /fapi/v3/positionRisk"));
        rig.offer(OrderMessages.audit(5, rig.soonNs(), ORDERS_AND_POSITIONS, 0, 0));
        rig.pumpUntil(
                "the failure",
                () -> OrderMessages.chain(rig.control, 5).stream()
                        .anyMatch(line -> line.startsWith("FAILED:VENUE_ERROR:503")));
        rig.offer(OrderMessages.audit(6, rig.soonNs(), ORDERS_AND_POSITIONS, 0, 0));
        rig.pumpUntil(
                "the second",
                () -> OrderMessages.chain(rig.control, 6).stream().anyMatch(line -> line.startsWith("DONE:")));
        assertTrue(rig.control.count(AccountReportDecoder.TEMPLATE_ID) > 0);
    }
}
