package io.millrace.bench.wire;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.VirtualExchange;
import io.millrace.exchange.server.VirtualConnection;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Frames of one instrument's market streams as a venue puts them on the wire, WebSocket header included, with the times at
 * which they arrived, and the depth snapshot that belongs to them.
 */
final class WireTape {
    private static final String TICKER = "@bookTicker\"";
    private static final String DEPTH = "@depth";
    private static final String SNAPSHOT = "\"lastUpdateId\"";
    private static final long SYNTHETIC_START_NS = TimeUnit.SECONDS.toNanos(1_700_000_000);
    private static final long SYNTHETIC_STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SYNTHETIC_EVENTS_PER_SECOND = 20_000;
    private static final int SNAPSHOT_AFTER_FRAMES = 50;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_LENGTH_16 = 0xFFFF;
    private static final byte TEXT = (byte) 0x81;
    private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};
    private static final int E8 = 8;

    private final ByteBuf wire;
    private final int[] offsets;
    private final long[] arrivalNs;
    private final boolean[] isPublic;
    private final boolean[] isTicker;
    private final long[] bidE8;
    private final long[] askE8;
    private final String snapshot;

    private WireTape(List<Line> lines, String snapshot) {
        int count = lines.size();
        this.snapshot = snapshot;
        offsets = new int[count + 1];
        arrivalNs = new long[count];
        isPublic = new boolean[count];
        isTicker = new boolean[count];
        bidE8 = new long[count];
        askE8 = new long[count];
        wire = Unpooled.directBuffer(
                lines.stream().mapToInt(line -> line.text.length() + LENGTH_16).sum());
        for (int i = 0; i < count; i++) {
            offsets[i] = wire.writerIndex();
            String text = lines.get(i).text;
            put(text.getBytes(StandardCharsets.US_ASCII));
            arrivalNs[i] = lines.get(i).receivedNs - lines.get(0).receivedNs;
            isTicker[i] = text.contains(TICKER);
            isPublic[i] = isTicker[i] || text.contains(DEPTH);
            if (isTicker[i]) {
                bidE8[i] = priceE8(text, "\"b\":\"");
                askE8[i] = priceE8(text, "\"a\":\"");
            }
        }
        offsets[count] = wire.writerIndex();
    }

    private record Line(long receivedNs, String text) {}

    private void put(byte[] payload) {
        wire.writeByte(TEXT);
        if (payload.length < LENGTH_16) {
            wire.writeByte(payload.length);
        } else if (payload.length <= MAX_LENGTH_16) {
            wire.writeByte(LENGTH_16).writeShort(payload.length);
        } else {
            wire.writeByte(LENGTH_64).writeLong(payload.length);
        }
        wire.writeBytes(payload);
    }

    /** Returns the price behind a key, at 1e-8; 0 if it is not there. */
    static long priceE8(String text, String key) {
        int at = text.indexOf(key);
        if (at < 0) {
            return 0;
        }
        int from = at + key.length();
        return new BigDecimal(text.substring(from, text.indexOf('"', from)))
                .movePointRight(E8)
                .longValueExact();
    }

    /**
     * Reads a capture.
     *
     * @param file lines of receive time, space, frame or REST body; gzip.
     */
    static WireTape load(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        String snapshot = null;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int space = line.indexOf(' ');
                String text = line.substring(space + 1);
                if (text.contains(SNAPSHOT)) {
                    snapshot = text;
                } else {
                    lines.add(new Line(Long.parseLong(line.substring(0, space)), text));
                }
            }
        }
        if (snapshot == null || lines.isEmpty()) {
            throw new IOException("capture " + file + " holds " + lines.size() + " frames and "
                    + (snapshot == null ? "no" : "a") + " depth snapshot: name one with both");
        }
        return new WireTape(lines, snapshot);
    }

    /**
     * Makes frames of a synthetic market.
     *
     * @param frames at least that many, 100 or more.
     * @param seed of the market.
     */
    static WireTape synthetic(int frames, long seed) throws IOException {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                SyntheticSettings.of(1, seed).withEventsPerSecond(SYNTHETIC_EVENTS_PER_SECOND));
        List<Line> lines = new ArrayList<>();
        try (VirtualExchange exchange = VirtualExchange.open(settings, SYNTHETIC_START_NS)) {
            VirtualConnection books = subscribe(exchange, "/public", "btcusdt@depth@0ms/btcusdt@bookTicker");
            VirtualConnection trades = subscribe(exchange, "/market", "btcusdt@trade");
            books.take();
            trades.take();
            String snapshot = null;
            while (lines.size() < frames) {
                exchange.advanceTo(exchange.nowNs() + SYNTHETIC_STEP_NS);
                add(lines, exchange.nowNs(), books.take());
                add(lines, exchange.nowNs(), trades.take());
                if (snapshot == null && lines.size() > SNAPSHOT_AFTER_FRAMES) {
                    snapshot = fetchSnapshot(exchange);
                }
            }
            return new WireTape(lines, snapshot);
        }
    }

    private static VirtualConnection subscribe(VirtualExchange exchange, String route, String streams) {
        VirtualConnection connection = exchange.connectStreams();
        connection.send(("GET " + route + "/stream?streams=" + streams + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private static String fetchSnapshot(VirtualExchange exchange) throws IOException {
        try (VirtualConnection rest = exchange.connectRest()) {
            rest.send("GET /fapi/v1/depth?symbol=BTCUSDT&limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(rest.take(), StandardCharsets.US_ASCII);
            int body = answer.indexOf("\r\n\r\n");
            if (body < 0 || !answer.contains(SNAPSHOT)) {
                throw new IOException("the synthetic market gave no depth snapshot: " + answer);
            }
            return answer.substring(body + HEADER_END.length);
        }
    }

    /** Adds the whole, unmasked frames among bytes that a server sent; an HTTP answer before them is left out. */
    private static void add(List<Line> lines, long nowNs, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() >= 2) {
            int first = in.get();
            int length = in.get() & LENGTH_64;
            if (length == LENGTH_16) {
                length = Short.toUnsignedInt(in.getShort());
            } else if (length == LENGTH_64) {
                length = (int) in.getLong();
            }
            byte[] payload = new byte[length];
            in.get(payload);
            if (first == TEXT) {
                lines.add(new Line(nowNs, new String(payload, StandardCharsets.US_ASCII)));
            }
        }
    }

    int count() {
        return arrivalNs.length;
    }

    /** Returns a frame as it goes to the wire, to be released by whoever writes it. */
    ByteBuf frame(int index) {
        return wire.retainedSlice(offsets[index], offsets[index + 1] - offsets[index]);
    }

    /** Returns when a frame arrived, nanoseconds from the first. */
    long arrivalNs(int index) {
        return arrivalNs[index];
    }

    /** Returns whether a frame belongs to the route of books. */
    boolean isPublic(int index) {
        return isPublic[index];
    }

    /** Returns whether a frame is a best bid and ask. */
    boolean isTicker(int index) {
        return isTicker[index];
    }

    /** Returns a ticker's best bid at 1e-8. */
    long bidE8(int index) {
        return bidE8[index];
    }

    /** Returns a ticker's best ask at 1e-8. */
    long askE8(int index) {
        return askE8[index];
    }

    /** Returns the depth snapshot, JSON. */
    String snapshot() {
        return snapshot;
    }
}
