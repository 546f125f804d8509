package io.millrace.bench.market;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the book stage tells the features over a capture, kept in memory: views, trades, and depth measured at ten ticks a second. */
final class FeatureTape {
    static final byte VIEW = 0;
    static final byte TRADE = 1;
    static final byte DEPTH = 2;

    private static final long TICK_NS = 100_000_000;

    private final SlotContext slot;
    private final StageRegions regions;
    private final BookStage book = new BookStage(BookSettings.defaults());
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[Instruments.SLOT_LENGTH]);
    private byte[] kinds = new byte[1 << 16];
    private long[] times = new long[1 << 16];
    /** Of a trade price, quantity and 1 for a sale; of a view where it lies. */
    private long[] numbers = new long[3 << 16];

    private final ExpandableArrayBuffer views = new ExpandableArrayBuffer(1 << 24);
    private int viewsLength;
    private int count;
    private long sequence;

    FeatureTape(CaptureFrames frames) {
        regions = new StageRegions(64, book.viewLength(), book.commandsLength());
        slot = new SlotContext(StageIds.BOOK, regions);
        ReferenceEvents reference = new ReferenceEvents(frames);
        MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
        ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        apply(reference.definition(), reference.definition().capacity(), 0);
        apply(reference.runStarted(), reference.runStarted().capacity(), 0);
        apply(reference.subscribed(), reference.subscribed().capacity(), 0);
        long ns = 0;
        long tickNs = TICK_NS;
        for (int i = 0; i < frames.count(); i++) {
            ns += Instruments.MESSAGE_NS;
            if (ns >= tickNs) {
                apply(scratch, tick(scratch, tickNs), tickNs);
                tickNs += TICK_NS;
            }
            if (i == reference.snapshotBeforeFrame()) {
                apply(reference.snapshot(), reference.snapshot().capacity(), ns);
            }
            apply(
                    decoder.encoded(),
                    Math.max(0, decoder.decode(frames.buffer(), frames.offset(i), frames.length(i), 1, ns)),
                    ns);
        }
    }

    private static int tick(ExpandableArrayBuffer scratch, long ns) {
        ClockTickEncoder encoder = new ClockTickEncoder()
                .wrapAndApplyHeader(scratch, 0, new MessageHeaderEncoder())
                .tick(ns / TICK_NS);
        encoder.header().ingressNs(ns).instrumentId(EventHeader.NO_INSTRUMENT).flags(EventFlags.WHOLE);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        EventHeader.length(scratch, 0, length);
        return length;
    }

    private void apply(DirectBuffer messages, int length, long ns) {
        for (int at = 0; at < length; at += EventHeader.length(messages, at)) {
            int messageLength = EventHeader.length(messages, at);
            event.putBytes(0, messages, at, messageLength);
            slot.moveTo(sequence, sequence, event, 0, messageLength);
            book.onEvent(slot);
            keep(ns);
            sequence++;
        }
    }

    private void keep(long ns) {
        if (EventHeader.templateId(event, 0) == TradeDecoder.TEMPLATE_ID) {
            int body = 8;
            add(
                    TRADE,
                    ns,
                    event.getLong(body + TradeDecoder.priceTicksEncodingOffset(), LITTLE_ENDIAN),
                    event.getLong(body + TradeDecoder.qtyLotsEncodingOffset(), LITTLE_ENDIAN),
                    event.getByte(body + TradeDecoder.buyerIsMakerEncodingOffset()) == BooleanType.YES.value() ? 1 : 0);
        }
        int region = regions.offsetOf(sequence);
        int flags = regions.buffer().getInt(region + StageRegions.FLAGS_OFFSET);
        int view = region + StageRegions.VIEW_OFFSET;
        if ((flags & StageRegions.VIEW) != 0 && regions.buffer().getInt(view) >= 0) {
            copy(VIEW, ns, view, MarketView.LENGTH);
        }
        if ((flags & StageRegions.EXTRA_VIEW) != 0) {
            copy(DEPTH, ns, view + DepthView.FIRST_OFFSET, DepthView.LENGTH);
        }
    }

    private void copy(byte kind, long ns, int from, int length) {
        views.putBytes(viewsLength, regions.buffer(), from, length);
        add(kind, ns, viewsLength, 0, 0);
        viewsLength += length;
    }

    private void add(byte kind, long ns, long a, long b, long c) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            times = Arrays.copyOf(times, 2 * count);
            numbers = Arrays.copyOf(numbers, 6 * count);
        }
        kinds[count] = kind;
        times[count] = ns;
        numbers[3 * count] = a;
        numbers[3 * count + 1] = b;
        numbers[3 * count + 2] = c;
        count++;
    }

    int count() {
        return count;
    }

    byte kind(int index) {
        return kinds[index];
    }

    long ns(int index) {
        return times[index];
    }

    /** Returns one of three numbers of an event. */
    long number(int index, int which) {
        return numbers[3 * index + which];
    }

    DirectBuffer views() {
        return views;
    }
}
