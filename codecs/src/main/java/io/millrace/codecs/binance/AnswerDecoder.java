package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import org.agrona.DirectBuffer;

/**
 * Reads what the venue answers to requests about orders: one answer of the WebSocket API with its id, status and rate
 * limits, or the body of a REST answer, which is an order, an error, or a list of both. Orders become OrderReport and
 * AlgoReport messages, one at a time.
 *
 * <p>Use: {@link #readAnswer} or {@link #readBody}; ask what came; then, while {@link #nextRow} is true, {@link
 * #isErrorRow} with {@link #code}, or {@link #encode}. No exception leaves these methods.
 *
 * <p><b>Thread:</b> confined to its owner, with an instrument table of that thread's own. <b>Allocation:</b> in the constructor
 * only.
 */
public final class AnswerDecoder {
    /** Result of {@link #requestId()} for an answer without an id that we could have sent. */
    public static final long NO_REQUEST = -1;
    /** Result of the counters of rate limits that an answer does not tell. */
    public static final int NOT_TOLD = -1;

    private static final int MAX_FRAME_LENGTH = 8 * 1024 * 1024;

    private static final int ID = 0;
    private static final int STATUS = 1;
    private static final int RESULT = 2;
    private static final int ERROR = 3;
    private static final int RATE_LIMITS = 4;
    private static final int CODE = 5;
    private static final int MESSAGE = 6;
    private static final int DATA = 7;
    private static final int RETRY_AFTER = 8;
    private static final int ORDER_ID = 9;
    private static final int ALGO_ID = 10;

    private static final int LIMIT_TYPE = 0;
    private static final int LIMIT_INTERVAL = 1;
    private static final int LIMIT_COUNT = 2;
    private static final int LIMIT_LIMIT = 3;
    private static final byte[][] LIMIT_TYPES = EventWriter.texts("REQUEST_WEIGHT", "ORDERS");
    private static final byte[][] LIMIT_INTERVALS = EventWriter.texts("MINUTE", "SECOND");

    private final FrameBuffer frame;
    private final byte[] bytes;
    private final EventScratch scratch = new EventScratch(OrderEventWriter.MAX_LENGTH, Producers.REST);
    private final DecodeFailure failure = new DecodeFailure();
    private final DecodeErrorWriter errors = new DecodeErrorWriter(scratch, failure);
    private final JsonScanner scanner;
    private final FieldReader fields;
    private final OrderEventWriter orders;
    private final FieldTable outer = new KeyTable(
            "id", "status", "result", "error", "rateLimits", "code", "msg", "data", "retryAfter", "orderId", "algoId");
    private final FieldTable limit = new KeyTable("rateLimitType", "interval", "count", "limit");
    private final FieldTable order = OrderFields.answeredOrder();
    private final FieldTable algo = OrderFields.answeredAlgo();
    private int rowAt;
    private boolean isList;
    private long requestId;
    private int status;
    private int code;
    private long retryAfterMs;
    private int messageStart;
    private boolean isAlgoRow;
    private final int[] used = new int[3];
    private final int[] limits = new int[3];

    /**
     * Makes a decoder.
     *
     * @param table instruments by symbol; what is added later is known at once.
     * @param maxLength most bytes of an answer, up to 8 MiB.
     */
    public AnswerDecoder(InstrumentTable table, int maxLength) {
        if (maxLength < 1024 || maxLength > MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException(
                    "maxLength=" + maxLength + " is outside 1024 to " + MAX_FRAME_LENGTH + " bytes");
        }
        frame = new FrameBuffer(maxLength);
        bytes = frame.bytes();
        scanner = new JsonScanner(frame, failure);
        fields = new FieldReader(frame, failure, table);
        orders = new OrderEventWriter(frame, fields, failure, scratch);
    }

    /**
     * Reads an answer of the WebSocket API.
     *
     * @param src holds the frame; it is copied, nothing of it is kept.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param connectionId 0 to 65535, goes into the events' headers.
     * @param ingressNs when it was read, goes into the events' headers.
     * @return whether it could be read; else {@link #encodeError} tells why.
     */
    public boolean readAnswer(DirectBuffer src, int offset, int length, int connectionId, long ingressNs) {
        if (!load(src, offset, length, connectionId, ingressNs) || !scanTop()) {
            return false;
        }
        status = (int) Math.min(fields.count(STATUS), Integer.MAX_VALUE);
        requestId = fields.isTold(ID) && isDigit(fields.require(ID)) ? fields.count(ID) : NO_REQUEST;
        int result = fields.isTold(RESULT) ? fields.require(RESULT) : -1;
        int error = fields.isTold(ERROR) ? fields.require(ERROR) : -1;
        int rateLimits = fields.isTold(RATE_LIMITS) ? fields.require(RATE_LIMITS) : -1;
        if (error >= 0) {
            readError(error);
        }
        readLimits(rateLimits);
        rows(result);
        return !failure.hasFailed();
    }

    /**
     * Reads the body of a REST answer.
     *
     * @param src holds the body; it is copied, nothing of it is kept.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param httpStatus of the answer.
     * @param ingressNs when it was read, goes into the events' headers.
     * @return whether it could be read; else {@link #encodeError} tells why.
     */
    public boolean readBody(DirectBuffer src, int offset, int length, int httpStatus, long ingressNs) {
        if (!load(src, offset, length, 0, ingressNs)) {
            return false;
        }
        status = httpStatus;
        int start = scanner.skipSpace(0);
        int end = scanner.skipValue(start, 1);
        if (end >= 0 && scanner.skipSpace(end) < frame.length()) {
            failure.fail(DecodeReason.SYNTAX, end);
        }
        if (failure.hasFailed() || (bytes[start] != '{' && bytes[start] != '[')) {
            failure.fail(DecodeReason.SYNTAX, start);
            return false;
        }
        if (bytes[start] == '{' && isError(start)) {
            readError(start);
            return !failure.hasFailed();
        }
        rows(start);
        return !failure.hasFailed();
    }

    private boolean load(DirectBuffer src, int offset, int length, int connectionId, long ingressNs) {
        scratch.begin(connectionId, ingressNs);
        failure.reset(length);
        errors.stream(null, 0);
        requestId = NO_REQUEST;
        status = 0;
        code = 0;
        retryAfterMs = 0;
        messageStart = -1;
        rowAt = -1;
        for (int i = 0; i < used.length; i++) {
            used[i] = NOT_TOLD;
            limits[i] = NOT_TOLD;
        }
        if (length > frame.maxLength()) {
            failure.failWhole(DecodeReason.TOO_LONG, 0);
            return false;
        }
        frame.load(src, offset, length);
        return true;
    }

    private boolean scanTop() {
        int start = scanner.skipSpace(0);
        int end = scan(start, 1, outer);
        if (end >= 0 && scanner.skipSpace(end) < frame.length()) {
            failure.fail(DecodeReason.SYNTAX, end);
        }
        return !failure.hasFailed();
    }

    /** An error has a code and names no order: the answer to a conditional order's cancel has both. */
    private boolean isError(int start) {
        return scan(start, 2, outer) >= 0 && outer.has(CODE) && !outer.has(ORDER_ID) && !outer.has(ALGO_ID);
    }

    private void readError(int start) {
        if (scan(start, 2, outer) < 0) {
            return;
        }
        // A quoted code stands in some answers, with the sign in front of it.
        int at = fields.require(CODE);
        if (at >= 0 && fields.isTold(CODE)) {
            boolean isQuoted = bytes[at] == '"';
            boolean isRead = isQuoted
                    ? fields.parseQuoted(at, true) >= 0
                    : fields.numbers().parse(at) >= 0;
            code = isRead ? (int) fields.numbers().mantissa() : 0;
        }
        messageStart = fields.isTold(MESSAGE) ? fields.require(MESSAGE) + 1 : -1;
        if (fields.isTold(DATA) && bytes[fields.require(DATA)] == '{' && scan(fields.require(DATA), 3, outer) >= 0) {
            retryAfterMs = fields.countIfTold(RETRY_AFTER);
        }
    }

    private void readLimits(int start) {
        if (start < 0 || bytes[start] != '[') {
            return;
        }
        int at = scanner.skipSpace(start + 1);
        while (bytes[at] != ']' && scan(at, 3, limit) >= 0) {
            int type = indexOf(LIMIT_TYPE, LIMIT_TYPES);
            int interval = indexOf(LIMIT_INTERVAL, LIMIT_INTERVALS);
            int kind = type == 0 ? 0 : interval == 1 ? 1 : 2;
            if (type >= 0 && interval >= 0) {
                used[kind] = (int) fields.count(LIMIT_COUNT);
                limits[kind] = (int) fields.count(LIMIT_LIMIT);
            }
            at = next(at);
        }
    }

    private int indexOf(int slot, byte[][] texts) {
        int start = fields.text(slot);
        return start < 0 ? -1 : fields.indexOf(start, texts);
    }

    private void rows(int start) {
        isList = start >= 0 && bytes[start] == '[';
        rowAt = isList ? scanner.skipSpace(start + 1) : start;
    }

    /** Goes to the next element of a list, or behind its last one. */
    private int next(int at) {
        int end = scanner.skipSpace(scanner.skipValue(at, 3));
        return bytes[end] == ',' ? scanner.skipSpace(end + 1) : end;
    }

    /**
     * Goes to the next order of the answer, the first at first.
     *
     * @return whether there is one; false too when it cannot be read, see {@link #hasFailed()}.
     */
    public boolean nextRow() {
        if (rowAt < 0 || bytes[rowAt] != '{') {
            return false;
        }
        int at = rowAt;
        rowAt = isList ? next(at) : -1;
        code = 0;
        messageStart = -1;
        if (scan(at, 3, outer) < 0) {
            return false;
        }
        isAlgoRow = outer.has(ALGO_ID);
        if (!isAlgoRow && !outer.has(ORDER_ID)) {
            if (outer.has(CODE)) {
                readError(at);
            }
            return !failure.hasFailed() && code != 0;
        }
        return scan(at, 3, isAlgoRow ? algo : order) >= 0;
    }

    /** Returns whether the row at hand says that a request of a batch failed: {@link #code()} says why. */
    public boolean isErrorRow() {
        return code != 0;
    }

    /** Returns whether the row at hand is a conditional order. */
    public boolean isAlgoRow() {
        return isAlgoRow;
    }

    /**
     * Encodes the order at hand as OrderReport or AlgoReport.
     *
     * @param commandId that it answers, 0 for none.
     * @param source of the report.
     * @param fallback contract of an answer that names none, as that to a conditional order's cancel; null if unknown.
     * @return bytes of the message from 0 of {@link #encoded()}; 0 if it cannot be read: then {@link #encodeError} tells why.
     */
    public int encode(long commandId, ReportSource source, InstrumentSpec fallback) {
        InstrumentSpec spec = fields.has(OrderFields.SYMBOL) ? fields.instrument(OrderFields.SYMBOL) : fallback;
        errors.stream(spec, 0);
        if (spec == null) {
            failure.failWhole(DecodeReason.UNKNOWN_SYMBOL, 0);
            return 0;
        }
        int length = isAlgoRow ? orders.algo(spec, source, commandId, 0, 0) : orders.order(spec, source, commandId, 0);
        return failure.hasFailed() ? 0 : length;
    }

    /**
     * Encodes why the answer could not be read, as DecodeError.
     *
     * @param src holds the answer still.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return bytes of the message from 0 of {@link #encoded()}.
     */
    public int encodeError(DirectBuffer src, int offset, int length) {
        return errors.write(src, offset, length);
    }

    /** The message last encoded, from 0. */
    public DirectBuffer encoded() {
        return scratch.buffer();
    }

    /** Returns whether something could not be read. */
    public boolean hasFailed() {
        return failure.hasFailed();
    }

    /** Returns the id of the request, {@link #NO_REQUEST} if it is no number. */
    public long requestId() {
        return requestId;
    }

    /** Returns the status, numbered as HTTP's. */
    public int status() {
        return status;
    }

    /** Returns the venue's error code of the answer or of the row at hand; 0 for none. */
    public int code() {
        return code;
    }

    /** Returns how long the venue wants us to wait, milliseconds or a point in epoch milliseconds as it was told; 0 if it was not. */
    public long retryAfterMs() {
        return retryAfterMs;
    }

    /** Returns the text of the error; empty if there is none. Allocates. */
    public String message() {
        if (messageStart < 0) {
            return "";
        }
        return frame.view()
                .getStringWithoutLengthUtf8(messageStart, scanner.skipString(messageStart) - 1 - messageStart);
    }

    /** Returns the request weight used in this minute, {@link #NOT_TOLD} if the answer does not say. */
    public int weightUsed() {
        return used[0];
    }

    /** Returns the request weight of a minute, {@link #NOT_TOLD} if the answer does not say. */
    public int weightLimit() {
        return limits[0];
    }

    /** Returns the orders counted in these ten seconds, {@link #NOT_TOLD} if the answer does not say. */
    public int ordersUsed10s() {
        return used[1];
    }

    /** Returns the orders of ten seconds, {@link #NOT_TOLD} if the answer does not say. */
    public int ordersLimit10s() {
        return limits[1];
    }

    /** Returns the orders counted in this minute, {@link #NOT_TOLD} if the answer does not say. */
    public int ordersUsed1m() {
        return used[2];
    }

    /** Returns the orders of a minute, {@link #NOT_TOLD} if the answer does not say. */
    public int ordersLimit1m() {
        return limits[2];
    }

    private int scan(int start, int depth, FieldTable table) {
        if (bytes[start] != '{') {
            return failure.fail(DecodeReason.SYNTAX, start);
        }
        table.clear();
        int end = scanner.scanObject(start, depth, table);
        fields.of(table, start);
        return end;
    }

    private boolean isDigit(int at) {
        return at >= 0 && NumberParser.isDigit(bytes[at]);
    }
}
