package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.rest.RestSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    private static final InstrumentSettings BTC = InstrumentSettings.of(List.of("BTCUSDT"), GatewayRig.BOOK_STREAMS);
    private static final Duration REST_TIMEOUT = Duration.ofMinutes(1);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final StubVenue venue = GatewayRig.venue("BTCUSDT");
    private GatewayRig rig;

    @AfterEach
    void tearDown() {
        rig.close();
        venue.close();
    }

    private void start(int weight, Function<String, StubVenue.Reply> depth) {
        venue.on("/fapi/v1/depth", depth);
        RestSettings rest =
                new RestSettings(venue.uri("http", ""), 2, REST_TIMEOUT, weight, Math.min(20, weight / 2), 1 << 20);
        rig = new GatewayRig(GatewayRig.settings(venue, BTC).with(rest));
        rig.pumpUntil("up", () -> rig.gateway.status().isUp());
        // Deadlines, bans and the minutes of the ledger are over when a test says so.
        rig.time.freeze();
    }

    private void offer(UnsafeBuffer command) {
        assertEquals(Inlet.ACCEPTED, rig.gateway.commandInlet().offer(command, 0, command.capacity()));
    }

    private void fetch(long id, int limit) {
        offer(Events.fetchSnapshot(id, 0, rig.clock.nowNs() + 10 * SECOND_NS, limit));
    }

    private void awaitOutcomes(String... expected) {
        rig.pumpUntil("outcomes", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) >= expected.length);
        assertEquals(List.of(expected), Events.outcomes(rig.control));
    }

    @Test
    void shouldPublishTheSnapshotInOnePieceBehindSent() {
        start(2000, target -> StubVenue.Reply.json(depth(300)));
        fetch(77, 1000);
        rig.pumpUntil("the snapshot", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) > 0);
        awaitOutcomes("77:SENT:NONE:0:0");
        assertEquals("/fapi/v1/depth?symbol=BTCUSDT&limit=1000", venue.restTargets.get(2));
        List<UnsafeBuffer> chunks = rig.market.of(DepthSnapshotDecoder.TEMPLATE_ID);
        assertTrue(chunks.size() > 5);
        assertTrue(EventFlags.isFirst(EventHeader.flags(chunks.get(0), 0)));
        assertTrue(EventFlags.isLast(EventHeader.flags(chunks.get(chunks.size() - 1), 0)));
        DepthSnapshotDecoder decoder =
                new DepthSnapshotDecoder().wrap(chunks.get(0), 8, DepthSnapshotDecoder.BLOCK_LENGTH, 1);
        assertEquals(77, decoder.commandId());
        assertEquals(4711, decoder.lastUpdateId());
    }

    @Test
    void shouldNeverSendWhatIsPastItsDeadline() {
        start(2000, target -> StubVenue.Reply.json(depth(1)));
        offer(Events.fetchSnapshot(5, 0, rig.clock.nowNs() - 1, 100));
        offer(Events.resubscribe(6, 0, rig.clock.nowNs() - 1, 1));
        awaitOutcomes("6:EXPIRED_UNSENT:TOO_OLD:0:0", "5:EXPIRED_UNSENT:TOO_OLD:0:0");
        assertEquals(2, venue.restTargets.size());
    }

    @Test
    void shouldRefuseWhatTheLedgerHasNoWeightForAndNameTheTime() {
        start(30, target -> StubVenue.Reply.json(depth(1)));
        fetch(1, 1000);
        awaitOutcomes("1:REFUSED:RATE_LIMIT:0:0");
        long retryAtNs = Events.outcome(
                        rig.control.of(CommandOutcomeDecoder.TEMPLATE_ID).get(0))
                .retryAtNs();
        assertTrue(retryAtNs > rig.clock.nowNs() && retryAtNs <= rig.clock.nowNs() + 60 * SECOND_NS);
    }

    @ParameterizedTest
    @CsvSource({"429, 3", "418, 90"})
    void shouldStopAllRequestsForAsLongAsTheVenueSays(int status, int seconds) {
        start(
                2000,
                target -> StubVenue.Reply.of(
                        status, "Retry-After: " + seconds + "\r\n", "{\"code\":-1003,\"msg\":\"Too many requests\"}"));
        fetch(1, 100);
        awaitOutcomes("1:SENT:NONE:0:0", "1:FAILED:VENUE_ERROR:" + status + ":-1003");
        long nowNs = rig.clock.nowNs();
        fetch(2, 100);
        rig.pumpUntil("refusal", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) == 3);
        assertEquals("2:REFUSED:BANNED:0:0", Events.outcomes(rig.control).get(2));
        for (int i = 1; i < 3; i++) {
            long retryAtNs = Events.outcome(
                            rig.control.of(CommandOutcomeDecoder.TEMPLATE_ID).get(i))
                    .retryAtNs();
            double inSeconds = (retryAtNs - nowNs) / 1e9;
            assertTrue(inSeconds > seconds - 1 && inSeconds <= seconds + 0.1, "retry in " + inSeconds + " s");
        }
        assertEquals(3, venue.restTargets.size());
    }

    @Test
    void shouldStayAwayUntilTheNextMinuteIfTheVenueSaysNoTime() {
        start(2000, target -> StubVenue.Reply.of(429, "", "{\"code\":-1003,\"msg\":\"Too many requests\"}"));
        long askedAtNs = rig.clock.nowNs();
        fetch(1, 100);
        awaitOutcomes("1:SENT:NONE:0:0", "1:FAILED:VENUE_ERROR:429:-1003");
        long retryAtNs = Events.outcome(
                        rig.control.of(CommandOutcomeDecoder.TEMPLATE_ID).get(1))
                .retryAtNs();
        assertTrue(retryAtNs > askedAtNs && retryAtNs <= rig.clock.nowNs() + 60 * SECOND_NS, "retry at " + retryAtNs);
        fetch(2, 100);
        rig.pumpUntil("refusal", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) == 3);
        assertEquals("2:REFUSED:BANNED:0:0", Events.outcomes(rig.control).get(2));
    }

    @Test
    void shouldAskAgainWhenTheTimeThatTheVenueSaidIsOver() {
        AtomicInteger count = new AtomicInteger();
        start(
                2000,
                target -> count.getAndIncrement() == 0
                        ? StubVenue.Reply.of(
                                429, "Retry-After: 1\r\n", "{\"code\":-1003,\"msg\":\"Too many requests\"}")
                        : StubVenue.Reply.json(depth(1)));
        fetch(1, 100);
        awaitOutcomes("1:SENT:NONE:0:0", "1:FAILED:VENUE_ERROR:429:-1003");
        long retryAtNs = Events.outcome(
                        rig.control.of(CommandOutcomeDecoder.TEMPLATE_ID).get(1))
                .retryAtNs();
        rig.time.pass(Duration.ofNanos(retryAtNs - rig.clock.nowNs()));
        fetch(2, 100);
        rig.pumpUntil("the snapshot", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) == 1);
        assertEquals(2, count.get());
    }

    @Test
    void shouldFailWhenTheAnswerIsLateLostOrUnreadable() {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch isGivenUp = new CountDownLatch(1);
        start(2000, target -> {
            int number = count.getAndIncrement();
            if (number == 0) {
                return StubVenue.Reply.json("{\"lastUpdateId\":1,\"bids\":[[\"1.05\",\"1\"]],\"asks\":[]}");
            }
            if (number == 1) {
                return StubVenue.Reply.of(400, "", "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
            }
            if (number == 2) {
                await(isGivenUp);
                return null;
            }
            return StubVenue.Reply.json(depth(2));
        });
        fetch(1, 100);
        awaitOutcomes("1:SENT:NONE:0:0", "1:FAILED:BAD_ANSWER:200:0");
        fetch(2, 100);
        awaitOutcomes(
                "1:SENT:NONE:0:0", "1:FAILED:BAD_ANSWER:200:0", "2:SENT:NONE:0:0", "2:FAILED:VENUE_ERROR:400:-1121");
        fetch(3, 100);
        rig.pumpUntil("the request", () -> count.get() == 3);
        rig.time.pass(REST_TIMEOUT.plusSeconds(1));
        rig.pumpUntil("time-out", () -> rig.control.count(CommandOutcomeDecoder.TEMPLATE_ID) == 6);
        assertEquals("3:FAILED:TIMEOUT:0:0", Events.outcomes(rig.control).get(5));
        isGivenUp.countDown();
        fetch(4, 100);
        rig.pumpUntil("the snapshot", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) == 1);
    }

    @Test
    void shouldRepeatAGetThatFoundItsIdleConnectionClosed() {
        AtomicInteger count = new AtomicInteger();
        // The second request on a connection is met by its end; on a new connection it is answered.
        start(2000, target -> count.getAndIncrement() == 1 ? null : StubVenue.Reply.json(depth(1)));
        fetch(1, 100);
        rig.pumpUntil("the first", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) == 1);
        fetch(2, 100);
        rig.pumpUntil("the second", () -> rig.market.count(DepthSnapshotDecoder.TEMPLATE_ID) == 2);
        assertEquals(List.of("1:SENT:NONE:0:0", "2:SENT:NONE:0:0"), Events.outcomes(rig.control));
        assertEquals(3, count.get());
    }

    @Test
    void shouldOfferTheSnapshotAgainInFrontOfFurtherFramesWhenTheRingIsFull() throws Exception {
        start(2000, target -> StubVenue.Reply.json(depth(300)));
        StubVenue.Peer peer = venue.peers.take();
        rig.market.answer = Inlet.BACK_PRESSURED;
        fetch(1, 1000);
        rig.pumpUntil("a first offer", () -> rig.market.refusals > 2);
        peer.text(GatewayRig.ticker("BTCUSDT", 1));
        rig.pumpFor(20);
        rig.market.answer = Inlet.ACCEPTED;
        rig.pumpUntil("the ticker", () -> rig.market.count(BookTickerDecoder.TEMPLATE_ID) == 1);
        assertEquals(
                DepthSnapshotDecoder.TEMPLATE_ID,
                EventHeader.templateId(rig.market.all().get(0), 0));
    }

    @Test
    void shouldUnsubscribeAndSubscribeTheStreamsOfOneInstrument() throws Exception {
        start(2000, target -> null);
        offer(Events.resubscribe(9, 0, rig.clock.nowNs() + SECOND_NS, 1));
        rig.pumpUntil("answers", () -> Events.streamStates(rig.control).size() == 3);
        assertEquals(
                List.of(
                        "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":1}",
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":2}"),
                venue.requests);
        assertEquals(
                List.of("SUBSCRIBED:3:[0]@1", "LOST:1:[0]@1", "SUBSCRIBED:1:[0]@1"), Events.streamStates(rig.control));
        awaitOutcomes("9:SENT:NONE:0:0");
        offer(Events.resubscribe(10, 3, rig.clock.nowNs() + SECOND_NS, 1));
        awaitOutcomes("9:SENT:NONE:0:0", "10:REFUSED:UNSUPPORTED:0:0");
    }

    @Test
    void shouldRefuseWhatIsNoCommandAndWhatIsNotWhole() {
        start(2000, target -> null);
        UnsafeBuffer command = Events.fetchSnapshot(1, 9, Long.MAX_VALUE, 100);
        assertEquals(Inlet.MALFORMED, rig.gateway.commandInlet().offer(command, 0, command.capacity() - 1));
        offer(command);
        offer(Events.fetchSnapshot(2, 0, Long.MAX_VALUE, 7));
        awaitOutcomes("1:REFUSED:UNSUPPORTED:0:0", "2:REFUSED:UNSUPPORTED:0:0");
    }

    @Test
    void shouldPublishANewVersionAndDecodeOnItWhenTheGridChanges() throws Exception {
        InstrumentSettings refreshed = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of("BTCUSDT"), 1, 2)), Duration.ofMinutes(1));
        rig = new GatewayRig(GatewayRig.settings(venue, refreshed));
        rig.pumpUntil("up", () -> rig.gateway.status().isUp());
        StubVenue.Peer peer = venue.peers.take();
        peer.text(GatewayRig.ticker("BTCUSDT", 1));
        rig.pumpUntil("a ticker", () -> rig.market.count(BookTickerDecoder.TEMPLATE_ID) == 1);
        venue.on(
                "/fapi/v1/exchangeInfo",
                target -> StubVenue.Reply.json(GatewayRig.exchangeInfo(List.of("BTCUSDT"), "0.01")));
        rig.time.pass(Duration.ofMinutes(1));
        rig.pumpUntil("a second version", () -> rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID) == 2);
        peer.text(GatewayRig.ticker("BTCUSDT", 2));
        rig.pumpUntil("a ticker", () -> rig.market.count(BookTickerDecoder.TEMPLATE_ID) == 2);

        List<UnsafeBuffer> definitions = rig.control.of(InstrumentDefinitionDecoder.TEMPLATE_ID);
        List<UnsafeBuffer> tickers = rig.market.of(BookTickerDecoder.TEMPLATE_ID);
        for (int i = 0; i < 2; i++) {
            assertEquals(i + 1, EventHeader.gridVersion(definitions.get(i), 0));
            assertEquals(i + 1, EventHeader.gridVersion(tickers.get(i), 0));
        }
        assertEquals(
                9125010,
                new BookTickerDecoder()
                        .wrap(tickers.get(1), 8, BookTickerDecoder.BLOCK_LENGTH, 1)
                        .bidTicks());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String depth(int levels) {
        StringBuilder json = new StringBuilder("{\"lastUpdateId\":4711,\"E\":1,\"T\":1,\"bids\":[");
        for (int i = 0; i < levels; i++) {
            json.append(i == 0 ? "" : ",").append("[\"").append(9000 - i).append(".10\",\"1.5\"]");
        }
        json.append("],\"asks\":[");
        for (int i = 0; i < levels; i++) {
            json.append(i == 0 ? "" : ",").append("[\"").append(9001 + i).append(".10\",\"0.001\"]");
        }
        return json.append("]}").toString();
    }
}
