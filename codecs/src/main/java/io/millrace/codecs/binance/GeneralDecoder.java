package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;

/**
 * Reads a frame in two passes: the first checks the JSON grammar of all of it and notes where the known fields stand, the
 * second reads them. Takes fields in any order, skips unknown ones, and knows why and where a frame is bad. Not the fast
 * way; the templates are.
 */
final class GeneralDecoder {
    /** The frame was read; there is nothing to publish. */
    static final int NOTHING = 0;
    /** The frame is bad; the failure says why. */
    static final int FAILED = -1;

    /** No message of one row is longer. */
    private static final int ROW_LENGTH = 256;

    private static final int SYMBOL = FieldTable.slot('s');
    private static final byte[][] EVENTS = EventWriter.texts(
            "depthUpdate",
            "bookTicker",
            "aggTrade",
            "trade",
            "markPriceUpdate",
            "kline",
            "forceOrder",
            "24hrTicker"); // in the order of Streams

    private final FrameBuffer frame;
    private final byte[] bytes;
    private final DecodeFailure failure;
    private final DecodeCounters counters;
    private final EventScratch scratch;
    private final JsonScanner scanner;
    private final FieldReader reader;
    private final EventWriter events;
    private final DepthReader depth;
    private final FieldTable top = new FieldTable();
    private final FieldTable row = new FieldTable();
    private final FieldTable inner = new FieldTable();
    private InstrumentSpec instrument;
    private int stream;
    private boolean isAllMarket;

    GeneralDecoder(
            FrameBuffer frame,
            DecodeFailure failure,
            DecodeCounters counters,
            InstrumentTable instruments,
            EventScratch scratch,
            DepthWriter writer) {
        this.frame = frame;
        this.bytes = frame.bytes();
        this.failure = failure;
        this.counters = counters;
        this.scratch = scratch;
        scanner = new JsonScanner(frame, failure);
        reader = new FieldReader(frame, failure, instruments);
        events = new EventWriter(reader, failure, scratch);
        depth = new DepthReader(frame, reader, scanner, failure, writer);
    }

    /** Instrument of the last frame or row that was looked at, null if it was not known. */
    InstrumentSpec instrument() {
        return instrument;
    }

    /** Stream of the last frame or row, an index of {@link Streams}, -1 if it was not known. */
    int stream() {
        return stream;
    }

    /** Returns the bytes encoded, {@link #NOTHING} or {@link #FAILED}. */
    int decode() {
        instrument = null;
        stream = -1;
        isAllMarket = false;
        top.clear();
        int start = scanner.skipSpace(0);
        boolean isArray = bytes[start] == '[';
        int end = isArray ? scanner.skipValue(start, 1) : scanTop(start);
        if (end < 0) {
            return FAILED;
        }
        end = scanner.skipSpace(end);
        if (end < frame.length()) {
            return failure.fail(DecodeReason.SYNTAX, end);
        }
        int length = isArray ? decodeRows(start) : decodeTop(start);
        return failure.hasFailed() ? FAILED : length;
    }

    private int scanTop(int start) {
        return bytes[start] == '{' ? scanner.scanObject(start, 1, top) : failure.fail(DecodeReason.SYNTAX, start);
    }

    private int decodeTop(int start) {
        if (top.has(FieldTable.slot('e'))) {
            return decodeEvent(top, start, 0);
        }
        reader.of(top, start);
        if (top.has(FieldTable.DATA) && top.has(FieldTable.STREAM)) {
            int stream = reader.require(FieldTable.STREAM);
            int data = reader.require(FieldTable.DATA);
            if (stream < 0 || data < 0) {
                return FAILED;
            }
            isAllMarket = bytes[stream] == '"' && bytes[stream + 1] == '!';
            return bytes[data] == '[' ? decodeRows(data) : decodeObject(data, 0);
        }
        if (top.has(FieldTable.RESULT) || top.has(FieldTable.CODE) || top.has(FieldTable.ERROR)) {
            counters.controlReplies++;
            return NOTHING;
        }
        return failure.failWhole(DecodeReason.MISSING_FIELD, start);
    }

    private int decodeRows(int start) {
        isAllMarket = true;
        int at = 0;
        int p = scanner.skipSpace(start + 1);
        while (bytes[p] != ']') {
            if (at + ROW_LENGTH > scratch.capacity()) {
                return failure.failWhole(DecodeReason.TOO_LONG, p);
            }
            int length = decodeObject(p, at);
            if (length < 0) {
                return length;
            }
            at += length;
            p = scanner.skipSpace(scanner.skipValue(p, 2));
            p = bytes[p] == ',' ? scanner.skipSpace(p + 1) : p; // the scan has seen that no comma stands alone
        }
        return at;
    }

    private int decodeObject(int start, int at) {
        if (bytes[start] != '{') {
            return failure.fail(DecodeReason.SYNTAX, start);
        }
        row.clear();
        if (scanner.scanObject(start, 2, row) < 0) {
            return FAILED;
        }
        return decodeEvent(row, start, at);
    }

    private int decodeEvent(FieldTable fields, int start, int at) {
        reader.of(fields, start);
        instrument = null;
        int name = reader.text(FieldTable.slot('e'));
        if (name < 0) {
            return FAILED;
        }
        stream = reader.indexOf(name, EVENTS);
        if (stream < 0) {
            counters.unknownEvents++;
            return NOTHING;
        }
        if (reader.has(FieldTable.ST) && reader.integer(FieldTable.ST) != 1 && !failure.hasFailed()) {
            counters.otherProductRows++;
            return NOTHING;
        }
        if (failure.hasFailed()) {
            return FAILED;
        }
        return switch (stream) {
            case Streams.KLINE -> decodeKline(start, at);
            case Streams.FORCE_ORDER -> decodeForceOrder(at);
            default -> findInstrument() ? decodeFlat(start, at) : noInstrument();
        };
    }

    private int decodeFlat(int start, int at) {
        if (stream == Streams.DEPTH) {
            // Depth comes one update a frame: its chunks begin at 0.
            return at == 0 ? depth.read(instrument) : failure.failWhole(DecodeReason.SYNTAX, start);
        }
        int length = switch (stream) {
            case Streams.BOOK_TICKER -> events.bookTicker(at, instrument);
            case Streams.AGG_TRADE -> events.aggTrade(at, instrument);
            case Streams.TRADE -> events.trade(at, instrument);
            case Streams.MARK_PRICE -> events.markPrice(at, instrument);
            default -> events.ticker24h(at, instrument);
        };
        if (failure.hasFailed()) {
            return FAILED;
        }
        if (length == 0) {
            counters.emptyTrades++;
        }
        return length;
    }

    private int decodeKline(int start, int at) {
        long eventTimeMs = reader.count('E');
        if (!findInstrument()) {
            return noInstrument();
        }
        InstrumentSpec outer = instrument;
        if (!enter(reader.require(FieldTable.slot('k'))) || !findInstrument()) {
            return noInstrument();
        }
        if (outer.id() != instrument.id()) {
            return failure.failWhole(DecodeReason.SYNTAX, start);
        }
        return events.kline(at, instrument, eventTimeMs);
    }

    private int decodeForceOrder(int at) {
        long eventTimeMs = reader.count('E');
        if (!enter(reader.require(FieldTable.slot('o'))) || !findInstrument()) {
            return noInstrument();
        }
        return events.forceOrder(at, instrument, eventTimeMs);
    }

    /** Goes on reading in the object at {@code start}. */
    private boolean enter(int start) {
        if (start < 0) {
            return false;
        }
        if (bytes[start] != '{') {
            failure.fail(DecodeReason.SYNTAX, start);
            return false;
        }
        inner.clear();
        if (scanner.scanObject(start, 3, inner) < 0) {
            return false;
        }
        reader.of(inner, start);
        return true;
    }

    private boolean findInstrument() {
        instrument = reader.instrument();
        return instrument != null;
    }

    /** All-market streams name every contract there is; elsewhere a strange symbol is an error. */
    private int noInstrument() {
        if (failure.hasFailed()) {
            return FAILED;
        }
        if (isAllMarket) {
            counters.otherSymbolRows++;
            return NOTHING;
        }
        return failure.failWhole(DecodeReason.UNKNOWN_SYMBOL, reader.require(SYMBOL));
    }
}
