package io.millrace.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.EngineDriver;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.status.CounterIds;
import io.millrace.gateway.marketdata.Conflator;
import io.millrace.gateway.marketdata.FeedCounters;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Frames that come at a fixed rate, which may be more than the engine can take: the feed reads what has come, up to some frames a turn, then every
 * stage has its turn. With {@code block} a frame that the ring refuses stays in the socket with all behind it.
 */
final class Overloaded {
    private static final int FRAMES_PER_TURN = 4_096;
    private static final int PLACES = 8_192;
    private static final int ARRIVALS = 1 << 16;
    private static final long SAMPLE_NS = 5_000_000;

    private final ScaleTape tape;
    private final int frames;
    private final double frameNs;
    private final Conflator conflator;
    private final EngineDriver driver;
    private final MarketDecoder decoder;
    private final FeedCounters counters = new FeedCounters();
    private final Histogram ages = new Histogram(60_000_000_000L, 3);
    private final ArrayNode samples = new ObjectMapper().createArrayNode();
    /** When the ticker of a sequence came, -1 for other events. */
    private final long[] arrivals = new long[ARRIVALS];

    private long nextSequence;
    private long startNs;
    private long nowNs;
    private long ageNs;
    private int read;
    private boolean isDecoded;
    private long mostWaiting;

    Overloaded(ScaleTape tape, int frames, double frameNs, boolean isConflating) {
        this.tape = tape;
        this.frames = frames;
        this.frameNs = frameNs;
        this.conflator = isConflating ? new Conflator(ScaleTape.SLOT_LENGTH, PLACES) : null;
        this.driver = ScaleRun.driver(tape, this::onRecord);
        this.decoder = new MarketDecoder(tape.table(), ScaleTape.SLOT_LENGTH);
        this.nextSequence = driver.engine().nextSequence();
    }

    void run() {
        Arrays.fill(arrivals, -1);
        startNs = System.nanoTime();
        long nextSampleNs = 0;
        boolean isMore = true;
        while (isMore) {
            nowNs = System.nanoTime() - startNs;
            int due = (int) Math.min(frames, nowNs / frameNs);
            feed(due);
            nowNs = System.nanoTime() - startNs;
            driver.turn();
            long waiting = (long) due - read + (conflator == null ? 0 : conflator.size());
            mostWaiting = Math.max(mostWaiting, waiting);
            if (nowNs >= nextSampleNs) {
                nextSampleNs += SAMPLE_NS;
                samples.addObject()
                        .put("ms", nowNs / 1e6)
                        .put("waiting", waiting)
                        .put("ageMs", ageNs / 1e6);
            }
            isMore = read < frames || waiting > 0 || !driver.engine().isDrained();
        }
        nowNs = System.nanoTime() - startNs;
    }

    private void feed(int due) {
        if (conflator != null) {
            while (!conflator.isEmpty() && isTaken(conflator.first(), conflator.firstLength())) {
                conflator.removeFirst();
            }
        }
        int last = Math.min(due, read + FRAMES_PER_TURN);
        while (read < last) {
            if (!isDecoded) {
                long ingressNs = ScaleTape.START_NS + (long) (read * frameNs);
                isDecoded = decoder.decode(tape.frames(), tape.offset(read), tape.length(read), 1, ingressNs) > 0;
            }
            if (isDecoded && !isPassed()) {
                return;
            }
            isDecoded = false;
            read++;
        }
    }

    private boolean isPassed() {
        int length = decoder.encodedLength();
        boolean isFree = conflator == null || conflator.isEmpty();
        if (isFree && isTaken(decoder.encoded(), length)) {
            return true;
        }
        if (conflator == null || conflator.isFull()) {
            return false;
        }
        conflator.add(decoder.encoded(), length, counters);
        return true;
    }

    private boolean isTaken(DirectBuffer range, int length) {
        if (driver.engine().marketInlet().offer(range, 0, length) != Inlet.ACCEPTED) {
            return false;
        }
        boolean isTicker = EventHeader.templateId(range, 0) == BookTickerDecoder.TEMPLATE_ID;
        for (int at = 0; at < length; at += EventHeader.length(range, at)) {
            arrivals[(int) nextSequence++ & ARRIVALS - 1] =
                    isTicker ? EventHeader.ingressNs(range, at) - ScaleTape.START_NS : -1;
        }
        return true;
    }

    private void onRecord(long sequence, DirectBuffer buffer, int offset, int length) {
        long arrivedNs = arrivals[(int) sequence & ARRIVALS - 1];
        if (arrivedNs >= 0) {
            ageNs = Math.max(0, nowNs - arrivedNs);
            ages.recordValue(ageNs);
            arrivals[(int) sequence & ARRIVALS - 1] = -1;
        }
    }

    ObjectNode toJson() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("policy", conflator == null ? "block" : "conflate")
                .put("offeredForMs", Math.round(frames * frameNs / 1e6))
                .put("doneAfterMs", Math.round(nowNs / 1e6))
                .put("mostWaiting", mostWaiting)
                .put("touches", ages.getTotalCount())
                .put("ageP50Us", ages.getValueAtPercentile(50) / 1_000)
                .put("ageP99Us", ages.getValueAtPercentile(99) / 1_000)
                .put("ageMaxUs", ages.getMaxValue() / 1_000)
                .put("mergedDiffs", conflator == null ? 0 : conflator.mergedDiffs())
                .put("replacedTickers", conflator == null ? 0 : conflator.replacedTickers())
                .put("conflatedEvents", driver.engine().counters().get(CounterIds.MARKET_CONFLATED))
                .put("liveBooks", ScaleRun.live(driver))
                .set("samples", samples);
        return node;
    }
}
