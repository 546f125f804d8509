package io.millrace.codecs.binance;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportEncoder;
import io.millrace.codecs.event.AccountSettingsEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.MarginCallEncoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import org.agrona.DirectBuffer;

/**
 * Turns one frame of the private stream, raw or combined, into encoded events: ORDER_TRADE_UPDATE into OrderReport,
 * TRADE_LITE into FillNotice, ALGO_UPDATE into AlgoReport, ACCOUNT_UPDATE into AccountReport, ACCOUNT_CONFIG_UPDATE into
 * AccountSettings, MARGIN_CALL into MarginCall. A listenKeyExpired is told by {@link #isKeyExpired()}; replies and events of
 * other types are counted. Field order does not matter, unknown fields and unknown words for states and types are borne. Everything else
 * that is wrong ends in a DecodeError event; no exception leaves {@link #decode}.
 *
 * <p><b>Thread:</b> confined to its owner, with an instrument table of that thread's own. <b>Allocation:</b> none but when an
 * account update has more rows than any before.
 */
public final class PrivateDecoder {
    private static final int MAX_CALLED = 8;
    private static final int MAX_FRAME_LENGTH = 256 * 1024;

    private static final int EVENT = 0;
    private static final int EVENT_TIME = 1;
    private static final int TRANSACT_TIME = 2;
    private static final int ORDER = 3;
    private static final int ACCOUNT = 4;
    private static final int SYMBOL_CONFIG = 5;
    private static final int ACCOUNT_CONFIG = 6;
    private static final int STREAM = 7;
    private static final int DATA = 8;
    private static final int RESULT = 9;
    private static final int ERROR = 10;
    private static final int CODE = 11;
    private static final int CROSS_WALLET = 12;
    private static final int CALLED = 13;

    private static final int REASON = 0;
    private static final int BALANCES = 1;
    private static final int POSITIONS = 2;

    private static final int ROW_SYMBOL = 0;
    private static final int ROW_ASSET = 1;
    private static final int ROW_WALLET = 2;
    private static final int ROW_CROSS = 3;
    private static final int ROW_CHANGE = 4;
    private static final int ROW_AMOUNT = 5;
    private static final int ROW_ENTRY = 6;
    private static final int ROW_REALIZED = 7;
    private static final int ROW_UNREALIZED = 8;
    private static final int ROW_MARGIN_TYPE = 9;
    private static final int ROW_ISOLATED = 10;
    private static final int ROW_LEVERAGE = 11;
    private static final int ROW_MULTI_ASSETS = 12;
    private static final int ROW_MARK_PRICE = 13;
    private static final int ROW_MAINTENANCE = 14;

    private static final byte[][] EVENTS = EventWriter.texts(
            "ORDER_TRADE_UPDATE",
            "TRADE_LITE",
            "ALGO_UPDATE",
            "ACCOUNT_UPDATE",
            "ACCOUNT_CONFIG_UPDATE",
            "MARGIN_CALL",
            "listenKeyExpired");
    private static final byte[][] REASONS = EventWriter.texts(
            "ORDER",
            "FUNDING_FEE",
            "DEPOSIT",
            "WITHDRAW",
            "ADJUSTMENT",
            "INSURANCE_CLEAR",
            "MARGIN_TRANSFER",
            "MARGIN_TYPE_CHANGE",
            "ASSET_TRANSFER",
            "AUTO_EXCHANGE");
    private static final byte[][] MARGIN_TYPES = EventWriter.texts("cross", "isolated");

    private final FrameBuffer frame = new FrameBuffer(MAX_FRAME_LENGTH);
    private final byte[] bytes = frame.bytes();
    private final EventScratch scratch;
    private final DecodeFailure failure = new DecodeFailure();
    private final DecodeErrorWriter errors;
    private final DecodeCounters counters = new DecodeCounters();
    private final JsonScanner scanner = new JsonScanner(frame, failure);
    private final FieldReader fields;
    private final OrderEventWriter orders;
    private final AccountWriter account;
    private final AccountSettingsEncoder settings = new AccountSettingsEncoder();
    private final MarginCallEncoder marginCall = new MarginCallEncoder();
    private final FieldTable outer =
            new KeyTable("e", "E", "T", "o", "a", "ac", "ai", "stream", "data", "result", "error", "code", "cw", "p");
    private final FieldTable update = new KeyTable("m", "B", "P");
    private final FieldTable row =
            new KeyTable("s", "a", "wb", "cw", "bc", "pa", "ep", "cr", "up", "mt", "iw", "l", "j", "mp", "mm");
    private final FieldTable order = OrderFields.streamOrder();
    private final FieldTable algo = OrderFields.streamAlgo();
    private DirectBuffer encoded;
    private int encodedLength;
    private InstrumentSpec instrument;
    private boolean isKeyExpired;

    /**
     * Makes a decoder.
     *
     * @param table instruments by symbol; what is added later is known at once.
     * @param slotLength bytes that the longest message may have, at least {@link MarketDecoder#MIN_SLOT_LENGTH}.
     */
    public PrivateDecoder(InstrumentTable table, int slotLength) {
        if (slotLength < MarketDecoder.MIN_SLOT_LENGTH) {
            throw new IllegalArgumentException("slotLength=" + slotLength + " is below " + MarketDecoder.MIN_SLOT_LENGTH
                    + ", a decode error would not fit");
        }
        scratch = new EventScratch(OrderEventWriter.MAX_LENGTH, Producers.ACCOUNT);
        errors = new DecodeErrorWriter(scratch, failure);
        fields = new FieldReader(frame, failure, table);
        orders = new OrderEventWriter(frame, fields, failure, scratch);
        account = new AccountWriter(Producers.ACCOUNT, slotLength);
        encoded = scratch.buffer();
    }

    /**
     * Decodes one frame.
     *
     * @param src holds the frame; it is copied, nothing of it is kept.
     * @param offset of the frame's first byte.
     * @param length of the frame in bytes.
     * @param connectionId 0 to 65535, goes into the events' headers.
     * @param ingressNs when the frame was read, goes into the events' headers.
     * @return above 0: bytes of whole messages in {@link #encoded()} from 0; 0: nothing to publish; below 0: minus the value
     *     of the {@link DecodeReason}, and {@link #encoded()} holds a DecodeError to publish.
     */
    public int decode(DirectBuffer src, int offset, int length, int connectionId, long ingressNs) {
        counters.frames++;
        isKeyExpired = false;
        encoded = scratch.buffer();
        scratch.begin(connectionId, ingressNs);
        account.origin(connectionId, ingressNs);
        failure.reset(length);
        if (length > frame.maxLength()) {
            failure.failWhole(DecodeReason.TOO_LONG, 0);
            return refuse(src, offset, length);
        }
        frame.load(src, offset, length);
        encodedLength = decodeTop();
        if (failure.hasFailed()) {
            return refuse(src, offset, length);
        }
        counters.messages += encodedLength > 0 ? 1 : 0;
        return encodedLength;
    }

    private int refuse(DirectBuffer src, int offset, int length) {
        counters.errors++;
        encoded = scratch.buffer();
        encodedLength = errors.write(src, offset, length);
        return -failure.reason().value();
    }

    private int decodeTop() {
        int start = scanner.skipSpace(0);
        int end = scan(start, 1, outer);
        if (end < 0) {
            return end;
        }
        end = scanner.skipSpace(end);
        if (end < frame.length()) {
            return failure.fail(DecodeReason.SYNTAX, end);
        }
        if (outer.has(STREAM) && outer.has(DATA)) {
            start = fields.require(DATA);
            if (start < 0 || scan(start, 2, outer) < 0) {
                return -1;
            }
        }
        if (!outer.has(EVENT) && (outer.has(RESULT) || outer.has(ERROR) || outer.has(CODE))) {
            counters.controlReplies++;
            return 0;
        }
        int name = fields.text(EVENT);
        return name < 0 ? -1 : decodeEvent(fields.indexOf(name, EVENTS), start);
    }

    private int decodeEvent(int event, int start) {
        if (event < 0) {
            counters.unknownEvents++;
            return 0;
        }
        long eventTimeMs = fields.count(EVENT_TIME);
        isKeyExpired = event == EVENTS.length - 1 && !failure.hasFailed();
        if (isKeyExpired) {
            return 0;
        }
        long transactTimeMs = fields.countIfTold(TRANSACT_TIME);
        return switch (event) {
            case 0 -> enter(fields.require(ORDER), order) && hasInstrument() ? order(eventTimeMs) : -1;
            case 1 -> enter(start, order) && hasInstrument() ? orders.fill(instrument, eventTimeMs) : -1;
            case 2 ->
                enter(fields.require(ORDER), algo) && hasInstrument()
                        ? orders.algo(instrument, ReportSource.STREAM, 0, eventTimeMs, transactTimeMs)
                        : -1;
            case 3 -> account(eventTimeMs, transactTimeMs);
            case 4 -> settings(eventTimeMs, transactTimeMs);
            default -> marginCall(eventTimeMs);
        };
    }

    private int order(long eventTimeMs) {
        return orders.order(instrument, ReportSource.STREAM, 0, eventTimeMs);
    }

    private boolean hasInstrument() {
        instrument = fields.instrument(OrderFields.SYMBOL);
        errors.stream(instrument, 0);
        if (instrument == null && !failure.hasFailed()) {
            failure.failWhole(DecodeReason.UNKNOWN_SYMBOL, fields.require(OrderFields.SYMBOL));
        }
        return instrument != null;
    }

    private int account(long eventTimeMs, long transactTimeMs) {
        int start = fields.require(ACCOUNT);
        if (!enter(start, update)) {
            return -1;
        }
        int name = fields.text(REASON);
        int index = name < 0 ? -1 : fields.indexOf(name, REASONS);
        AccountReason reason =
                index < 0 ? AccountReason.OTHER : AccountReason.get((short) (AccountReason.ORDER.value() + index));
        account.begin(reason, 0, eventTimeMs, transactTimeMs);
        int balances = fields.has(BALANCES) ? fields.require(BALANCES) : -1;
        int positions = fields.has(POSITIONS) ? fields.require(POSITIONS) : -1;
        readRows(balances, true);
        readRows(positions, false);
        if (failure.hasFailed()) {
            return -1;
        }
        int length = account.end();
        encoded = account.encoded();
        return length;
    }

    private void readRows(int start, boolean areBalances) {
        if (start < 0) {
            return;
        }
        if (bytes[start] != '[') {
            failure.fail(DecodeReason.SYNTAX, start);
            return;
        }
        int at = scanner.skipSpace(start + 1);
        while (bytes[at] != ']' && enter(at, row)) {
            if (areBalances) {
                readBalance();
            } else {
                readPosition();
            }
            at = nextRow(at);
        }
    }

    /** Goes behind a row and its comma; the scan has seen that no comma stands alone. */
    private int nextRow(int at) {
        int end = scanner.skipSpace(scanner.skipValue(at, 4));
        return bytes[end] == ',' ? scanner.skipSpace(end + 1) : end;
    }

    private int countRows(int start) {
        int count = 0;
        int at = scanner.skipSpace(start + 1);
        while (bytes[at] != ']') {
            count++;
            at = nextRow(at);
        }
        return count;
    }

    private void readBalance() {
        account.balance(
                fields.word(ROW_ASSET),
                fields.signedE8(ROW_WALLET),
                fields.signedE8(ROW_CROSS),
                fields.signedE8IfTold(ROW_CHANGE),
                AccountReportEncoder.BalancesEncoder.availableE8NullValue());
    }

    private void readPosition() {
        InstrumentSpec spec = fields.instrument(ROW_SYMBOL);
        if (spec == null) {
            // A contract that nobody here knows: that there is something is told, how much cannot be.
            account.position(null, 0, 0, 0, MarginType.UNKNOWN);
            account.amounts(0, 0, 0, 0);
            return;
        }
        long positionLots = fields.signedLots(ROW_AMOUNT, spec);
        boolean hasEntry = fields.decimalIfTold(ROW_ENTRY);
        long entryMantissa = hasEntry ? fields.numbers().mantissa() : 0;
        int entryExponent = hasEntry ? -fields.numbers().scale() : 0;
        int name = fields.isTold(ROW_MARGIN_TYPE) ? fields.text(ROW_MARGIN_TYPE) : -1;
        int type = name < 0 ? -1 : fields.indexOf(name, MARGIN_TYPES);
        account.position(
                spec,
                positionLots,
                entryMantissa,
                entryExponent,
                type < 0 ? MarginType.UNKNOWN : type == 0 ? MarginType.CROSSED : MarginType.ISOLATED);
        account.amounts(
                fields.signedE8IfTold(ROW_REALIZED),
                fields.signedE8IfTold(ROW_UNREALIZED),
                fields.signedE8IfTold(ROW_ISOLATED),
                0);
    }

    private int settings(long eventTimeMs, long transactTimeMs) {
        boolean isOfSymbol = fields.has(SYMBOL_CONFIG);
        int start = isOfSymbol ? fields.require(SYMBOL_CONFIG) : fields.require(ACCOUNT_CONFIG);
        if (!enter(start, row) || (isOfSymbol && !hasInstrument())) {
            return -1;
        }
        int length = 8 + AccountSettingsEncoder.BLOCK_LENGTH;
        long header = EventScratch.frame(AccountSettingsEncoder.TEMPLATE_ID, AccountSettingsEncoder.BLOCK_LENGTH);
        scratch.header(0, header, length, isOfSymbol ? instrument : null, eventTimeMs, transactTimeMs);
        settings.wrap(scratch.buffer(), 8)
                .commandId(0)
                .maxNotionalE8(0)
                .leverage(isOfSymbol ? (int) Math.min(fields.count(ROW_LEVERAGE), 1000) : 0)
                .marginType(MarginType.UNKNOWN)
                .hedgeMode(BooleanType.NULL_VAL)
                .multiAssets(isOfSymbol ? BooleanType.NULL_VAL : multiAssets())
                .canTrade(BooleanType.NULL_VAL)
                .canWithdraw(BooleanType.NULL_VAL);
        scratch.lengthAndFlags(0, length, EventFlags.WHOLE);
        return length;
    }

    /** A margin call is guidance: the first positions are enough. */
    private int marginCall(long eventTimeMs) {
        long header = EventScratch.frame(MarginCallEncoder.TEMPLATE_ID, MarginCallEncoder.BLOCK_LENGTH);
        scratch.header(0, header, 0, null, eventTimeMs, 0);
        marginCall.wrap(scratch.buffer(), 8).crossWalletE8(fields.signedE8IfTold(CROSS_WALLET));
        int start = fields.require(CALLED);
        if (start < 0 || bytes[start] != '[') {
            return failure.fail(DecodeReason.SYNTAX, Math.max(start, 0));
        }
        int count = Math.min(countRows(start), MAX_CALLED);
        MarginCallEncoder.PositionsEncoder positions = marginCall.positionsCount(count);
        int at = scanner.skipSpace(start + 1);
        for (int i = 0; i < count && enter(at, row); i++) {
            InstrumentSpec spec = fields.instrument(ROW_SYMBOL);
            positions
                    .next()
                    .positionLots(spec == null ? 0 : fields.signedLots(ROW_AMOUNT, spec))
                    .markPriceE8(fields.signedE8IfTold(ROW_MARK_PRICE))
                    .unrealizedE8(fields.signedE8IfTold(ROW_UNREALIZED))
                    .maintenanceE8(fields.signedE8IfTold(ROW_MAINTENANCE))
                    .instrumentId(spec == null ? EventHeader.NO_INSTRUMENT : spec.id());
            at = nextRow(at);
        }
        int length = 8 + marginCall.encodedLength();
        scratch.lengthAndFlags(0, length, EventFlags.WHOLE);
        return length;
    }

    private BooleanType multiAssets() {
        return fields.bool(ROW_MULTI_ASSETS) ? BooleanType.YES : BooleanType.NO;
    }

    /** Scans an object and goes on reading in it. */
    private boolean enter(int start, FieldTable table) {
        return start >= 0 && scan(start, 3, table) >= 0;
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

    /** The messages of the last frame, from 0 to {@link #encodedLength()}; overwritten by the next {@link #decode}. */
    public DirectBuffer encoded() {
        return encoded;
    }

    /** Bytes of all messages of the last frame together; 0 if there are none. */
    public int encodedLength() {
        return encodedLength;
    }

    /** Returns whether the last frame said that the listen key is dead: nothing follows until a new one is used. */
    public boolean isKeyExpired() {
        return isKeyExpired;
    }

    /** What this decoder has seen. */
    public DecodeCounters counters() {
        return counters;
    }
}
