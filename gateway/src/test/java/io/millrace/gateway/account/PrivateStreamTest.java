package io.millrace.gateway.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusDecoder;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.RecordingInlet;
import io.millrace.gateway.StubVenue;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.transport.FeedLoop;
import io.millrace.gateway.transport.HostResolver;
import io.millrace.gateway.transport.Tls;
import io.millrace.gateway.transport.TransportSettings;
import io.millrace.gateway.transport.WebSocketContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrivateStreamTest {
    private static final Duration NEVER = Duration.ofHours(20);

    private final StubVenue venue = new StubVenue();
    private final RecordingInlet inlet = new RecordingInlet();
    private final ControlOutbox outbox = new ControlOutbox(inlet);
    private final FeedLoop loop = new FeedLoop(true);
    private final HostResolver resolver = new HostResolver(loop);
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final ScriptedKeys keys = new ScriptedKeys();
    private final InstrumentTable instruments = new InstrumentTable();
    private PrivateStream stream;

    /** Answers from a script; the key that is good for ever when it is used up. */
    private static final class ScriptedKeys implements ListenKeys {
        final Deque<Answer> starts = new ArrayDeque<>();
        final Deque<Answer> renewals = new ArrayDeque<>();
        int asked;

        @Override
        public void start(Consumer<Answer> onAnswer) {
            asked++;
            onAnswer.accept(starts.isEmpty() ? ok("key" + asked) : starts.remove());
        }

        @Override
        public void keepAlive(Consumer<Answer> onAnswer) {
            onAnswer.accept(renewals.isEmpty() ? ok(null) : renewals.remove());
        }

        static Answer ok(String key) {
            return new Answer(true, key, false, 0);
        }
    }

    private void open(Duration renewal) {
        instruments.put(new InstrumentSpec(
                0,
                1,
                "BTCUSDT",
                Grid.parse("0.1"),
                Grid.parse("0.001"),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                0,
                0));
        TransportSettings transport = TransportSettings.defaults();
        WebSocketContext sockets = new WebSocketContext(
                loop, resolver, new Tls(transport), transport, IngressClock.system(), new Random(1));
        PrivateSettings settings = PrivateSettings.of(venue.uri("ws", "/private"))
                .withRenewal(renewal)
                .withBackoff(Duration.ofMillis(1), Duration.ofMillis(5));
        stream = new PrivateStream(sockets, settings, keys, outbox, instruments, 1024);
    }

    @AfterEach
    void tearDown() {
        stream.stop();
        loop.run();
        resolver.close();
        loop.close();
        venue.close();
    }

    private void pumpUntil(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not within 60 s: " + what);
            loop.run();
            outbox.poll();
            stream.onTick(System.nanoTime());
            Thread.onSpinWait();
        }
    }

    private List<StubVenue.Peer> bothPeers() {
        pumpUntil("both connections", () -> stream.openConnections() == 2 && venue.peers.size() >= 2);
        return List.of(venue.peers.remove(), venue.peers.remove());
    }

    /** What became of the stream, without the renewals of a key that lives. */
    private List<PrivateState> changes() {
        return states().stream().filter(state -> state != PrivateState.RENEWED).toList();
    }

    private List<PrivateState> states() {
        List<PrivateState> states = new ArrayList<>();
        for (UnsafeBuffer event : inlet.of(PrivateStatusDecoder.TEMPLATE_ID)) {
            states.add(new PrivateStatusDecoder()
                    .wrapAndApplyHeader(event, 0, frame)
                    .state());
        }
        return states;
    }

    private List<Integer> leverages() {
        List<Integer> leverages = new ArrayList<>();
        for (UnsafeBuffer event : inlet.of(AccountSettingsDecoder.TEMPLATE_ID)) {
            leverages.add(new AccountSettingsDecoder()
                    .wrapAndApplyHeader(event, 0, frame)
                    .leverage());
        }
        return leverages;
    }

    private static String leverage(int leverage) {
        return "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":5,\"T\":4,\"ac\":{\"s\":\"BTCUSDT\",\"l\":" + leverage + "}}";
    }

    @Test
    void shouldTellOnceWhatTwoConnectionsBring() {
        open(NEVER);
        List<StubVenue.Peer> peers = bothPeers();
        assertEquals("/private/ws/key1", peers.get(0).target);
        assertEquals("/private/ws/key1", peers.get(1).target);
        for (int i = 1; i <= 50; i++) {
            peers.get(i % 2).text(leverage(i));
        }
        for (int i = 1; i <= 50; i++) {
            peers.get((i + 1) % 2).text(leverage(i));
        }
        pumpUntil("all of it twice", () -> stream.duplicates() == 50);
        assertEquals(50, leverages().size());
        assertEquals(50, leverages().stream().distinct().count());
        assertEquals(List.of(PrivateState.UP), changes());
    }

    @Test
    void shouldMissNothingWhenOneConnectionIsLost() {
        open(NEVER);
        List<StubVenue.Peer> peers = bothPeers();
        peers.get(0).cut();
        peers.get(1).text(leverage(7));
        pumpUntil("another connection", () -> stream.openConnections() == 2 && !venue.peers.isEmpty());
        StubVenue.Peer heir = venue.peers.remove();
        heir.text(leverage(7));
        heir.text(leverage(8));
        pumpUntil("what the new one brings", () -> leverages().contains(8));
        assertEquals(List.of(7, 8), leverages());
        assertEquals(List.of(PrivateState.UP), changes());
        assertEquals(1, keys.asked);
    }

    @Test
    void shouldSayThatTheStreamIsDownWhenNoConnectionIsLeft() {
        open(NEVER);
        bothPeers().forEach(StubVenue.Peer::cut);
        pumpUntil("down and up again", () -> changes().size() >= 3 && stream.openConnections() == 2);
        assertEquals(List.of(PrivateState.UP, PrivateState.DOWN, PrivateState.UP), changes());
    }

    @Test
    void shouldBeginAnewWhenTheVenueSaysThatTheKeyExpired() {
        open(NEVER);
        List<StubVenue.Peer> peers = bothPeers();
        peers.get(1).text("{\"e\":\"listenKeyExpired\",\"E\":1795266000000,\"listenKey\":\"key1\"}");
        pumpUntil("another key", () -> keys.asked == 2 && stream.openConnections() == 2 && venue.peers.size() >= 2);
        assertEquals("/private/ws/key2", venue.peers.remove().target);
        StubVenue.Peer heir = venue.peers.remove();
        assertEquals("/private/ws/key2", heir.target);
        heir.text(leverage(3));
        pumpUntil("what the new key brings", () -> !leverages().isEmpty());
        assertEquals(List.of(PrivateState.UP, PrivateState.KEY_EXPIRED, PrivateState.DOWN, PrivateState.UP), changes());
        assertEquals(2, stream.keysUsed());
    }

    @Test
    void shouldBeginAnewWhenARenewalFindsNoKey() {
        keys.renewals.add(ScriptedKeys.ok(null));
        keys.renewals.add(new ListenKeys.Answer(false, null, false, 0));
        keys.renewals.add(new ListenKeys.Answer(false, null, true, 0));
        open(Duration.ofMillis(20));
        pumpUntil("a first key", () -> stream.openConnections() == 2);
        pumpUntil("another key", () -> keys.asked >= 2 && stream.openConnections() == 2);
        assertTrue(states().contains(PrivateState.KEY_EXPIRED));
        assertTrue(states().contains(PrivateState.RENEWED));
    }

    @Test
    void shouldAskAgainWhenThereIsNoKeyYet() {
        keys.starts.add(new ListenKeys.Answer(false, null, false, 0));
        keys.starts.add(new ListenKeys.Answer(false, null, false, 0));
        open(NEVER);
        bothPeers();
        assertEquals(3, keys.asked);
    }

    @Test
    void shouldLoseNothingWhileTheRingIsFull() {
        open(NEVER);
        List<StubVenue.Peer> peers = bothPeers();
        inlet.budget = 3;
        for (int i = 1; i <= 200; i++) {
            peers.get(0).text(leverage(i));
        }
        pumpUntil("refusals", () -> inlet.refusals > 100);
        assertEquals(3, leverages().size());
        inlet.budget = -1;
        pumpUntil("the rest", () -> leverages().size() == 200);
        assertEquals(200, leverages().get(199));
        assertEquals(0, stream.decodeErrors());
    }

    @Test
    void shouldPassOnWhatItCannotRead() {
        open(NEVER);
        bothPeers().get(0).text("{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":5,\"T\":4,\"ac\":{\"s\":\"BTCUSDT\"}}");
        pumpUntil("an error", () -> stream.decodeErrors() == 1);
        assertEquals(1, inlet.count(DecodeErrorDecoder.TEMPLATE_ID));
    }
}
