package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BarsHistoryDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.marketdata.InstrumentSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bars that the engine asks for, and streams that it wants or does not want any more. */
class EngineWishesTest {
    private static final long MINUTE_MS = 60_000;
    private static final int DEPTH = Streams.bit(Streams.DEPTH);
    private static final int TICKER = Streams.bit(Streams.BOOK_TICKER);
    private static final int AGG = Streams.bit(Streams.AGG_TRADE);

    private final StubVenue venue = GatewayRig.venue("BTCUSDT", "ETHUSDT");
    private GatewayRig rig;

    @AfterEach
    void tearDown() {
        rig.close();
        venue.close();
    }

    private void start() {
        rig = new GatewayRig(GatewayRig.settings(venue, InstrumentSettings.of(List.of("BTCUSDT", "ETHUSDT"), TICKER)));
        rig.pumpUntil("up", () -> rig.gateway.status().isUp());
    }

    private void offer(UnsafeBuffer command) {
        assertEquals(Inlet.ACCEPTED, rig.gateway.commandInlet().offer(command, 0, command.capacity()));
    }

    private long deadlineNs() {
        return rig.clock.nowNs() + TimeUnit.HOURS.toNanos(1);
    }

    private void awaitOutcomes(String... expected) {
        rig.pumpUntil("outcomes", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) >= expected.length);
        assertEquals(List.of(expected), Events.outcomes(rig.control));
    }

    private static String bars(int count) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append('[')
                    .append(i * MINUTE_MS)
                    .append(",\"1.0\",\"2.0\",\"0.5\",\"1.5\",\"3.000\",")
                    .append(i * MINUTE_MS + MINUTE_MS - 1)
                    .append(",\"4.5\",7,\"1.000\",\"1.5\",\"0\"]");
        }
        return json.append(']').toString();
    }

    @Test
    void shouldPublishBarsInOnePieceBehindSent() {
        venue.on("/fapi/v1/klines", target -> StubVenue.Reply.json(bars(30)));
        start();
        offer(Events.fetchBars(9, 1, deadlineNs(), 0, 29 * MINUTE_MS));
        rig.pumpUntil("bars", () -> rig.market.count(BarsHistoryDecoder.TEMPLATE_ID) >= 3);
        awaitOutcomes("9:SENT:NONE:0:0");
        assertTrue(venue.restTargets.contains(
                "/fapi/v1/klines?symbol=ETHUSDT&interval=1m&startTime=0&endTime=1740000&limit=30"));
        List<UnsafeBuffer> chunks = rig.market.of(BarsHistoryDecoder.TEMPLATE_ID);
        assertTrue(EventFlags.isFirst(EventHeader.flags(chunks.get(0), 0)));
        assertTrue(EventFlags.isLast(EventHeader.flags(chunks.get(chunks.size() - 1), 0)));
        assertEquals(1, EventHeader.instrumentId(chunks.get(0), 0));
    }

    @Test
    void shouldSayWhyWhenThereAreNoBars() {
        venue.on(
                "/fapi/v1/klines",
                target -> target.contains("BTCUSDT")
                        ? StubVenue.Reply.json("{\"not\":\"bars\"}")
                        : StubVenue.Reply.of(400, "", "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"));
        start();
        offer(Events.fetchBars(1, 0, deadlineNs(), 0, MINUTE_MS));
        awaitOutcomes("1:SENT:NONE:0:0", "1:FAILED:BAD_ANSWER:200:0");
        offer(Events.fetchBars(2, 1, deadlineNs(), 0, MINUTE_MS));
        rig.pumpUntil("outcomes", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) == 4);
        assertEquals(
                "2:FAILED:VENUE_ERROR:400:-1121", Events.outcomes(rig.control).get(3));
        offer(Events.fetchBars(3, 1, rig.clock.nowNs() - 1, 0, MINUTE_MS));
        offer(Events.fetchBars(4, 77, deadlineNs(), 0, MINUTE_MS));
        rig.pumpUntil("outcomes", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) == 6);
        assertEquals(
                List.of("3:EXPIRED_UNSENT:TOO_OLD:0:0", "4:REFUSED:UNSUPPORTED:0:0"),
                Events.outcomes(rig.control).subList(4, 6));
    }

    @Test
    void shouldChangeTheStreamsOfOneInstrumentAlone() {
        start();
        int before = venue.requests.size();
        offer(Events.changeStreams(1, 1, deadlineNs(), DEPTH | AGG | TICKER, 0));
        rig.pumpUntil("depth", () -> subscribed(before, "SUBSCRIBE", "ethusdt@depth"));
        rig.pumpUntil(
                "trades",
                () -> subscribed(before, "SUBSCRIBE", "ethusdt@aggTrade")
                        || venue.peers.stream().anyMatch(peer -> peer.target.contains("aggTrade")));
        assertTrue(
                venue.requests.subList(before, venue.requests.size()).stream()
                        .noneMatch(request -> request.contains("btcusdt") || request.contains("ethusdt@bookTicker")),
                "what is there already, and the other instrument, is left alone");

        offer(Events.changeStreams(2, 1, deadlineNs(), 0, DEPTH));
        rig.pumpUntil("no depth", () -> subscribed(before, "UNSUBSCRIBE", "ethusdt@depth"));
        rig.pumpUntil(
                "news",
                () -> Events.streamStates(rig.control).stream()
                        .anyMatch(line -> line.startsWith("LOST:" + DEPTH + ":[1]")));
        assertEquals(List.of("1:SENT:NONE:0:0", "2:SENT:NONE:0:0"), Events.outcomes(rig.control));
    }

    private boolean subscribed(int from, String method, String stream) {
        return venue.requests.subList(from, venue.requests.size()).stream()
                .anyMatch(request -> request.contains("\"" + method + "\"") && request.contains(stream));
    }
}
