package io.millrace.engine.book;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.Telemetry;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * The first stage: sets engine time, keeps the instruments' books and the touch, asks for snapshots, watches the streams, and
 * writes a {@link MarketView} into its region whenever one changed.
 *
 * <p><b>Thread:</b> the book agent; reports after it stopped.
 */
public final class BookStage implements Stage {
    /** Bytes of a root block up to the groups of a depth message. */
    private static final int DEPTH_ROOT_LENGTH = 8 + DepthDiffDecoder.BLOCK_LENGTH;

    /** Room for six commands of an event; what does not fit waits for the next event. */
    private static final int COMMANDS_LENGTH = 6 * 80;

    private static final int FIRST_PLAIN_TEMPLATE = 4;
    private static final int LAST_PLAIN_TEMPLATE = 9;

    private final Moment moment = new Moment();
    private final InstrumentList instruments;
    private final SnapshotScheduler scheduler;
    private final StreamWatch watch;
    private final BookSync sync;
    private final TouchView touch;
    private final BookControl control;
    private final DepthMeter meter;
    private long engineNs;

    /**
     * Makes the stage.
     *
     * @param settings of the books.
     */
    public BookStage(BookSettings settings) {
        DiffBuffers buffers = new DiffBuffers(settings.buffer());
        instruments = new InstrumentList(buffers);
        scheduler = new SnapshotScheduler(settings.snapshots(), moment, instruments);
        watch = new StreamWatch(settings, moment, instruments);
        sync = new BookSync(settings, moment, buffers, scheduler);
        touch = new TouchView(moment, sync);
        meter = new DepthMeter(moment, instruments, settings.costNotionalE8());
        control = new BookControl(moment, instruments, scheduler, watch, sync);
    }

    @Override
    public int id() {
        return StageIds.BOOK;
    }

    @Override
    public int viewLength() {
        return MarketView.LENGTH + DepthView.TOTAL_LENGTH;
    }

    @Override
    public int commandsLength() {
        return COMMANDS_LENGTH;
    }

    @Override
    public void onEvent(SlotContext slot) {
        begin(slot);
        int template = moment.templateId();
        BookInstrument own = moment.own;
        if (own != null) {
            instruments.touch(own);
        }
        switch (template) {
            case DepthDiffDecoder.TEMPLATE_ID -> {
                if (own != null) {
                    watch.seen(own, Streams.DEPTH);
                    sync.onDiff(own);
                }
            }
            case BookTickerDecoder.TEMPLATE_ID -> {
                if (own != null) {
                    watch.seen(own, Streams.BOOK_TICKER);
                    touch.onTicker(own);
                }
            }
            case DepthSnapshotDecoder.TEMPLATE_ID -> {
                if (own != null) {
                    sync.onSnapshot(own);
                }
            }
            default -> {
                if (template < FIRST_PLAIN_TEMPLATE || template > LAST_PLAIN_TEMPLATE) {
                    control.onEvent(template);
                } else if (own != null) {
                    watch.seen(own, template - FIRST_PLAIN_TEMPLATE + Streams.AGG_TRADE);
                }
            }
        }
        if (scheduler.isDue(moment.nowNs)) {
            scheduler.work();
        }
        if (watch.isDue(moment.nowNs)) {
            watch.scan();
        }
        if (template == ClockTickDecoder.TEMPLATE_ID) {
            meter.measure(slot);
        }
        conclude(slot);
    }

    @Override
    public void onSkip(SlotContext slot) {
        if (moment.sequence == slot.sequence()) {
            moment.restore();
            scheduler.restore();
            watch.restore();
            meter.restore();
            instruments.restore();
        }
        begin(slot);
        control.skip(moment.templateId());
        scheduler.rebuild();
        if (moment.own != null) {
            moment.own.isViewDue = true;
        }
        conclude(slot);
    }

    @Override
    public long stateHash() {
        return stateHash(instruments.hash());
    }

    /** Returns {@link #stateHash()} worked out from everything anew; slow, to check with. */
    long stateHashFromScratch() {
        return stateHash(instruments.hashFromScratch());
    }

    /** Returns the reports of all defined instruments by id; only after the stage's thread has stopped. */
    public List<BookReport> reports() {
        List<BookReport> reports = new ArrayList<>();
        for (int i = 0; i < instruments.size(); i++) {
            if (instruments.defined(i) != null) {
                reports.add(BookReport.of(instruments.at(i)));
            }
        }
        return reports;
    }

    /**
     * Returns an instrument's book, null if it has none; only on the stage's thread or after that has stopped.
     *
     * @param instrumentId id.
     */
    public OrderBook book(int instrumentId) {
        BookInstrument in = instruments.defined(instrumentId);
        return in == null ? null : in.book;
    }

    /**
     * Makes an agent that tells about the books; it has to run on the stage's thread.
     *
     * @param telemetry is written to.
     * @param clock paces and stamps.
     * @param intervalNs between two reports of a book.
     */
    public BookTelemetryAgent telemetryAgent(Telemetry telemetry, NanoClock clock, long intervalNs) {
        return new BookTelemetryAgent(instruments, telemetry, clock, intervalNs);
    }

    /** Returns the bytes that the price levels of all books take, free pages included; only as {@link #book}. */
    public long pageBytes() {
        return sync.pages().bytesMade();
    }

    private void begin(SlotContext slot) {
        moment.begin(slot);
        engineNs = Math.max(engineNs, moment.word(EventHeader.INGRESS_NS_OFFSET));
        slot.engineNs(engineNs);
        moment.nowNs = engineNs;
        moment.own = instruments.defined(moment.instrumentId());
        scheduler.save();
        watch.save();
        meter.save();
        instruments.save();
    }

    private void conclude(SlotContext slot) {
        BookInstrument own = moment.own;
        boolean isRestDue = moment.scope != MarketView.SCOPE_INSTRUMENT || moment.changedCount() > 0;
        if (own != null && (own.isViewDue || isRestDue)) {
            // Half of an update is nobody's to see: what it changes waits for its last chunk.
            if (own.sync.mode != SyncState.APPLYING) {
                touch.refresh(own);
                own.isViewDue = false;
                TouchView.write(own, slot);
            } else if (isRestDue) {
                TouchView.write(own, slot);
            }
        } else if (isRestDue) {
            TouchView.writeNothing(slot);
        }
        if (isRestDue) {
            TouchView.writeRest(moment, slot);
        }
        int words = moment.isInBook ? DEPTH_ROOT_LENGTH : moment.length;
        long bookHash = own == null || own.book == null ? 0 : own.book.hash();
        slot.digest(Mix.fold(moment.hash(words), bookHash));
    }

    private long stateHash(long instrumentsHash) {
        long hash = Mix.fold(instrumentsHash, engineNs);
        hash = Mix.fold(hash, scheduler.hash());
        hash = Mix.fold(hash, meter.hash());
        return Mix.of(Mix.fold(hash, watch.hash()));
    }
}
