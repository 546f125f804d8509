package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.ForceOrderDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.MarkPriceDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.server.ConnectionInfo;
import io.millrace.exchange.server.CutReason;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.marketdata.FeedCounters;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.Trust;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway against the simulated exchange over real sockets. */
@Tag("slow")
class SimulatedExchangeTest {
    private static final int DIFF = DepthDiffDecoder.TEMPLATE_ID;
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final long COMMAND_AGE_NS = 60_000_000_000L;
    private static final Map<String, Integer> TEMPLATES = Map.of(
            "depthUpdate", DIFF,
            "bookTicker", BookTickerDecoder.TEMPLATE_ID,
            "aggTrade", AggTradeDecoder.TEMPLATE_ID,
            "trade", TradeDecoder.TEMPLATE_ID,
            "markPriceUpdate", MarkPriceDecoder.TEMPLATE_ID,
            "kline", KlineDecoder.TEMPLATE_ID,
            "forceOrder", ForceOrderDecoder.TEMPLATE_ID,
            "24hrTicker", Ticker24hDecoder.TEMPLATE_ID);

    private static GatewaySettings settings(SimulatedExchange exchange, int limit, int streams) {
        InstrumentSettings instruments = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), limit, streams)), Duration.ofHours(1));
        StreamSettings defaults = StreamSettings.of(exchange.publicUri(), exchange.marketUri());
        return GatewayRig.patient(
                GatewaySettings.of(exchange.restUri(), exchange.publicUri(), exchange.marketUri(), instruments)
                        .with(defaults.with(
                                new StreamSettings.Limits(200, 10, 100, 4096, Duration.ZERO),
                                GatewayRig.life(LIFETIME, GatewayRig.SILENCE))));
    }

    @Test
    void shouldPublishEveryMessageThatTheExchangeSentByType() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(20, 42));
                GatewayRig rig = new GatewayRig(settings(exchange, 20, GatewayRig.ALL_STREAMS))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            assertEquals(20, rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID));
            rig.pumpUntil("data", () -> rig.gateway.status().messages(MarkPriceDecoder.TEMPLATE_ID) >= 60);
            exchange.pause();
            rig.pumpUntil("all that was sent", () -> differences(exchange, rig).isEmpty());
            assertEquals(0, rig.gateway.status().total(FeedCounters.DECODE_ERRORS));
            assertEquals(0, rig.gateway.status().total(FeedCounters.IGNORED));
            assertTrue(rig.gateway.status().messages(DIFF) > 100);
        }
    }

    @Test
    void shouldFollow648InstrumentsWithinTheVenuesLimits() throws Exception {
        ExchangeSettings market = ExchangeSettings.synthetic(
                SyntheticSettings.of(648, 1).withEventsPerSecond(2000).withDepthTicks(20));
        try (SimulatedExchange exchange = SimulatedExchange.start(market);
                GatewayRig rig = new GatewayRig(settings(exchange, 648, GatewayRig.ALL_STREAMS))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            assertEquals(27, exchange.connections().size());
            Set<String> streams = new HashSet<>();
            for (ConnectionInfo connection : exchange.connections()) {
                assertTrue(connection.streams().size() <= 200);
                streams.addAll(connection.streams());
            }
            assertEquals(648 * 8, streams.size());
            for (CutReason reason : CutReason.values()) {
                assertEquals(0, exchange.cuts(reason), reason.toString());
            }
            assertEquals(648, rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID));
            exchange.pause();
            rig.pumpUntil("all that was sent", () -> differences(exchange, rig).isEmpty());
        }
    }

    @Test
    void shouldLoseNothingWhenTheEngineTakesLittle() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(8, 7));
                GatewayRig rig = new GatewayRig(settings(exchange, 8, GatewayRig.ALL_STREAMS))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            long endNs = System.nanoTime() + 2_000_000_000L;
            rig.pumpUntil("two seconds of stop and go", () -> {
                rig.market.answer = (System.nanoTime() >> 24 & 3) == 0 ? Inlet.ACCEPTED : Inlet.BACK_PRESSURED;
                return System.nanoTime() > endNs && rig.market.refusals > 0;
            });
            rig.market.answer = Inlet.ACCEPTED;
            exchange.pause();
            rig.pumpUntil("all that was sent", () -> differences(exchange, rig).isEmpty());
            assertUnbrokenChains(rig);
        }
    }

    @Test
    void shouldFetchASnapshotThatFitsTheDiffs() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(2, 11));
                GatewayRig rig = new GatewayRig(settings(exchange, 2, GatewayRig.BOOK_STREAMS))) {
            rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > 5);
            long minute = minute();
            UnsafeBuffer command = Events.fetchSnapshot(1, 0, rig.clock.nowNs() + COMMAND_AGE_NS, 1000);
            rig.gateway.commandInlet().offer(command, 0, command.capacity());
            rig.pumpUntil("the snapshot", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) > 0);
            assertEquals(List.of("1:SENT:NONE:0:0"), Events.outcomes(rig.control));
            // Of a minute that is over nothing is known.
            rig.pumpUntil("its weight is known", () -> rig.gateway.status().weightUsed() >= 20 || minute() != minute);
            UnsafeBuffer first = rig.market.of(DepthSnapshotDecoder.TEMPLATE_ID).get(0);
            long lastUpdateId = new DepthSnapshotDecoder()
                    .wrap(first, 8, DepthSnapshotDecoder.BLOCK_LENGTH, 1)
                    .lastUpdateId();
            rig.pumpUntil(
                    "a diff behind it",
                    () -> rig.market.of(DIFF).stream()
                            .anyMatch(diff -> diff(diff).lastUpdateId() >= lastUpdateId));
        }
    }

    @Test
    void shouldReconnectAfterACutAndAfterACloseFrame() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(2, 5));
                GatewayRig rig = new GatewayRig(settings(exchange, 2, GatewayRig.BOOK_STREAMS))) {
            rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > 2);
            for (FaultKind kind : List.of(FaultKind.CUT, FaultKind.CLOSE)) {
                long failures = rig.gateway.status().total(ConnectionCounters.FAILURES);
                exchange.faults().inject(Fault.of(kind));
                rig.pumpUntil("the loss", () -> rig.gateway.status().total(ConnectionCounters.FAILURES) > failures);
                rig.pumpUntil("up again", () -> rig.gateway.status().isUp());
                int diffs = rig.market.count(DIFF);
                rig.pumpUntil("diffs again", () -> rig.market.count(DIFF) > diffs + 2);
            }
            assertEquals(
                    List.of("SUBSCRIBED@1", "LOST@1", "SUBSCRIBED@2", "LOST@2", "SUBSCRIBED@3"),
                    Events.streamStates(rig.control).stream()
                            .map(line -> line.substring(0, line.indexOf(':')) + line.substring(line.indexOf('@')))
                            .toList());
        }
    }

    @Test
    void shouldTurnGarbageIntoDecodeErrorsAndPassGapsOn() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(1, 5));
                GatewayRig rig = new GatewayRig(settings(exchange, 1, GatewayRig.BOOK_STREAMS))) {
            rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > 2);
            exchange.faults().inject(Fault.of(FaultKind.GARBAGE).times(3));
            exchange.faults().inject(Fault.of(FaultKind.BAD_NUMBER).times(2));
            rig.pumpUntil("errors", () -> rig.market.count(DecodeErrorDecoder.TEMPLATE_ID) == 5);
            ActiveFault gap = exchange.faults().inject(Fault.of(FaultKind.GAP));
            rig.pumpUntil("a gap", () -> gap.hits() == 1);
            int diffs = rig.market.count(DIFF);
            rig.pumpUntil("diffs go on", () -> rig.market.count(DIFF) > diffs + 2);
            assertEquals(0, rig.gateway.status().total(ConnectionCounters.FAILURES), "the connection lives on");
        }
    }

    @Test
    void shouldResubscribeAStalledStreamOnCommand() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(1, 5));
                GatewayRig rig = new GatewayRig(settings(exchange, 1, GatewayRig.BOOK_STREAMS))) {
            rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > 2);
            ActiveFault stall =
                    exchange.faults().inject(Fault.of(FaultKind.STALL).on(StreamKind.DEPTH_100MS));
            rig.pumpUntil("a stall", () -> stall.hits() > 2);
            UnsafeBuffer command = Events.resubscribe(3, 0, rig.clock.nowNs() + COMMAND_AGE_NS, 1);
            rig.gateway.commandInlet().offer(command, 0, command.capacity());
            rig.pumpUntil("answers", () -> Events.streamStates(rig.control).size() == 3);
            exchange.faults().clearAll();
            int diffs = rig.market.count(DIFF);
            rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > diffs);
            assertEquals(
                    List.of("SUBSCRIBED:3:[0]@1", "LOST:1:[0]@1", "SUBSCRIBED:1:[0]@1"),
                    Events.streamStates(rig.control));
        }
    }

    @Test
    void shouldHandOverConnectionsWithoutALossAgainAndAgain() throws Exception {
        ExchangeSettings busy = ExchangeSettings.synthetic(4, 9);
        try (SimulatedExchange exchange = SimulatedExchange.start(busy);
                GatewayRig rig = new GatewayRig(settings(exchange, 4, GatewayRig.BOOK_STREAMS))) {
            for (int i = 1; i <= 3; i++) {
                int rollovers = i;
                int diffs = rig.market.count(DIFF);
                rig.pumpUntil("diffs", () -> rig.market.count(DIFF) > diffs + 2);
                rig.time.pass(LIFETIME);
                rig.pumpUntil("a handover", () -> rig.gateway.status().total(FeedCounters.ROLLOVERS) == rollovers);
            }
            assertEquals(0, rig.gateway.status().total(ConnectionCounters.FAILURES));
            assertUnbrokenChains(rig);
            List<String> states = Events.streamStates(rig.control);
            assertTrue(states.get(0).startsWith("SUBSCRIBED:3:[0, 1, 2, 3]"), states.toString());
            assertTrue(states.stream().skip(1).allMatch(line -> line.startsWith("MOVED:3:")), states.toString());
        }
    }

    @Test
    void shouldRespectTheWeightLimitOfTheExchange() throws Exception {
        ServerSettings server =
                ServerSettings.loopback().withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(130));
        try (SimulatedExchange exchange =
                        SimulatedExchange.start(ExchangeSettings.synthetic(2, 3).withServer(server));
                GatewayRig rig = new GatewayRig(settings(exchange, 2, GatewayRig.BOOK_STREAMS))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            for (int i = 0; i < 12; i++) {
                UnsafeBuffer command = Events.fetchSnapshot(i, 0, rig.clock.nowNs() + COMMAND_AGE_NS, 1000);
                rig.gateway.commandInlet().offer(command, 0, command.capacity());
            }
            rig.pumpUntil("outcomes", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) >= 12);
            // However the minute turns, the exchange never had to refuse.
            assertTrue(Events.outcomes(rig.control).stream().noneMatch(line -> line.contains("FAILED")));
            assertTrue(Events.outcomes(rig.control).stream().anyMatch(line -> line.contains("RATE_LIMIT")));
        }
    }

    @Test
    void shouldSpeakTlsWithTheCertificateOfTheExchange() throws Exception {
        ServerSettings server = ServerSettings.loopback().withTls(null);
        try (SimulatedExchange exchange =
                SimulatedExchange.start(ExchangeSettings.synthetic(2, 3).withServer(server))) {
            TransportSettings defaults = TransportSettings.defaults();
            for (TransportSettings transport : List.of(
                    defaults.withTrust(Trust.CERTIFICATE, exchange.certificate()),
                    defaults.withTrust(Trust.INSECURE_LOOPBACK, null))) {
                GatewaySettings settings =
                        settings(exchange, 2, GatewayRig.BOOK_STREAMS).with(transport);
                try (GatewayRig rig = new GatewayRig(settings)) {
                    rig.pumpUntil("diffs over TLS", () -> rig.market.count(DIFF) > 10);
                    assertUnbrokenChains(rig);
                }
            }
            try (GatewayRig rig = new GatewayRig(settings(exchange, 2, GatewayRig.BOOK_STREAMS))) {
                rig.pumpFor(300);
                assertEquals(0, rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID), "a stranger's certificate");
            }
        }
    }

    private static String differences(SimulatedExchange exchange, GatewayRig rig) {
        StringBuilder found = new StringBuilder();
        exchange.framesSent().forEach((type, sent) -> {
            long published = rig.gateway.status().messages(TEMPLATES.get(type));
            if (published != sent) {
                found.append(type)
                        .append(" sent ")
                        .append(sent)
                        .append(" published ")
                        .append(published)
                        .append("; ");
            }
        });
        return found.toString();
    }

    private static long minute() {
        return System.currentTimeMillis() / 60_000;
    }

    /** Every diff follows one that was published before, or repeats it. */
    private static void assertUnbrokenChains(GatewayRig rig) {
        long[] last = new long[64];
        for (UnsafeBuffer message : rig.market.of(DIFF)) {
            if (!EventFlags.isFirst(EventHeader.flags(message, 0))) {
                continue;
            }
            int id = EventHeader.instrumentId(message, 0);
            DepthDiffDecoder diff = diff(message);
            assertTrue(
                    last[id] == 0 || diff.prevUpdateId() == last[id] || diff.lastUpdateId() <= last[id],
                    "instrument " + id + " after " + last[id] + " comes pu=" + diff.prevUpdateId());
            last[id] = Math.max(last[id], diff.lastUpdateId());
        }
    }

    private static DepthDiffDecoder diff(UnsafeBuffer message) {
        return new DepthDiffDecoder().wrap(message, 8, DepthDiffDecoder.BLOCK_LENGTH, 1);
    }
}
