package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.gateway.marketdata.FeedCounters;
import io.millrace.gateway.marketdata.FeedStatus;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.marketdata.MarketPublisher;
import io.millrace.gateway.marketdata.Overload;
import io.millrace.gateway.marketdata.StreamSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StreamLifeTest {
    private static final int TICKER = BookTickerDecoder.TEMPLATE_ID;
    private static final InstrumentSettings BTC = InstrumentSettings.of(List.of("BTCUSDT"), 2);
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    @Test
    void shouldSubscribeByMessageWhatTheUrlHasNoRoomForAndReportEachAnswer() throws Exception {
        String[] symbols = new String[260];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = "SYMBOL" + i + "USDT";
        }
        InstrumentSettings all = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), 150, 1)), Duration.ofHours(1));
        try (StubVenue venue = GatewayRig.venue(symbols);
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, all).with(GatewayRig.streams(venue, 512)))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer peer = venue.peers.take();
            assertTrue(peer.target.length() <= 512, peer.target);
            int inUrl = peer.subscribed.size();
            assertEquals(2, venue.requests.size(), "two messages of at most 100 streams");
            assertTrue(venue.requests
                    .get(0)
                    .startsWith("{\"method\":\"SUBSCRIBE\",\"params\":[\"symbol" + inUrl + "usdt@"));
            assertTrue(venue.requests.get(1).endsWith("\"id\":2}"));
            assertEquals(3, Events.streamStates(rig.control).size());
            assertEquals(150, rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID));
            assertEquals(2, rig.gateway.status().total(FeedCounters.REPLIES));
        }
    }

    @Test
    void shouldTryAgainWhenARequestIsRefusedAndGiveTheConnectionUpWhenItStaysSo() throws Exception {
        InstrumentSettings many = new InstrumentSettings(
                List.of(new InstrumentSettings.SymbolClass(List.of(), 60, 1)), Duration.ofHours(1));
        String[] symbols = new String[60];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = "LONGSYMBOL" + i + "USDT";
        }
        try (StubVenue venue = GatewayRig.venue(symbols)) {
            venue.onRequest = request -> venue.requests.size() < 2
                    ? "{\"code\":2,\"msg\":\"Invalid request: too many parameters\"}"
                    : StubVenue.accept(request);
            try (GatewayRig rig =
                    new GatewayRig(GatewayRig.settings(venue, many).with(GatewayRig.streams(venue, 512)))) {
                rig.pumpUntil("up", () -> rig.gateway.status().isUp());
                assertEquals(2, rig.gateway.status().total(FeedCounters.REPLY_FAILURES));
                assertEquals(0, rig.gateway.status().total(ConnectionCounters.FAILURES));

                venue.onRequest = request -> "{\"error\":{\"code\":2,\"msg\":\"no\"},\"id\":null}";
                venue.peers.take().cut();
                rig.pumpUntil(
                        "the cut and a refusal for good",
                        () -> rig.gateway.status().total(ConnectionCounters.FAILURES) >= 2);
            }
        }
    }

    @Test
    void shouldReportLostStreamsAndComeBackWithTheSameOnes() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer first = venue.peers.take();
            first.text(GatewayRig.ticker("BTCUSDT", 1));
            rig.pumpUntil("a ticker", () -> rig.market.count(TICKER) == 1);
            first.cut();
            rig.pumpUntil("another connection", () -> !venue.peers.isEmpty());
            StubVenue.Peer second = venue.peers.take();
            assertEquals(first.target, second.target);
            second.text(GatewayRig.ticker("BTCUSDT", 2));
            rig.pumpUntil("a ticker", () -> rig.market.count(TICKER) == 2);
            assertEquals(
                    List.of("SUBSCRIBED:2:[0]@1", "LOST:2:[0]@1", "SUBSCRIBED:2:[0]@2"),
                    Events.streamStates(rig.control));
            assertEquals(2, EventHeader.connectionId(rig.market.of(TICKER).get(1), 0));
            assertEquals(1, rig.gateway.status().total(ConnectionCounters.FAILURES));
        }
    }

    @Test
    void shouldReconnectWhenNotOneByteComes() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            rig.time.pass(GatewayRig.SILENCE.plusSeconds(1));
            rig.pumpUntil("second connection", () -> venue.peers.size() >= 2);
            assertTrue(Events.streamStates(rig.control).contains("LOST:2:[0]@1"));
        }
    }

    @Test
    void shouldPublishGarbageAsADecodeErrorAndGoOn() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer peer = venue.peers.take();
            peer.text("{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"s\":\"BTCUSDT\",\"u\":}}");
            peer.text("{\"e\":\"serverShutdown\",\"E\":1}");
            peer.text(GatewayRig.ticker("BTCUSDT", 1));
            rig.pumpUntil("a ticker", () -> rig.market.count(TICKER) == 1);
            assertEquals(1, rig.market.count(DecodeErrorDecoder.TEMPLATE_ID));
            assertEquals(1, rig.gateway.status().total(FeedCounters.DECODE_ERRORS));
            assertEquals(1, rig.gateway.status().total(FeedCounters.IGNORED));
            assertEquals(1, rig.gateway.status().messages(TICKER));
        }
    }

    @Test
    void shouldLoseNothingAndAnswerPingsWhileTheEngineTakesNothing() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer peer = venue.peers.take();
            rig.market.answer = Inlet.BACK_PRESSURED;
            for (int i = 0; i < 500; i++) {
                peer.text(GatewayRig.ticker("BTCUSDT", i));
            }
            peer.ping("alive?");
            rig.pumpUntil("the pong", () -> !peer.frames.isEmpty());
            assertEquals("alive?", peer.frames.take().text());
            assertEquals(0, rig.market.all().size());
            long ticks = rig.gateway.status().ticks();
            rig.pumpUntil("the clock ticks on", () -> rig.gateway.status().ticks() > ticks);

            rig.market.answer = Inlet.ACCEPTED;
            for (int taken = 0; taken < 500; taken++) {
                // One slot at a time: the gate opens and closes behind every message.
                rig.market.budget = 1;
                int expected = taken + 1;
                rig.pumpUntil("one more", () -> rig.market.count(TICKER) == expected);
            }
            rig.market.budget = -1;
            List<UnsafeBuffer> tickers = rig.market.of(TICKER);
            for (int i = 0; i < 500; i++) {
                assertEquals(
                        i,
                        new BookTickerDecoder()
                                .wrap(tickers.get(i), 8, BookTickerDecoder.BLOCK_LENGTH, 1)
                                .updateId());
            }
            assertTrue(rig.gateway.status().backPressure(MarketPublisher.BACK_PRESSURE_COUNT) >= 499);
            assertTrue(rig.gateway.status().backPressure(MarketPublisher.BACK_PRESSURE_MAX_NS) > 0);
        }
    }

    @Test
    void shouldReadOnAndKeepTheNewestWhileTheEngineTakesNothing() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT")) {
            GatewaySettings settings = GatewayRig.settings(venue, BTC);
            try (GatewayRig rig =
                    new GatewayRig(settings.with(settings.streams().withOverload(Overload.CONFLATE)))) {
                rig.pumpUntil("up", () -> rig.gateway.status().isUp());
                StubVenue.Peer peer = venue.peers.take();
                FeedStatus status = rig.gateway.status();
                rig.market.answer = Inlet.BACK_PRESSURED;
                for (int i = 0; i < 500; i++) {
                    peer.text(GatewayRig.ticker("BTCUSDT", i));
                }
                rig.pumpUntil("all read", () -> status.backPressure(MarketPublisher.REPLACED_TICKERS) == 499);
                assertEquals(1, status.backPressure(MarketPublisher.WAITING_EVENTS));

                rig.market.answer = Inlet.ACCEPTED;
                rig.pumpUntil("the newest", () -> rig.market.count(TICKER) == 1);
                UnsafeBuffer newest = rig.market.of(TICKER).get(0);
                assertEquals(
                        499,
                        new BookTickerDecoder()
                                .wrap(newest, 8, BookTickerDecoder.BLOCK_LENGTH, 1)
                                .updateId());
                assertTrue(EventFlags.isConflated(EventHeader.flags(newest, 0)));
                assertEquals(1, status.backPressure(MarketPublisher.BACK_PRESSURE_COUNT));
                assertEquals(0, status.backPressure(MarketPublisher.WAITING_EVENTS));
                peer.text(GatewayRig.ticker("BTCUSDT", 500));
                rig.pumpUntil("the next", () -> rig.market.count(TICKER) == 2);
                assertEquals(
                        EventFlags.WHOLE,
                        EventHeader.flags(rig.market.of(TICKER).get(1), 0));
            }
        }
    }

    @Test
    void shouldKeepControlEventsInOrderWhileTheRingIsFull() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer peer = venue.peers.take();
            rig.control.answer = Inlet.BACK_PRESSURED;
            peer.cut();
            rig.pumpUntil("the next connection", () -> !venue.peers.isEmpty());
            StubVenue.Peer second = venue.peers.take();
            second.text(GatewayRig.ticker("BTCUSDT", 1));
            rig.pumpUntil("arrival", () -> rig.gateway.status().total(ConnectionCounters.BYTES) > 150);
            assertEquals(0, rig.market.count(TICKER), "no data in front of the status that announces them");
            rig.control.answer = Inlet.ACCEPTED;
            rig.pumpUntil("the ticker", () -> rig.market.count(TICKER) == 1);
            assertEquals(
                    List.of("SUBSCRIBED:2:[0]@1", "LOST:2:[0]@1", "SUBSCRIBED:2:[0]@2"),
                    Events.streamStates(rig.control));
        }
    }

    @Test
    void shouldReplaceAConnectionWithoutAGap() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC).with(life(venue, LIFETIME)))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer old = venue.peers.take();
            old.text(GatewayRig.ticker("BTCUSDT", 1, 1000));
            rig.pumpUntil("a ticker", () -> rig.market.count(TICKER) == 1);
            rig.time.pass(LIFETIME);
            rig.pumpUntil("the successor", () -> !venue.peers.isEmpty());
            StubVenue.Peer heir = venue.peers.take();
            old.text(GatewayRig.ticker("BTCUSDT", 2, 1100));
            rig.pumpUntil("from the old one", () -> rig.market.count(TICKER) == 2);
            heir.text(GatewayRig.ticker("BTCUSDT", 3, 1200));
            rig.pumpUntil("from the new one", () -> rig.market.count(TICKER) == 3);
            rig.pumpFor(30);
            assertTrue(old.frames.isEmpty(), "the old one may still hold something older than the new one's first");
            old.text(GatewayRig.ticker("BTCUSDT", 3, 1200));
            old.text(GatewayRig.ticker("BTCUSDT", 4, 1300));
            rig.pumpUntil("the old one is closed", () -> !old.frames.isEmpty());
            assertEquals(8, old.frames.take().opcode());
            assertEquals(List.of("SUBSCRIBED:2:[0]@1", "MOVED:2:[0]@2"), Events.streamStates(rig.control));
            assertEquals(1, rig.gateway.status().total(FeedCounters.ROLLOVERS));
            assertEquals(0, rig.gateway.status().total(ConnectionCounters.FAILURES));
        }
    }

    @Test
    void shouldKeepTheOldConnectionWhenTheNewOneStaysSilent() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC).with(life(venue, LIFETIME)))) {
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            StubVenue.Peer old = venue.peers.take();
            rig.time.pass(LIFETIME);
            rig.pumpUntil("a first successor", () -> !venue.peers.isEmpty());
            StubVenue.Peer silent = venue.peers.take();
            silent.ping("subscribed?");
            rig.pumpUntil("the answer", () -> !silent.frames.isEmpty());
            assertEquals("subscribed?", silent.frames.take().text());
            old.text(GatewayRig.ticker("BTCUSDT", 1, 1000));
            rig.pumpUntil("from the old one", () -> rig.market.count(TICKER) == 1);
            rig.time.pass(Duration.ofMinutes(11));
            rig.pumpUntil("a second successor", () -> !venue.peers.isEmpty());
            assertEquals(8, silent.frames.poll(60, TimeUnit.SECONDS).opcode());
            assertTrue(old.frames.isEmpty());
            assertEquals(List.of("SUBSCRIBED:2:[0]@1"), Events.streamStates(rig.control));
        }
    }

    @Test
    void shouldWaitAsLongAsTheVenueSaysWhenItRefusesTheUpgrade() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT")) {
            java.util.concurrent.atomic.AtomicInteger refusals = new java.util.concurrent.atomic.AtomicInteger();
            venue.onUpgrade = target ->
                    refusals.getAndIncrement() == 0 ? StubVenue.Reply.of(429, "Retry-After: 3600\r\n", "{}") : null;
            try (GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
                rig.pumpUntil("refused", () -> rig.gateway.status().total(ConnectionCounters.FAILURES) == 1);
                rig.time.pass(Duration.ofMinutes(30));
                rig.pumpFor(20);
                assertEquals(1, refusals.get());
                rig.time.pass(Duration.ofMinutes(30));
                rig.pumpUntil("up", () -> rig.gateway.status().isUp());
            }
        }
    }

    private static StreamSettings life(StubVenue venue, Duration lifetime) {
        StreamSettings streams = GatewayRig.streams(venue, 4096);
        return streams.with(streams.limits(), GatewayRig.life(lifetime, GatewayRig.SILENCE));
    }
}
