package io.millrace.engine.pipeline;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.DepthSnapshotEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import java.util.Random;
import org.agrona.MutableDirectBuffer;

/** One instrument's book of twelve levels a side, and the events that tell of it. */
final class TinyVenue {
    static final int LEVELS = 12;
    static final long BEST_BID = 999;
    static final long BEST_ASK = 1_001;

    private final int instrumentId;
    private final Random random;
    private final long[] bidLots = new long[LEVELS];
    private final long[] askLots = new long[LEVELS];
    private long updateId = 1_000;
    private long previousId;
    private long nowNs;

    TinyVenue(int instrumentId, Random random) {
        this.instrumentId = instrumentId;
        this.random = random;
        for (int i = 0; i < LEVELS; i++) {
            bidLots[i] = 1L + random.nextInt(100);
            askLots[i] = 1L + random.nextInt(100);
        }
    }

    long bestBidLots() {
        return bidLots[0];
    }

    int definition(MutableDirectBuffer buffer, long ingressNs) {
        InstrumentSpec spec = new InstrumentSpec(
                instrumentId,
                1,
                "TINY" + instrumentId,
                Grid.parse("0.1"),
                Grid.parse("0.001"),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                instrumentId,
                Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER));
        return InstrumentCodec.encode(spec, buffer, 0, ingressNs);
    }

    /** Moves the book on; a hidden move is never told. The best levels are never deleted. */
    int diff(MutableDirectBuffer buffer, long ingressNs, boolean isInChunks) {
        previousId = updateId;
        nowNs = ingressNs;
        updateId += 1 + random.nextInt(3);
        int[] changed = random.ints(4, 0, LEVELS).sorted().distinct().toArray();
        for (int i : changed) {
            bidLots[i] = i > 0 && random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100);
            askLots[i] = i > 0 && random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(100);
        }
        if (!isInChunks) {
            return chunk(buffer, 0, EventFlags.WHOLE, changed, changed);
        }
        int first = chunk(buffer, 0, EventFlags.FIRST, changed, new int[0]);
        return first + chunk(buffer, first, EventFlags.LAST, new int[0], changed);
    }

    private int chunk(MutableDirectBuffer buffer, int offset, int flags, int[] bids, int[] asks) {
        DepthDiffEncoder encoder = new DepthDiffEncoder();
        encoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
        encoder.firstUpdateId(previousId + 1).lastUpdateId(updateId).prevUpdateId(previousId);
        DepthDiffEncoder.BidsEncoder bidsGroup = encoder.bidsCount(bids.length);
        for (int i : bids) {
            bidsGroup.next().priceTicks(BEST_BID - i).qtyLots(bidLots[i]);
        }
        DepthDiffEncoder.AsksEncoder asksGroup = encoder.asksCount(asks.length);
        for (int i : asks) {
            asksGroup.next().priceTicks(BEST_ASK + i).qtyLots(askLots[i]);
        }
        return header(buffer, offset, encoder.limit() - offset, flags, Producers.MARKET, nowNs);
    }

    int snapshot(MutableDirectBuffer buffer, long commandId, long ingressNs) {
        DepthSnapshotEncoder encoder = new DepthSnapshotEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.lastUpdateId(updateId).commandId(commandId).reserved(0);
        DepthSnapshotEncoder.BidsEncoder bids = encoder.bidsCount(countOf(bidLots));
        for (int i = 0; i < LEVELS; i++) {
            if (bidLots[i] > 0) {
                bids.next().priceTicks(BEST_BID - i).qtyLots(bidLots[i]);
            }
        }
        DepthSnapshotEncoder.AsksEncoder asks = encoder.asksCount(countOf(askLots));
        for (int i = 0; i < LEVELS; i++) {
            if (askLots[i] > 0) {
                asks.next().priceTicks(BEST_ASK + i).qtyLots(askLots[i]);
            }
        }
        return header(buffer, 0, encoder.limit(), EventFlags.WHOLE, Producers.REST, ingressNs);
    }

    private static int countOf(long[] lots) {
        int count = 0;
        for (long l : lots) {
            count += l > 0 ? 1 : 0;
        }
        return count;
    }

    private int header(MutableDirectBuffer buffer, int offset, int length, int flags, int producer, long ingressNs) {
        EventHeader.length(buffer, offset, length);
        EventHeader.flags(buffer, offset, flags);
        EventHeader.producer(buffer, offset, producer);
        EventHeader.instrumentId(buffer, offset, instrumentId);
        EventHeader.gridVersion(buffer, offset, 1);
        EventHeader.connectionId(buffer, offset, 1);
        EventHeader.eventTimeMs(buffer, offset, ingressNs / 1_000_000);
        EventHeader.transactTimeMs(buffer, offset, ingressNs / 1_000_000);
        EventHeader.ingressNs(buffer, offset, ingressNs);
        return length;
    }
}
