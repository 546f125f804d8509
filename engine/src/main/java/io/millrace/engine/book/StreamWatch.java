package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.ResubscribeEncoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.pipeline.SlotContext;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Notices streams that fell silent on a connection that lives, marks them, and asks for them again. Instruments are looked at
 * in turn, a few every few milliseconds of engine time, so that no event pays for all of them.
 */
final class StreamWatch {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int STEP_INSTRUMENTS = 64;
    /** However few there are, nobody is looked at more often: thresholds are seconds. */
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int COMMAND_LENGTH = BitUtil.align(8 + ResubscribeEncoder.BLOCK_LENGTH, Long.BYTES);
    private static final int MAX_DOUBLINGS = 20;

    private final BookSettings.Watch settings;
    private final long maxAgeNs;
    private final Moment moment;
    private final InstrumentList instruments;
    private final long[] thresholdsNs;
    private final int watched;
    private final ResubscribeEncoder encoder = new ResubscribeEncoder();
    private long nextScanNs;
    private int cursor;
    private long savedNextScanNs;
    private int savedCursor;

    StreamWatch(BookSettings settings, Moment moment, InstrumentList instruments) {
        this.settings = settings.watch();
        this.maxAgeNs = settings.snapshots().maxAgeNs();
        this.moment = moment;
        this.instruments = instruments;
        thresholdsNs = this.settings.thresholdsNs();
        int bits = 0;
        for (int stream = 0; stream < Streams.COUNT; stream++) {
            bits |= thresholdsNs[stream] > 0 ? Streams.bit(stream) : 0;
        }
        watched = bits;
    }

    /** Remembers what an event that turns out to be poison must not change. */
    void save() {
        savedNextScanNs = nextScanNs;
        savedCursor = cursor;
    }

    /** Goes back to {@link #save}. */
    void restore() {
        nextScanNs = savedNextScanNs;
        cursor = savedCursor;
    }

    /** Returns whether {@link #scan} has anything to do at this engine time. */
    boolean isDue(long nowNs) {
        return nowNs >= nextScanNs;
    }

    /** Looks at the instruments whose turn it is; after a long pause of engine time at all of them. */
    void scan() {
        int all = instruments.size();
        long intervalNs = Math.max(STEP_NS, ROUND_NS * STEP_INSTRUMENTS / Math.max(STEP_INSTRUMENTS, all));
        long steps = 1 + (moment.nowNs - nextScanNs) / intervalNs;
        int left = steps > all / STEP_INSTRUMENTS ? all : (int) steps * STEP_INSTRUMENTS;
        for (; left > 0; left--) {
            if (!moment.hasRoom()) {
                return;
            }
            cursor = cursor + 1 < all ? cursor + 1 : 0;
            BookInstrument in = instruments.at(cursor);
            if (in != null && in.sync.isDefined && (in.sync.subscribed & watched) != 0) {
                check(in);
            }
        }
        nextScanNs = moment.nowNs + intervalNs;
    }

    /** An event of a stream came. */
    void seen(BookInstrument in, int stream) {
        SyncState sync = in.sync;
        sync.lastSeenNs[stream] = moment.nowNs;
        if (sync.staleStreams != 0 && (sync.staleStreams & Streams.bit(stream)) != 0) {
            sync.staleStreams &= ~Streams.bit(stream);
            if (sync.staleStreams == 0) {
                sync.resubscribeAttempt = 0;
            }
            in.isViewDue = true;
        }
    }

    /** Returns the hash of what later behaviour depends on and no instrument has. */
    long hash() {
        return Mix.of(Mix.fold(nextScanNs, cursor));
    }

    private void check(BookInstrument in) {
        SyncState sync = in.sync;
        int silent = 0;
        for (int bits = sync.subscribed & watched; bits != 0; bits &= bits - 1) {
            int stream = Integer.numberOfTrailingZeros(bits);
            if (moment.nowNs - sync.lastSeenNs[stream] > thresholdsNs[stream]) {
                silent |= Streams.bit(stream);
            }
        }
        int fresh = silent & ~sync.staleStreams;
        if (fresh == 0 && (silent == 0 || moment.nowNs < sync.resubscribeAtNs)) {
            return;
        }
        moment.save(in);
        instruments.touch(in);
        if (fresh != 0) {
            sync.staleStreams |= fresh;
            in.tally.silences += Integer.bitCount(fresh);
            if ((fresh & Streams.bit(Streams.DEPTH)) != 0 && sync.state == SyncState.LIVE) {
                // The levels are kept: if the next diff continues the chain, nothing was missed.
                sync.state = SyncState.STALE;
                sync.floorUpdateId = Math.max(sync.floorUpdateId, sync.bookUpdateId);
            }
            moment.report(in);
        }
        if (moment.nowNs >= sync.resubscribeAtNs && moment.slot.hasRoomForCommand(COMMAND_LENGTH)) {
            resubscribe(in);
        }
    }

    private void resubscribe(BookInstrument in) {
        SyncState sync = in.sync;
        long pauseNs = settings.resubscribeNs() << Math.min(sync.resubscribeAttempt, MAX_DOUBLINGS);
        sync.resubscribeAtNs = moment.nowNs + Math.min(pauseNs, settings.maxResubscribeNs());
        sync.resubscribeAttempt = Math.min(sync.resubscribeAttempt + 1, MAX_DOUBLINGS);
        SlotContext slot = moment.slot;
        long commandId = slot.nextCommandId();
        int at = slot.claimCommand(COMMAND_LENGTH);
        UnsafeBuffer buffer = slot.regionBuffer();
        buffer.setMemory(at, COMMAND_LENGTH, (byte) 0);
        EventHeader.putFrame(
                buffer,
                at,
                ResubscribeEncoder.BLOCK_LENGTH,
                ResubscribeEncoder.TEMPLATE_ID,
                ResubscribeEncoder.SCHEMA_ID,
                ResubscribeEncoder.SCHEMA_VERSION);
        SnapshotScheduler.putHeader(buffer, at, COMMAND_LENGTH, in, moment.nowNs);
        encoder.wrap(buffer, at + 8)
                .commandId(commandId)
                .causeSequence(slot.sequence())
                .deadlineNs(moment.nowNs + maxAgeNs);
        buffer.putShort(at + 8 + ResubscribeEncoder.streamsEncodingOffset(), (short) sync.staleStreams, LITTLE_ENDIAN);
    }
}
