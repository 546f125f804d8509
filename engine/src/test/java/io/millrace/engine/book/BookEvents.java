package io.millrace.engine.book;

import io.millrace.codecs.event.AggTradeEncoder;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.DecodeErrorEncoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.DepthSnapshotEncoder;
import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.event.InstrumentDefinitionEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.MarkPriceEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes events for tests, each message in an array of its own. */
final class BookEvents {
    static final int DEFAULT_SLOT_LENGTH = 1024;

    private static final int ROOT_LENGTH = 72;
    private static final int GROUP_HEADER = 8;
    private static final int LEVEL = 16;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 * 1024]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final int slotLength;
    long ingressNs = 1_000_000_000L;
    int gridVersion;

    BookEvents() {
        this(DEFAULT_SLOT_LENGTH);
    }

    BookEvents(int slotLength) {
        this.slotLength = slotLength;
    }

    byte[] definition(int id, int priority, int streams) {
        InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .tickMantissa(1)
                .lotMantissa(1)
                .priority(priority)
                .tickExponent((byte) 0)
                .lotExponent((byte) 0)
                .contractType(ContractType.PERPETUAL)
                .status(InstrumentStatus.TRADING);
        buffer.putShort(
                8 + InstrumentDefinitionEncoder.streamsEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
        encoder.symbol("SYM" + id);
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] ticker(int id, long updateId, long bidTicks, long bidLots, long askTicks, long askLots) {
        BookTickerEncoder encoder = new BookTickerEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .updateId(updateId)
                .bidTicks(bidTicks)
                .bidLots(bidLots)
                .askTicks(askTicks)
                .askLots(askLots);
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] trade(int id) {
        AggTradeEncoder encoder = new AggTradeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .aggTradeId(1)
                .firstTradeId(1)
                .lastTradeId(1)
                .priceTicks(100)
                .qtyLots(1)
                .buyerIsMaker(BooleanType.NO);
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] markPrice(int id, long markE8, long indexE8, long rateE8, long nextFundingTimeMs) {
        MarkPriceEncoder encoder = new MarkPriceEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .markPriceE8(markE8)
                .indexPriceE8(indexE8)
                .fundingRateE8(rateE8)
                .nextFundingTimeMs(nextFundingTimeMs);
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    /** Messages of one diff, cut as a decoder cuts it. */
    List<byte[]> diff(int id, long first, long last, long prev, long[][] bids, long[][] asks) {
        return depth(
                id,
                bids,
                asks,
                () -> new DepthDiffEncoder()
                        .wrapAndApplyHeader(buffer, 0, frame)
                        .firstUpdateId(first)
                        .lastUpdateId(last)
                        .prevUpdateId(prev));
    }

    /** Messages of one snapshot. */
    List<byte[]> snapshot(int id, long lastUpdateId, long commandId, long[][] bids, long[][] asks) {
        return depth(
                id,
                bids,
                asks,
                () -> new DepthSnapshotEncoder()
                        .wrapAndApplyHeader(buffer, 0, frame)
                        .lastUpdateId(lastUpdateId)
                        .commandId(commandId)
                        .reserved(0));
    }

    byte[] status(StreamState state, int streams, int... ids) {
        StreamStatusEncoder encoder = new StreamStatusEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame).state(state);
        buffer.putShort(8 + StreamStatusEncoder.streamsEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
        StreamStatusEncoder.InstrumentsEncoder group = encoder.instrumentsCount(ids.length);
        for (int id : ids) {
            group.next().instrumentId(id);
        }
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] tick() {
        ClockTickEncoder encoder = new ClockTickEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame).tick(1);
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] outcome(long commandId, CommandOutcomeCode code, long retryAtNs) {
        CommandOutcomeEncoder encoder = new CommandOutcomeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .commandId(commandId)
                .retryAtNs(retryAtNs)
                .venueCode(0)
                .httpStatus(0)
                .commandTemplateId(FetchSnapshotEncoder.TEMPLATE_ID)
                .outcome(code)
                .reason(OutcomeReason.NONE);
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] decodeError(int id, int streams) {
        DecodeErrorEncoder encoder = new DecodeErrorEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame).position(0).frameLength(1).reason(DecodeReason.SYNTAX);
        buffer.putShort(8 + DecodeErrorEncoder.streamEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
        encoder.putRaw(new byte[] {'x'}, 0, 1);
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] resync(int id) {
        OperatorCommandEncoder encoder = new OperatorCommandEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .targetSequence(-1)
                .action(OperatorAction.RESYNC_BOOK)
                .stage((short) 255)
                .reason("test");
        return finish(id, encoder.limit(), EventFlags.WHOLE);
    }

    byte[] runStarted() {
        RunStartedEncoder encoder = new RunStartedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, frame)
                .runEpoch(1)
                .lastInputSequence(-1)
                .lastOutputIndex(-1)
                .build("test")
                .configuration("");
        return finish(EventHeader.NO_INSTRUMENT, encoder.limit(), EventFlags.WHOLE);
    }

    private List<byte[]> depth(int id, long[][] bids, long[][] asks, Runnable root) {
        List<byte[]> messages = new ArrayList<>();
        int capacity = (slotLength - ROOT_LENGTH - 2 * GROUP_HEADER) / LEVEL;
        int bid = 0;
        int ask = 0;
        int flags = EventFlags.FIRST;
        do {
            int bidCount = Math.min(capacity, bids.length - bid);
            int askCount = Math.min(capacity - bidCount, asks.length - ask);
            root.run();
            int at = group(ROOT_LENGTH, bids, bid, bidCount);
            at = group(at, asks, ask, askCount);
            bid += bidCount;
            ask += askCount;
            if (bid == bids.length && ask == asks.length) {
                flags |= EventFlags.LAST;
            }
            messages.add(finish(id, at, flags));
            flags = 0;
        } while (bid < bids.length || ask < asks.length);
        return messages;
    }

    private int group(int at, long[][] levels, int from, int count) {
        buffer.putShort(at, (short) LEVEL, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(at + 2, (short) count, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(at + 4, 0);
        int next = at + GROUP_HEADER;
        for (int i = from; i < from + count; i++) {
            buffer.putLong(next, levels[i][0], ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(next + 8, levels[i][1], ByteOrder.LITTLE_ENDIAN);
            next += LEVEL;
        }
        return next;
    }

    private byte[] finish(int id, int length, int flags) {
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, flags);
        EventHeader.producer(buffer, 0, Producers.MARKET);
        EventHeader.instrumentId(buffer, 0, id);
        EventHeader.gridVersion(buffer, 0, gridVersion);
        EventHeader.connectionId(buffer, 0, 1);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, ingressNs);
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return message;
    }
}
