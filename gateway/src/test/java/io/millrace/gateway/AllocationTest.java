package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.marketdata.FeedCounters;
import io.millrace.gateway.marketdata.InstrumentSettings;
import io.millrace.gateway.transport.ConnectionCounters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AllocationTest {
    private static final int ROUND = 1000;
    private static final int ROUNDS = 50;

    private static final class EndlessInlet implements Inlet {
        @Override
        public int offer(DirectBuffer buffer, int offset, int length) {
            return ACCEPTED;
        }
    }

    @Test
    void shouldAllocateNothingPerFrameFromTheSocketToTheInlet() throws Exception {
        EndlessInlet market = new EndlessInlet();
        try (StubVenue venue = GatewayRig.venue("BTCUSDT")) {
            GatewaySettings settings =
                    GatewayRig.settings(venue, InstrumentSettings.of(List.of("BTCUSDT"), GatewayRig.BOOK_STREAMS));
            MarketDataGateway gateway = new MarketDataGateway(
                    settings, market, new EndlessInlet(), new InstrumentTable(), IngressClock.system(), new Random(1));
            gateway.onStart();
            try {
                while (!gateway.status().isUp()) {
                    gateway.doWork();
                }
                StubVenue.Peer peer = venue.peers.take();
                byte[] round = round();
                Semaphore owed = new Semaphore(0);
                Thread writer = new Thread(() -> write(peer, round, owed), "venue");
                writer.start();
                try {
                    AllocationWindows.assertNothing(
                            ROUNDS * ROUND + " frames from the socket", () -> pump(gateway, owed));
                } finally {
                    writer.interrupt();
                    writer.join();
                }
                assertTrue(gateway.status().messages(DepthDiffDecoder.TEMPLATE_ID) > ROUND);
            } finally {
                gateway.onClose();
            }
        }
    }

    /** Writes a round for each permit until it is interrupted. */
    private static void write(StubVenue.Peer peer, byte[] round, Semaphore owed) {
        try {
            while (true) {
                owed.acquire();
                peer.raw(round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(MarketDataGateway gateway, Semaphore owed) {
        FeedCounters counters = gateway.status().connections().get(0);
        long frames = counters.get(ConnectionCounters.TEXT_MESSAGES) + (long) ROUNDS * ROUND;
        owed.release(ROUNDS);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (counters.get(ConnectionCounters.TEXT_MESSAGES) < frames) {
            gateway.doWork();
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("frames are missing");
            }
        }
    }

    private static byte[] round() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < ROUND; i++) {
            String text = i % 10 == 0 ? diff(i % 100 == 0 ? 300 : 8) : GatewayRig.ticker("BTCUSDT", i);
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            if (i % 500 == 3) {
                // Half a frame: a decode error, which is an event like any other.
                payload = java.util.Arrays.copyOf(payload, payload.length / 2);
            }
            boolean isFragmented = i % 50 == 7;
            if (isFragmented) {
                byte[] head = java.util.Arrays.copyOf(payload, 40);
                byte[] tail = java.util.Arrays.copyOfRange(payload, 40, payload.length);
                bytes.writeBytes(StubVenue.frame(0x01, head));
                bytes.writeBytes(StubVenue.frame(0x80, tail));
            } else {
                bytes.writeBytes(StubVenue.frame(0x81, payload));
            }
        }
        return bytes.toByteArray();
    }

    private static String diff(int levels) {
        StringBuilder json = new StringBuilder("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
                + "\"E\":1795262400105,\"T\":1795262400098,\"s\":\"BTCUSDT\",\"ps\":\"BTCUSDT\",\"st\":1,"
                + "\"U\":11873004410021,\"u\":11873004410977,\"pu\":11873004409998,\"b\":[");
        for (int i = 0; i < levels; i++) {
            json.append(i == 0 ? "" : ",").append("[\"").append(9000 - i).append(".10\",\"1.500\"]");
        }
        return json.append("],\"a\":[[\"91250.20\",\"0.871\"]]}}").toString();
    }
}
