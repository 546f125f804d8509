package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.trading.ClientSettings;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.limits.LimitSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole gateway against the simulated exchange, over sockets. */
class TradingTest {
    private static final int ALL_KINDS = 63;
    private static final String BTC = "BTCUSDT";

    private SimulatedExchange exchange;
    private InstrumentSpec btc;
    private InstrumentTable table;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        ClientSettings client = ClientSettings.of("client", 100_000)
                .withKey("hmac-1", OrderRig.SECRET)
                .withKey(OrderRig.KEY, OrderRig.publicKey());
        exchange = SimulatedExchange.start(ExchangeSettings.synthetic(2, 3).withClient(client));
        HttpResponse<byte[]> info = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(exchange.restUri() + "/fapi/v1/exchangeInfo"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        table = OrderRig.table(info.body(), List.of(BTC));
        btc = table.byId(0);
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private OrderSettings settings() {
        return OrderSettings.of(exchange.restUri(), exchange.wsApiUri(), exchange.privateUri());
    }

    /** A price at which a buy rests. */
    private long restingTicks() {
        return exchange.bookOf(BTC).bidTicks()[0] * 97 / 100;
    }

    private static long key(int number) {
        return ClientOrderId.key(1, 0, 0, number);
    }

    private static void startFast(OrderRig rig) {
        rig.pumpUntil(
                "the link",
                () -> rig.gateway.status().link() == LinkState.FAST
                        && rig.gateway.status().hasStandby()
                        && rig.gateway.status().streamConnections() == 2);
    }

    private static List<OrderReportDecoder> reports(OrderRig rig, ReportSource source) {
        return rig.control.of(OrderReportDecoder.TEMPLATE_ID).stream()
                .map(event -> new OrderReportDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                .filter(report -> report.source() == source)
                .toList();
    }

    @Test
    void shouldPlaceAmendQueryAndCancelOverTheFastWayAndHearOfItOnce() throws Exception {
        try (OrderRig rig = new OrderRig(settings(), OrderRig.ed25519(), table)) {
            startFast(rig);
            long ticks = restingTicks();
            rig.offer(OrderMessages.limit(64, key(1), rig.soonNs(), ticks, 10));
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
            OrderReportDecoder placed = reports(rig, ReportSource.ANSWER).get(0);
            assertEquals(key(1), placed.clientKey());
            assertEquals(OrderMessages.TAG, placed.clientTag());
            assertEquals(ticks, placed.priceTicks());
            assertEquals(10, placed.qtyLots());
            rig.offer(OrderMessages.amend(128, key(1), rig.soonNs(), ticks - 10, 11));
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(128, 2));
            rig.offer(OrderMessages.query(192, key(1), rig.soonNs(), false));
            assertEquals(List.of("SENT:NONE", "QUERY:NEW"), rig.chain(192, 2));
            rig.offer(OrderMessages.cancel(256, key(1), rig.soonNs()));
            assertEquals(List.of("SENT:NONE", "ANSWER:CANCELED"), rig.chain(256, 2));
            rig.offer(OrderMessages.cancel(320, key(1), rig.soonNs()));
            assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:400:-2011"), rig.chain(320, 2));
            rig.offer(OrderMessages.query(384, key(99), rig.soonNs(), false));
            assertEquals(List.of("SENT:NONE", "FAILED:NOT_FOUND:400:-2013"), rig.chain(384, 2));
            rig.pumpUntil(
                    "the stream's word",
                    () -> reports(rig, ReportSource.STREAM).stream()
                            .anyMatch(report -> report.status() == VenueStatus.CANCELED));
            rig.pumpUntil(
                    "the other connection's word", () -> rig.gateway.status().duplicates() >= 3);
            assertEquals(3, reports(rig, ReportSource.STREAM).size(), "new, amended and cancelled, once each");
            assertEquals(0, rig.gateway.status().counters().get(LinkCounters.SLOW), "nothing went the slow way");
        }
    }

    @Test
    void shouldTellFillsAndTheAccountFromTheStreamAndAgreeInAnAudit() throws Exception {
        try (OrderRig rig = new OrderRig(settings(), OrderRig.ed25519(), table)) {
            startFast(rig);
            rig.offer(OrderMessages.market(64, key(1), rig.soonNs(), Side.BUY, 20));
            rig.chain(64, 2);
            rig.pumpUntil(
                    "the fill",
                    () -> reports(rig, ReportSource.STREAM).stream()
                            .anyMatch(report -> report.status() == VenueStatus.FILLED));
            rig.offer(OrderMessages.limit(128, key(2), rig.soonNs(), restingTicks(), 10));
            rig.chain(128, 2);
            rig.offer(OrderMessages.stop(192, key(3), rig.soonNs(), restingTicks()));
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(192, 2));
            rig.offer(OrderMessages.audit(256, rig.soonNs(), ALL_KINDS, 0, 0));
            List<String> audit = rig.chain(256, 4);
            assertEquals(List.of("SENT:NONE", "AUDIT:NEW", "AUDIT:NEW"), audit.subList(0, 3));
            assertTrue(audit.get(3).startsWith("DONE:"), audit.toString());
            long lots = 0;
            for (UnsafeBuffer event : rig.control.of(AccountReportDecoder.TEMPLATE_ID)) {
                AccountReportDecoder report =
                        new AccountReportDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
                if (report.commandId() == 256) {
                    report.balances().forEach(balance -> assertTrue(balance.walletE8() > 0));
                    for (AccountReportDecoder.PositionsDecoder position : report.positions()) {
                        lots += position.positionLots();
                    }
                }
            }
            assertEquals(20, lots);
            long filled = rig.control.of(FillNoticeDecoder.TEMPLATE_ID).stream()
                    .map(event -> new FillNoticeDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                    .filter(fill -> fill.commandId() == 256)
                    .mapToLong(FillNoticeDecoder::lastLots)
                    .sum();
            assertEquals(20, filled, "the trades of the audit");
            rig.offer(OrderMessages.query(320, key(3), rig.soonNs(), true));
            assertEquals(List.of("SENT:NONE", "QUERY:NEW"), rig.chain(320, 2));
            rig.offer(OrderMessages.cancelAlgo(384, key(3), rig.soonNs()));
            assertEquals(List.of("SENT:NONE", "ANSWER:CANCELED"), rig.chain(384, 2));
            // For all contracts, and twice at once: equal questions become one.
            rig.offer(OrderMessages.audit(448, rig.soonNs(), 15, -1, 0));
            rig.offer(OrderMessages.audit(512, rig.soonNs(), 15, -1, 0));
            assertTrue(rig.chain(448, 3).get(2).startsWith("DONE:"));
            assertTrue(rig.chain(512, 3).get(2).startsWith("DONE:"));
            assertTrue(rig.gateway.status().counters().get(LinkCounters.MERGED) >= 3);
        }
    }

    @Test
    void shouldDoTheSameOverRestWhenTheKeyCannotLogOn() throws Exception {
        try (OrderRig rig = new OrderRig(settings(), ApiKey.of("hmac-1", OrderRig.SECRET), table)) {
            rig.pumpUntil("the link", () -> rig.gateway.status().link() == LinkState.SLOW);
            long ticks = restingTicks();
            rig.offer(OrderMessages.limit(64, key(1), rig.soonNs(), ticks, 10));
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(64, 2));
            rig.offer(OrderMessages.amend(128, key(1), rig.soonNs(), ticks - 10, 11));
            assertEquals(List.of("SENT:NONE", "ANSWER:NEW"), rig.chain(128, 2));
            rig.offer(OrderMessages.query(192, key(1), rig.soonNs(), false));
            assertEquals(List.of("SENT:NONE", "QUERY:NEW"), rig.chain(192, 2));
            rig.offer(OrderMessages.cancel(256, key(1), rig.soonNs()));
            assertEquals(List.of("SENT:NONE", "ANSWER:CANCELED"), rig.chain(256, 2));
            rig.offer(OrderMessages.cancel(320, key(1), rig.soonNs()));
            assertEquals(List.of("SENT:NONE", "FAILED:VENUE_ERROR:400:-2011"), rig.chain(320, 2));
        }
    }

    @Test
    void shouldCancelInBatchesArmTheCountdownAndConfigureOverRest() throws Exception {
        try (OrderRig rig = new OrderRig(settings(), OrderRig.ed25519(), table)) {
            startFast(rig);
            long ticks = restingTicks();
            for (int i = 1; i <= 3; i++) {
                rig.offer(OrderMessages.limit(64L * i, key(i), rig.soonNs(), ticks, 10));
                rig.chain(64L * i, 2);
            }
            rig.offer(OrderMessages.cancelBatch(640, rig.soonNs(), key(1), key(2), key(77)));
            assertEquals(
                    List.of("SENT:NONE", "ANSWER:CANCELED", "ANSWER:CANCELED", "ANSWERED:NONE:0:-2011"),
                    rig.chain(640, 4));
            rig.offer(OrderMessages.arm(704, rig.soonNs(), 30_000));
            assertEquals(List.of("SENT:NONE", "ANSWERED:NONE"), rig.chain(704, 2));
            rig.offer(OrderMessages.configure(768, rig.soonNs(), 7, MarginType.UNKNOWN));
            rig.pumpUntil("the answer", () -> settings(rig, 768) != null);
            assertEquals(7, settings(rig, 768).leverage());
            assertEquals(List.of("SENT:NONE"), OrderMessages.chain(rig.control, 768));
        }
    }

    private static AccountSettingsDecoder settings(OrderRig rig, long commandId) {
        return rig.control.of(AccountSettingsDecoder.TEMPLATE_ID).stream()
                .map(event -> new AccountSettingsDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                .filter(told -> told.commandId() == commandId)
                .findFirst()
                .orElse(null);
    }

    @Test
    void shouldCheckTheAccountAtStartAndConfigureAContractByCommand() throws Exception {
        try (OrderRig rig = new OrderRig(settings().withOneWaySet(), OrderRig.ed25519(), table)) {
            rig.pumpUntil("the setup", () -> rig.gateway.status().isSetUp());
            AccountSettingsDecoder ofAccount = new AccountSettingsDecoder()
                    .wrapAndApplyHeader(
                            rig.control.of(AccountSettingsDecoder.TEMPLATE_ID).get(0), 0, new MessageHeaderDecoder());
            assertEquals(BooleanType.NO, ofAccount.hedgeMode());
            assertEquals(BooleanType.YES, ofAccount.canTrade());
            rig.offer(OrderMessages.configure(768, rig.soonNs(), 9, MarginType.ISOLATED));
            rig.pumpUntil("the answer", () -> settings(rig, 768) != null);
            assertEquals(9, settings(rig, 768).leverage());
            assertEquals(MarginType.ISOLATED, settings(rig, 768).marginType());
        }
    }

    @Test
    void shouldNeverSendWhatItMayNotSend() throws Exception {
        LimitSettings.Reserves none = new LimitSettings.Reserves(0, 0, 0, 0, 0);
        LimitSettings few = new LimitSettings(2400, 2, 2, none, 80);
        try (OrderRig rig = new OrderRig(settings().with(few), OrderRig.ed25519(), table)) {
            startFast(rig);
            long ticks = restingTicks();
            rig.offer(OrderMessages.limit(64, key(1), rig.clock.nowNs() - 1, ticks, 10));
            assertEquals(List.of("EXPIRED_UNSENT:TOO_OLD"), rig.chain(64, 1));
            table.put(btc);
            UnsafeBuffer otherGrid = OrderMessages.limit(128, key(2), rig.soonNs(), ticks, 10);
            io.millrace.codecs.message.EventHeader.gridVersion(otherGrid, 0, 5);
            rig.offer(otherGrid);
            assertEquals(List.of("REFUSED:UNSUPPORTED"), rig.chain(128, 1));
            UnsafeBuffer otherContract = OrderMessages.limit(192, key(3), rig.soonNs(), ticks, 10);
            io.millrace.codecs.message.EventHeader.instrumentId(otherContract, 0, 44);
            rig.offer(otherContract);
            assertEquals(List.of("REFUSED:UNSUPPORTED"), rig.chain(192, 1));
            // However the minute turns: of five at most four can be within two windows.
            for (int i = 0; i < 5; i++) {
                rig.offer(OrderMessages.limit(640 + 64L * i, key(10 + i), rig.soonNs(), ticks, 10));
            }
            long refused = 0;
            for (int i = 0; i < 5; i++) {
                refused += rig.chain(640 + 64L * i, 1).get(0).equals("REFUSED:RATE_LIMIT") ? 1 : 0;
            }
            assertTrue(refused >= 1);
            rig.offer(OrderMessages.cancel(6400, key(10), rig.soonNs()));
            assertEquals("SENT:NONE", rig.chain(6400, 2).get(0), "cancels go on");
        }
    }

    @Test
    void shouldSayWhatTheStreamIsWorth() throws Exception {
        try (OrderRig rig = new OrderRig(settings(), OrderRig.ed25519(), table)) {
            startFast(rig);
            PrivateStatusDecoder status = new PrivateStatusDecoder()
                    .wrapAndApplyHeader(
                            rig.control.of(PrivateStatusDecoder.TEMPLATE_ID).get(0), 0, new MessageHeaderDecoder());
            assertEquals(PrivateState.UP, status.state());
            assertFalse(rig.control.all().isEmpty());
        }
    }
}
