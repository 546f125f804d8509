package io.millrace.engine.book;

import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.ResubscribeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives a book stage without a ring and collects what it says. */
final class StageHarness {
    static final int ALL_STREAMS = 0xFF;
    static final int DEPTH_BIT = Streams.bit(Streams.DEPTH);
    static final int TICKER_BIT = Streams.bit(Streams.BOOK_TICKER);

    record Fetch(int instrumentId, long commandId, long deadlineNs, int depthLimit, int attempt, long atNs) {}

    record Resubscribe(int instrumentId, long commandId, long deadlineNs, int streams, long atNs) {}

    final BookStage stage;
    final BookEvents events = new BookEvents();
    final List<Fetch> fetches = new ArrayList<>();
    final List<Resubscribe> resubscribes = new ArrayList<>();
    final Map<Integer, MarketView> views = new HashMap<>();
    final List<Long> digests = new ArrayList<>();
    final List<byte[]> messages = new ArrayList<>();
    final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private final StageRegions regions;
    private final SlotContext slot;
    long sequence;
    boolean hasView;
    int changes;

    StageHarness(BookSettings settings) {
        stage = new BookStage(settings);
        regions = new StageRegions(64, stage.viewLength(), stage.commandsLength());
        slot = new SlotContext(StageIds.BOOK, regions, regions);
    }

    StageHarness() {
        this(BookSettings.defaults());
    }

    void define(int... ids) {
        for (int id : ids) {
            apply(events.definition(id, 0, ALL_STREAMS));
        }
    }

    void diff(int id, long first, long last, long prev, long[][] bids, long[][] asks) {
        events.diff(id, first, last, prev, bids, asks).forEach(this::apply);
    }

    /** A diff of one id that sets one bid. */
    void bid(int id, long updateId, long ticks, long lots) {
        diff(id, updateId, updateId, updateId - 1, levels(ticks, lots), levels());
    }

    void snapshot(int id, long lastUpdateId, long commandId, long[][] bids, long[][] asks) {
        events.snapshot(id, lastUpdateId, commandId, bids, asks).forEach(this::apply);
    }

    void ticker(int id, long updateId, long bidTicks, long bidLots, long askTicks, long askLots) {
        apply(events.ticker(id, updateId, bidTicks, bidLots, askTicks, askLots));
    }

    /** Lets engine time pass in steps of 10 ms. */
    void pass(long ms) {
        long untilNs = events.ingressNs + TimeUnit.MILLISECONDS.toNanos(ms);
        while (events.ingressNs < untilNs) {
            events.ingressNs = Math.min(untilNs, events.ingressNs + 10_000_000);
            apply(events.tick());
        }
    }

    /** Defines an instrument and brings its book to life at update id 10: bids 100, 99, asks 101, 102 of 5 lots each. */
    void live(int id) {
        define(id);
        bid(id, 10, 98, 5);
        Fetch fetch = fetches.get(fetches.size() - 1);
        snapshot(id, 10, fetch.commandId(), levels(100, 5, 99, 5), levels(101, 5, 102, 5));
    }

    void apply(byte[] message) {
        event.wrap(message);
        apply(event, 0, message.length);
        messages.add(message);
    }

    void apply(DirectBuffer buffer, int offset, int length) {
        moveTo(buffer, offset, length);
        stage.onEvent(slot);
        collect();
    }

    /** As an engine does at a quarantined event. */
    void skip(byte[] message) {
        event.wrap(message);
        moveTo(event, 0, message.length);
        stage.onSkip(slot);
        collect();
        messages.add(message);
    }

    /** As an engine does at an event at which the stage threw, at the latest moment it could have. */
    void applyAndSkip(byte[] message) {
        event.wrap(message);
        moveTo(event, 0, message.length);
        stage.onEvent(slot);
        slot.clearRegion();
        stage.onSkip(slot);
        collect();
        messages.add(message);
    }

    /** The depth that was measured at the last event. */
    List<DepthView> depthViews() {
        List<DepthView> views = new ArrayList<>();
        int region = regions.offsetOf(sequence - 1);
        UnsafeBuffer buffer = regions.buffer();
        boolean isThere = (buffer.getInt(region + StageRegions.FLAGS_OFFSET) & StageRegions.EXTRA_VIEW) != 0;
        for (int i = 0; isThere && i < DepthView.MAX_VIEWS; i++) {
            int at = region + StageRegions.VIEW_OFFSET + DepthView.FIRST_OFFSET + i * DepthView.LENGTH;
            byte[] copy = new byte[DepthView.LENGTH];
            buffer.getBytes(at, copy);
            DepthView view = new DepthView().wrap(new UnsafeBuffer(copy), 0);
            if (view.instrumentId() < 0) {
                break;
            }
            views.add(view);
        }
        return views;
    }

    MarketView view(int id) {
        return views.get(id);
    }

    BookReport report(int id) {
        return stage.reports().stream()
                .filter(report -> report.instrumentId() == id)
                .findFirst()
                .orElseThrow();
    }

    int state(int id) {
        return report(id).state().value();
    }

    Fetch lastFetch() {
        return fetches.get(fetches.size() - 1);
    }

    /** Prices and quantities in turn. */
    static long[][] levels(long... ticksAndLots) {
        long[][] levels = new long[ticksAndLots.length / 2][];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new long[] {ticksAndLots[2 * i], ticksAndLots[2 * i + 1]};
        }
        return levels;
    }

    private void moveTo(DirectBuffer buffer, int offset, int length) {
        slot.moveTo(sequence, sequence, buffer, offset, length);
        sequence++;
    }

    private void collect() {
        long ringSequence = sequence - 1;
        int region = regions.offsetOf(ringSequence);
        UnsafeBuffer buffer = regions.buffer();
        digests.add(buffer.getLong(region + StageRegions.DIGEST_OFFSET));
        hasView = (buffer.getInt(region + StageRegions.FLAGS_OFFSET) & StageRegions.VIEW) != 0;
        changes = 0;
        if (hasView) {
            byte[] copy = new byte[MarketView.LENGTH];
            buffer.getBytes(region + StageRegions.VIEW_OFFSET, copy);
            MarketView view = new MarketView().wrap(new UnsafeBuffer(copy), 0);
            changes = view.changes();
            views.put(view.instrumentId(), view);
        }
        int at = regions.commandsOffset(region);
        int end = at + buffer.getInt(region + StageRegions.COMMANDS_LENGTH_OFFSET);
        while (at < end) {
            collectCommand(buffer, at);
            at += EventHeader.length(buffer, at);
        }
    }

    private void collectCommand(DirectBuffer buffer, int at) {
        MessageHeaderDecoder frame = new MessageHeaderDecoder();
        int id = EventHeader.instrumentId(buffer, at);
        long atNs = EventHeader.ingressNs(buffer, at);
        if (EventHeader.templateId(buffer, at) == FetchSnapshotDecoder.TEMPLATE_ID) {
            FetchSnapshotDecoder fetch = new FetchSnapshotDecoder().wrapAndApplyHeader(buffer, at, frame);
            fetches.add(
                    new Fetch(id, fetch.commandId(), fetch.deadlineNs(), fetch.depthLimit(), fetch.attempt(), atNs));
        } else {
            ResubscribeDecoder again = new ResubscribeDecoder().wrapAndApplyHeader(buffer, at, frame);
            int streams = buffer.getShort(at + 8 + ResubscribeDecoder.streamsEncodingOffset());
            resubscribes.add(new Resubscribe(id, again.commandId(), again.deadlineNs(), streams, atNs));
        }
    }
}
