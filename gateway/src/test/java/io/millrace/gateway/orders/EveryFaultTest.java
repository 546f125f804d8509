package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.TradingFault;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.account.PrivateSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of fault that can happen to an account, by the enumeration itself: a new kind is tested here, or fails here for want
 * of something that it hits. Whatever it is, each command ends once, every order is found at the venue or not, and in the end the
 * fills that were told add up to the venue's position.
 */
@Tag("slow")
class EveryFaultTest {
    private static final String BTC = "BTCUSDT";
    private static final int LOTS = 10;
    /** Open orders, positions, balances and trades. */
    private static final int EVERYTHING = 0b11101;

    /** Rounds of orders in which a fault has to hit something. */
    private static final int MOST_ROUNDS = 20;

    private SimulatedExchange exchange;
    private OrderRig rig;
    private int lastKey;
    private long lastId = 1_000_000_000L;

    private void open() throws IOException, InterruptedException {
        ClientSettings client = ClientSettings.of("client", 1_000_000).withKey(OrderRig.KEY, OrderRig.publicKey());
        ServerSettings server =
                ServerSettings.loopback().withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(100_000));
        exchange = SimulatedExchange.start(
                ExchangeSettings.synthetic(1, 3).withServer(server).withClient(client));
        HttpResponse<byte[]> info = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(exchange.restUri() + "/fapi/v1/exchangeInfo"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        InstrumentTable table = OrderRig.table(info.body(), List.of(BTC));
        OrderSettings settings = OrderSettings.of(exchange.restUri(), exchange.wsApiUri(), exchange.privateUri())
                .with(OrderLinkSettings.of(exchange.wsApiUri())
                        .with(OrderLinkSettings.Times.VENUE
                                .withAnswer(Duration.ofSeconds(2))
                                .withBackoff(Duration.ofMillis(20), Duration.ofMillis(200))))
                .with(PrivateSettings.of(exchange.privateUri())
                        .withRenewal(Duration.ofMillis(500))
                        .withBackoff(Duration.ofMillis(20), Duration.ofMillis(200)));
        rig = new OrderRig(settings, OrderRig.ed25519(), table);
        awaitUp();
    }

    @AfterEach
    void tearDown() {
        if (rig != null) {
            rig.close();
        }
        if (exchange != null) {
            exchange.close();
        }
    }

    private void awaitUp() {
        rig.pumpUntil(
                "the link",
                () -> rig.gateway.status().link() == LinkState.FAST
                        && rig.gateway.status().streamConnections() == 2
                        && rig.gateway.status().isSetUp());
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, from = "ANSWER_LOST")
    void shouldAddUpToTheVenuesPositionWhateverHappens(FaultKind kind) throws Exception {
        open();
        buy();
        ActiveFault fault = exchange.faults().inject(aim(Fault.of(kind)));
        if (kind.target() == FaultKind.Target.CONDITIONAL) {
            sufferConditional(kind);
        }
        for (int round = 0; round == 0 || fault.hits() == 0; round++) {
            assertTrue(round < MOST_ROUNDS, kind + " hits nothing here");
            buy();
        }
        buy();
        exchange.faults().clearAll();
        awaitUp();
        settle(kind == FaultKind.DELISTED);
    }

    private static Fault aim(Fault fault) {
        return switch (fault.kind().target()) {
            case ANSWER -> {
                boolean isLimit = fault.kind() == FaultKind.BANNED || fault.kind() == FaultKind.RATE_LIMITED;
                yield (isLimit ? fault.with("retryAfter", 1) : fault).onMethod("order.place");
            }
            case CLOCK -> fault.with("drift", 20_000);
            case KEY -> fault.onAccount("client");
            case OPERATION ->
                fault.kind() == FaultKind.LISTEN_KEY_EXPIRED
                        ? fault.onAccount("client")
                        : fault.kind() == FaultKind.MAINTENANCE ? fault.forMs(300) : fault;
            case EVENT -> fault.onAccount("client").times(2);
            case CONDITIONAL -> fault.kind() == FaultKind.ALGO_REJECTED_LATE ? fault.with("delay", 100) : fault;
            case MARKET -> fault.kind().isHeld() ? fault.on(BTC).forMs(300) : fault.on(BTC);
            case FRAME, DEPTH_REQUEST, REQUEST, CONNECTION ->
                throw new AssertionError(fault.kind() + " is of market data");
        };
    }

    /** Orders at the market, and one that rests; each command ends once. */
    private void buy() {
        for (long ticks : new long[] {0, 0, restingTicks()}) {
            long id = 64L * ++lastKey;
            long key = key(lastKey);
            rig.offer(
                    ticks == 0
                            ? OrderMessages.market(id, key, rig.soonNs(), Side.BUY, LOTS)
                            : OrderMessages.limit(id, key, rig.soonNs(), ticks, LOTS));
            rig.chain(id, 2);
        }
    }

    private static long key(int number) {
        return ClientOrderId.key(1, 0, 0, number);
    }

    private long restingTicks() {
        long[] bids = exchange.bookOf(BTC).bidTicks();
        return bids.length == 0 ? 1 : bids[0] * 97 / 100;
    }

    private void sufferConditional(FaultKind kind) {
        boolean isStuck = kind == FaultKind.ALGO_STUCK;
        long id = 64L * ++lastKey;
        long key = key(lastKey);
        long trigger = exchange.bookOf(BTC).bidTicks()[0] * (isStuck ? 98 : 90) / 100;
        rig.offer(OrderMessages.stop(id, key, rig.soonNs(), trigger));
        assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(id, 2));
        if (isStuck) {
            exchange.faults().inject(Fault.of(FaultKind.MARK_OFF).on(BTC).with("percent", -5));
        }
        AlgoStatus end = isStuck ? AlgoStatus.TRIGGERING : AlgoStatus.REJECTED;
        rig.pumpUntil(
                end + " to be told",
                () -> rig.control.of(AlgoReportDecoder.TEMPLATE_ID).stream()
                        .map(event -> new AlgoReportDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                        .anyMatch(report -> report.clientKey() == key && report.status() == end));
        rig.offer(OrderMessages.query(++lastId, key, rig.soonNs(), true));
        assertEquals("QUERY:" + end, rig.chain(lastId, 2).get(1));
    }

    /** Asks for what became of every order, and for the account, until the venue's position is what the fills make. */
    private void settle(boolean isDelisted) {
        for (int number = 1; number <= lastKey; number++) {
            List<String> chain = OrderMessages.chain(rig.control, 64L * number);
            boolean isRefused = chain.size() == 1 && chain.get(0).startsWith("REFUSED:");
            assertTrue(isRefused || (chain.size() == 2 && chain.get(0).equals("SENT:NONE")), chain.toString());
            if (chain.get(chain.size() - 1).startsWith("UNKNOWN:")) {
                resolve(key(number));
            }
        }
        while (!isDelisted) {
            long id = 64L * ++lastKey;
            rig.offer(OrderMessages.limit(id, key(lastKey), rig.soonNs(), restingTicks(), LOTS));
            List<String> chain = rig.chain(id, 2);
            if (chain.get(chain.size() - 1).equals("ANSWER:NEW")) {
                break;
            }
        }
        while (!audit()) {
            // Events may still be on their way, and audits may meet the end of a ban.
        }
    }

    private void resolve(long key) {
        String last = "";
        while (!last.startsWith("QUERY:") && !last.startsWith("FAILED:NOT_FOUND")) {
            rig.offer(OrderMessages.query(++lastId, key, rig.soonNs(), false));
            List<String> chain = rig.chain(lastId, 2);
            last = chain.get(chain.size() - 1);
        }
    }

    private boolean audit() {
        long id = ++lastId;
        rig.offer(OrderMessages.audit(id, rig.soonNs(), EVERYTHING, 0, 0));
        rig.pumpUntil(
                "the audit",
                () -> OrderMessages.chain(rig.control, id).stream()
                        .anyMatch(line -> line.matches("(DONE|FAILED|REFUSED|EXPIRED_UNSENT):.*")));
        boolean isDone = OrderMessages.chain(rig.control, id).stream().anyMatch(line -> line.startsWith("DONE:"));
        return isDone && position(id) == filled();
    }

    private long position(long auditId) {
        long lots = 0;
        for (UnsafeBuffer event : rig.control.of(AccountReportDecoder.TEMPLATE_ID)) {
            AccountReportDecoder report =
                    new AccountReportDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            if (report.commandId() == auditId) {
                report.balances().forEach(row -> {});
                for (AccountReportDecoder.PositionsDecoder row : report.positions()) {
                    lots += row.positionLots();
                }
            }
        }
        return lots;
    }

    /** The sum of all fills that anything told, each counted once. */
    private long filled() {
        Map<Long, Long> fills = new HashMap<>();
        for (UnsafeBuffer event : rig.control.of(OrderReportDecoder.TEMPLATE_ID)) {
            OrderReportDecoder report =
                    new OrderReportDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            if (report.tradeId() != 0) {
                fills.put(report.tradeId(), report.side() == Side.BUY ? report.lastLots() : -report.lastLots());
            }
        }
        for (UnsafeBuffer event : rig.control.of(FillNoticeDecoder.TEMPLATE_ID)) {
            FillNoticeDecoder fill = new FillNoticeDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            fills.put(fill.tradeId(), fill.side() == Side.BUY ? fill.lastLots() : -fill.lastLots());
        }
        return fills.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void shouldKnowEveryFaultOfTrading() throws Exception {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (Method method : TradingFault.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                kinds.add(((Fault) method.invoke(null, arguments(method))).kind());
            }
        }
        assertEquals(EnumSet.range(FaultKind.ANSWER_LOST, FaultKind.DELISTED), kinds);
        assertEquals(FaultKind.DELISTED, Collections.max(EnumSet.allOf(FaultKind.class)), "a new kind: aim it");
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == String.class
                        ? method.getName().equals("fundingSpike") ? "0.001" : BTC
                        : type == FaultDoor.class
                                ? FaultDoor.REST
                                : type == double.class ? (Object) 2.0 : type == int.class ? (Object) 5 : (Object) 5L)
                .toArray();
    }
}
