package io.millrace.bench.scale;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames as sockets carry them, the instruments they tell of, and the books that those have in front of the first frame. */
final class ScaleTape {
    static final int SLOT_LENGTH = 1024;
    static final long START_NS = 1_795_262_400_000_000_000L;
    /** Streams of each instrument. */
    static final int STREAMS = Streams.bit(Streams.DEPTH)
            | Streams.bit(Streams.BOOK_TICKER)
            | Streams.bit(Streams.AGG_TRADE)
            | Streams.bit(Streams.TRADE)
            | Streams.bit(Streams.MARK_PRICE)
            | Streams.bit(Streams.KLINE)
            | Streams.bit(Streams.FORCE_ORDER)
            | Streams.bit(Streams.TICKER_24H);

    private static final int MID_TICKS = 500_000;
    private static final int BOOK_LEVELS = 1_000;

    private final InstrumentTable table = new InstrumentTable();
    private final List<byte[]> books = new ArrayList<>();
    private final byte[] bytes;
    private final UnsafeBuffer frames;
    private final int[] offsets;
    private int count;

    /**
     * Makes an empty tape.
     *
     * @param most frames.
     * @param mib room for them.
     */
    ScaleTape(int most, int mib) {
        bytes = new byte[mib << 20];
        frames = new UnsafeBuffer(bytes);
        offsets = new int[most + 1];
    }

    /** Makes diffs of one instrument that change so many levels each, half of them a side, all within 1,000 ticks. */
    static ScaleTape ofDiffs(int levels) {
        ScaleTape tape = new ScaleTape(Math.max(2_000, 400_000 / (levels + 8)), 64);
        SplittableRandom random = new SplittableRandom(levels);
        StringBuilder book = new StringBuilder("{\"lastUpdateId\":1,\"E\":0,\"T\":0,");
        levels(book.append("\"bids\":"), random, BOOK_LEVELS, -1, true);
        levels(book.append(",\"asks\":"), random, BOOK_LEVELS, 1, true);
        tape.add(
                "BTCUSDT",
                Grid.parse("0.10"),
                Grid.parse("0.001"),
                book.append('}').toString());
        for (long id = 2; !tape.isFull(); id++) {
            StringBuilder diff = new StringBuilder("{\"e\":\"depthUpdate\",\"E\":1795262400000,\"T\":1795262400000,")
                    .append("\"s\":\"BTCUSDT\",\"U\":")
                    .append(id)
                    .append(",\"u\":")
                    .append(id)
                    .append(",\"pu\":")
                    .append(id - 1);
            levels(diff.append(",\"b\":"), random, (levels + 1) / 2, -1, false);
            levels(diff.append(",\"a\":"), random, levels / 2, 1, false);
            byte[] payload = diff.append('}').toString().getBytes(StandardCharsets.US_ASCII);
            tape.append(ascii("{\"stream\":\"btcusdt@depth@100ms\",\"data\":"), payload, payload.length);
        }
        return tape;
    }

    private static void levels(StringBuilder json, SplittableRandom random, int count, int sign, boolean isWhole) {
        json.append('[');
        for (int i = 0; i < count; i++) {
            int away = isWhole ? 1 + i : 2 + random.nextInt(BOOK_LEVELS - 1);
            long ticks = MID_TICKS + (long) sign * away;
            boolean isGone = !isWhole && random.nextInt(4) == 0;
            json.append(i == 0 ? "[\"" : ",[\"")
                    .append(ticks / 10)
                    .append('.')
                    .append(ticks % 10)
                    .append("0\",\"");
            json.append(isGone ? "0.000" : random.nextInt(1, 90) + "." + random.nextInt(100, 1_000))
                    .append("\"]");
        }
        json.append(']');
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds an instrument with its book as REST answers it. */
    void add(String symbol, Grid tick, Grid lot, String book) {
        table.put(new InstrumentSpec(
                books.size(),
                0,
                symbol,
                tick,
                lot,
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                books.size(),
                STREAMS));
        books.add(ascii(book));
    }

    /** Adds a frame, if there is room. */
    void append(byte[] head, byte[] payload, int payloadLength) {
        int at = offsets[count];
        if (isFull()) {
            return;
        }
        System.arraycopy(head, 0, bytes, at, head.length);
        System.arraycopy(payload, 0, bytes, at + head.length, payloadLength);
        int end = at + head.length + payloadLength;
        bytes[end] = '}';
        offsets[++count] = end + 1;
    }

    boolean isFull() {
        return count == offsets.length - 1 || offsets[count] > bytes.length - (1 << 17);
    }

    InstrumentTable table() {
        return table;
    }

    UnsafeBuffer frames() {
        return frames;
    }

    int instruments() {
        return books.size();
    }

    int count() {
        return count;
    }

    int offset(int frame) {
        return offsets[frame];
    }

    int length(int frame) {
        return offsets[frame + 1] - offsets[frame];
    }

    /** Encodes the definition of an instrument; returns its length. */
    int definition(int id, ExpandableArrayBuffer target) {
        return InstrumentCodec.encode(table.byId(id), target, 0, START_NS);
    }

    /** Encodes the book that an instrument had in front of the first frame; returns the length of all messages. */
    int snapshot(int id, ExpandableArrayBuffer target) {
        return new SnapshotReader().encode(books.get(id), table.byId(id), 0, START_NS, SLOT_LENGTH, target);
    }
}
