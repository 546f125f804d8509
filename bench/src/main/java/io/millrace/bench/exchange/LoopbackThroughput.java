package io.millrace.bench.exchange;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures the exchange's server with one client on one socket, beside a bare copy over the same loopback. */
final class LoopbackThroughput {
    /** More than a core can make, so that the server is never waiting for the time to pass. */
    private static final int ENDLESS_EVENTS_PER_SECOND = 5_000_000;

    private static final int WARM_UP_SECONDS = 3;
    private static final int COPY_BYTES = 64 * 1024;
    private static final int STREAMS = 16_384;

    private LoopbackThroughput() {}

    /** Every change and every touch of all contracts: the venue's limit of streams on a connection is lifted for it. */
    private static ServerSettings manyStreams() {
        ServerSettings.Limits venue = ServerSettings.Limits.VENUE;
        return ServerSettings.loopback()
                .withLimits(new ServerSettings.Limits(
                        venue.weightPerMinute(),
                        venue.refusalsBeforeBan(),
                        venue.banMs(),
                        STREAMS,
                        venue.messagesPerSecond(),
                        venue.pingIntervalMs(),
                        venue.pongTimeoutMs(),
                        venue.lifetimeMs(),
                        venue.queuedBytes(),
                        venue.doors()));
    }

    /**
     * Measures a synthetic market that is always late, so that the server makes and sends what one core can.
     *
     * @param symbols number of contracts.
     * @param seconds of time, after a warm-up.
     */
    static ExchangeFigure synthetic(int symbols, int seconds) throws IOException {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(symbols, 1).withEventsPerSecond(ENDLESS_EVENTS_PER_SECOND))
                .withServer(manyStreams());
        try (SimulatedExchange exchange = SimulatedExchange.start(settings);
                CountingClient client = new CountingClient(exchange.publicUri())) {
            List<String> streams = new ArrayList<>();
            for (SymbolSpec contract : new SyntheticMarket(SyntheticSettings.of(symbols, 1), 0).symbols()) {
                String name = contract.symbol().toLowerCase(Locale.ROOT);
                streams.add(name + "@depth@0ms");
                streams.add(name + "@bookTicker");
            }
            client.subscribe(streams);
            long beginNs = System.nanoTime();
            boolean isThere = client.readUntil(beginNs + WARM_UP_SECONDS * 1_000_000_000L);
            return figure("server to one client, every change and touch", client, seconds, isThere);
        }
    }

    private static ExchangeFigure figure(String name, CountingClient client, int seconds, boolean isThere)
            throws IOException {
        long frames = client.frames();
        long bytes = client.bytes();
        long beginNs = System.nanoTime();
        if (!isThere || !client.readUntil(beginNs + seconds * 1_000_000_000L)) {
            throw new IOException("the exchange cut the client as too slow a reader, give both a core of their own");
        }
        double spent = (System.nanoTime() - beginNs) / 1e9;
        return new ExchangeFigure(name, 0, (client.frames() - frames) / spent, (client.bytes() - bytes) / spent);
    }

    /**
     * Measures what the socket carries when nobody makes or looks at what it carries.
     *
     * @param seconds of time.
     */
    static ExchangeFigure bareCopy(int seconds) throws IOException {
        AtomicBoolean isOver = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket reader = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket writer = server.accept()) {
            Thread thread = new Thread(() -> write(writer, isOver), "bare-writer");
            thread.setDaemon(true);
            thread.start();
            byte[] buffer = new byte[1 << 20];
            InputStream in = reader.getInputStream();
            long beginNs = System.nanoTime();
            long bytes = 0;
            while (System.nanoTime() - beginNs < seconds * 1_000_000_000L) {
                bytes += in.read(buffer);
            }
            isOver.set(true);
            return new ExchangeFigure("bare copy over loopback", 0, 0, bytes * 1e9 / (System.nanoTime() - beginNs));
        }
    }

    private static void write(Socket socket, AtomicBoolean isOver) {
        try (OutputStream out = socket.getOutputStream()) {
            byte[] bytes = new byte[COPY_BYTES];
            while (!isOver.get()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            if (!isOver.get()) {
                throw new UncheckedIOException("the bare copy broke off", e);
            }
        }
    }
}
