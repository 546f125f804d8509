package io.millrace.app.inspect;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One pass over a capture: the product's own decoder, its messages copied into slots, and the registered book stage over
 * them, as in a live engine, on one thread.
 */
final class BookPass {
    private static final int SLOTS = 1024;
    private static final int SLOT_LENGTH = 1024;
    private static final int MAX_TEMPLATES = 128;
    private static final int CONNECTION = 1;

    private final InstrumentTable table = new InstrumentTable();
    private final MarketDecoder decoder = new MarketDecoder(table, SLOT_LENGTH);
    private final SnapshotReader snapshots = new SnapshotReader();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(1 << 16);
    private final BookStage stage = new BookStage(BookSettings.defaults());
    private final StageRegions regions;
    private final MarketView view = new MarketView();
    private final UnsafeBuffer slots;
    private final SlotContext context;
    private final long[] framesByTemplate = new long[MAX_TEMPLATES];
    private long sequence;
    private long ignored;

    /** What looks on; the timed passes have none. */
    interface Observer {
        /**
         * A frame was applied.
         *
         * @param decoded holds its first message at 0.
         * @param templateId of that message.
         * @param view what the book stage says after its last message, null for nothing new.
         * @param stage to look into.
         */
        void onFrame(DirectBuffer decoded, int templateId, MarketView view, BookStage stage);
    }

    BookPass(List<InstrumentSpec> instruments, long firstNs) {
        regions = new StageRegions(SLOTS, stage.viewLength(), stage.commandsLength());
        slots = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SLOTS * SLOT_LENGTH, BitUtil.CACHE_LINE_LENGTH));
        context = new SlotContext(StageIds.BOOK, regions);
        for (InstrumentSpec instrument : instruments) {
            table.put(instrument);
            apply(scratch, InstrumentCodec.encode(instrument, scratch, 0, firstNs));
        }
    }

    /** Decodes and applies all frames of a block, snapshots too. */
    void run(CaptureBlock block, Observer observer) {
        for (int i = 0; i < block.frames(); i++) {
            if (SnapshotLines.isSnapshot(block, i)) {
                snapshot(block, i, observer);
            } else {
                frame(block, i, observer);
            }
        }
    }

    /**
     * Decodes and applies stream frames from a place on, up to the next snapshot: what is timed.
     *
     * @return the place of the snapshot, or the number of frames.
     */
    int runFrames(CaptureBlock block, int from) {
        int i = from;
        while (i < block.frames() && !SnapshotLines.isSnapshot(block, i)) {
            frame(block, i, null);
            i++;
        }
        return i;
    }

    /** Applies a snapshot that stands in the capture. Cold: read with Jackson, as the gateway does. */
    void snapshot(CaptureBlock block, int frame, Observer observer) {
        InstrumentSpec spec = SnapshotLines.instrument(block, frame, table);
        if (spec == null) {
            ignored++;
            return;
        }
        ByteBuffer body = SnapshotLines.body(block, frame);
        int length;
        try {
            length = snapshots.encode(body, spec, 0, block.receivedNs(frame), SLOT_LENGTH, scratch);
        } catch (IllegalArgumentException e) {
            framesByTemplate[DecodeErrorDecoder.TEMPLATE_ID]++;
            return;
        }
        applied(scratch, length, observer);
    }

    BookStage stage() {
        return stage;
    }

    /** Returns the frames whose first message had this template. */
    long frames(int templateId) {
        return framesByTemplate[templateId];
    }

    /** Returns the lines that are neither frames of a stream nor snapshots that can be used. */
    long ignored() {
        return ignored;
    }

    private void frame(CaptureBlock block, int i, Observer observer) {
        int length = decoder.decode(block.buffer(), block.offset(i), block.length(i), CONNECTION, block.receivedNs(i));
        if (length == 0) {
            ignored++;
            return;
        }
        applied(decoder.encoded(), length < 0 ? decoder.encodedLength() : length, observer);
    }

    private void applied(DirectBuffer messages, int length, Observer observer) {
        int templateId = EventHeader.templateId(messages, 0);
        framesByTemplate[templateId]++;
        apply(messages, length);
        if (observer != null) {
            observer.onFrame(messages, templateId, lastView(), stage);
        }
    }

    private void apply(DirectBuffer messages, int length) {
        int offset = 0;
        while (offset < length) {
            int messageLength = EventHeader.length(messages, offset);
            int slot = ((int) sequence & (SLOTS - 1)) * SLOT_LENGTH;
            slots.putBytes(slot, messages, offset, messageLength);
            context.moveTo(sequence, sequence, slots, slot, messageLength);
            stage.onEvent(context);
            sequence++;
            offset += messageLength;
        }
    }

    private MarketView lastView() {
        int region = regions.offsetOf(sequence - 1);
        int flags = regions.buffer().getInt(region + StageRegions.FLAGS_OFFSET);
        return (flags & StageRegions.VIEW) == 0 ? null : view.wrap(regions.buffer(), region + StageRegions.VIEW_OFFSET);
    }
}
