package io.millrace.engine.book;

import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.pipeline.SlotContext;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides whose turn it is to be synced: those whose depth stream is alive, by priority, then by how long they have waited;
 * a few at a time and within a share of the venue's request weight, which comes back with engine time.
 */
final class SnapshotScheduler {
    /** Most requests without an answer. */
    static final int MAX_IN_FLIGHT = 16;

    private static final int COMMAND_LENGTH = BitUtil.align(8 + FetchSnapshotEncoder.BLOCK_LENGTH, Long.BYTES);

    private final BookSettings.Snapshots settings;
    private final Moment moment;
    private final InstrumentList instruments;
    private final long weightNs;
    private final long burstNs;
    private final BookInstrument[] inFlight = new BookInstrument[MAX_IN_FLIGHT];
    private final FetchSnapshotEncoder encoder = new FetchSnapshotEncoder();
    private int inFlightCount;
    /** Engine time up to which weight is used: it may run ahead of engine time by {@link #burstNs}. */
    private long accountNs;

    private long savedAccountNs;
    /** Nothing can start before this time unless {@link #kick} is called; not part of the state. */
    private long nextPumpNs;

    private long nextTimeoutNs = Long.MAX_VALUE;

    SnapshotScheduler(BookSettings.Snapshots settings, Moment moment, InstrumentList instruments) {
        this.settings = settings;
        this.moment = moment;
        this.instruments = instruments;
        weightNs = settings.weightNs();
        burstNs = settings.burstNs();
    }

    /** Remembers what an event that turns out to be poison must not change. */
    void save() {
        savedAccountNs = accountNs;
    }

    /** Goes back to {@link #save}. */
    void restore() {
        accountNs = savedAccountNs;
    }

    /** Finds out anew which requests are without an answer. */
    void rebuild() {
        inFlightCount = 0;
        nextTimeoutNs = Long.MAX_VALUE;
        for (int i = 0; i < instruments.size(); i++) {
            BookInstrument in = instruments.at(i);
            if (in != null && in.sync.commandId != SyncState.NO_COMMAND) {
                inFlight[inFlightCount++] = in;
                nextTimeoutNs = Math.min(nextTimeoutNs, in.sync.answerDueNs);
            }
        }
        kick();
    }

    /** Something changed that may let a request start. */
    void kick() {
        nextPumpNs = Long.MIN_VALUE;
    }

    /** Returns whether {@link #work} could do anything at this engine time. */
    boolean isDue(long nowNs) {
        return nowNs >= nextPumpNs || nowNs >= nextTimeoutNs;
    }

    /** Gives up requests whose answer is overdue and starts those whose turn has come. */
    void work() {
        if (moment.nowNs >= nextTimeoutNs) {
            expire();
        }
        pump();
    }

    /** Starts requests as long as one may start. */
    void pump() {
        while (moment.nowNs >= nextPumpNs) {
            if (inFlightCount >= settings.maxInFlight()) {
                nextPumpNs = Long.MAX_VALUE;
                return;
            }
            long allowedNs = accountNs + weightNs - burstNs;
            if (moment.nowNs < allowedNs) {
                nextPumpNs = allowedNs;
                return;
            }
            BookInstrument next = pick();
            if (next == null || !moment.slot.hasRoomForCommand(COMMAND_LENGTH) || !moment.hasRoom()) {
                return;
            }
            start(next);
        }
    }

    /** Returns the instrument that a command belongs to, or null. */
    BookInstrument find(long commandId) {
        for (int i = 0; i < inFlightCount; i++) {
            if (inFlight[i].sync.commandId == commandId) {
                return inFlight[i];
            }
        }
        return null;
    }

    /** The instrument's request, if it has one, needs no answer any more. */
    void release(BookInstrument in) {
        if (in.sync.commandId == SyncState.NO_COMMAND) {
            return;
        }
        in.sync.commandId = SyncState.NO_COMMAND;
        in.sync.answerDueNs = 0;
        for (int i = 0; i < inFlightCount; i++) {
            if (inFlight[i] == in) {
                inFlight[i] = inFlight[--inFlightCount];
                inFlight[inFlightCount] = null;
                break;
            }
        }
        kick();
    }

    /**
     * The instrument's request came to nothing: it asks again after a pause.
     *
     * @param in the instrument.
     * @param retryAtNs not before this engine time, 0 if nobody said.
     */
    void fail(BookInstrument in, long retryAtNs) {
        release(in);
        retry(in, retryAtNs);
        in.tally.snapshotsFailed++;
    }

    /** The instrument asks (again) after a pause that grows with each attempt. */
    void retry(BookInstrument in, long retryAtNs) {
        SyncState sync = in.sync;
        sync.attempt = Math.min(sync.attempt + 1, 1000);
        sync.needsSnapshot = true;
        sync.notBeforeNs = Math.max(moment.nowNs + settings.delayNs(sync.attempt), retryAtNs);
        kick();
    }

    /** Returns the hash of what later behaviour depends on and no instrument has. */
    long hash() {
        return Mix.of(accountNs);
    }

    private void expire() {
        for (int i = inFlightCount - 1; i >= 0; i--) {
            BookInstrument in = inFlight[i];
            if (moment.nowNs >= in.sync.answerDueNs && moment.hasRoomToSave()) {
                moment.save(in);
                instruments.touch(in);
                fail(in, 0);
            }
        }
        nextTimeoutNs = Long.MAX_VALUE;
        for (int i = 0; i < inFlightCount; i++) {
            nextTimeoutNs = Math.min(nextTimeoutNs, inFlight[i].sync.answerDueNs);
        }
    }

    private BookInstrument pick() {
        BookInstrument best = null;
        long earliestNs = Long.MAX_VALUE;
        for (int i = 0; i < instruments.size(); i++) {
            BookInstrument in = instruments.at(i);
            if (in == null || !isWaiting(in.sync)) {
                continue;
            }
            if (in.sync.notBeforeNs > moment.nowNs) {
                earliestNs = Math.min(earliestNs, in.sync.notBeforeNs);
            } else if (best == null || isNeededBefore(in, best)) {
                best = in;
            }
        }
        if (best == null) {
            nextPumpNs = earliestNs;
        }
        return best;
    }

    private static boolean isNeededBefore(BookInstrument in, BookInstrument other) {
        return in.priority == other.priority
                ? in.sync.waitingSinceNs < other.sync.waitingSinceNs
                : in.priority < other.priority;
    }

    private static boolean isWaiting(SyncState sync) {
        return sync.isDefined && sync.needsSnapshot && sync.isDepthSeen && sync.commandId == SyncState.NO_COMMAND;
    }

    private void start(BookInstrument in) {
        SlotContext slot = moment.slot;
        moment.save(in);
        instruments.touch(in);
        SyncState sync = in.sync;
        sync.commandId = slot.nextCommandId();
        long deadlineNs = moment.nowNs + settings.maxAgeNs();
        sync.answerDueNs = deadlineNs + settings.answerTimeoutNs();
        nextTimeoutNs = Math.min(nextTimeoutNs, sync.answerDueNs);
        inFlight[inFlightCount++] = in;
        accountNs = Math.max(accountNs, moment.nowNs) + weightNs;
        if (sync.state != SyncState.WAIT_SNAPSHOT) {
            sync.state = SyncState.WAIT_SNAPSHOT;
            moment.report(in);
        }
        int at = slot.claimCommand(COMMAND_LENGTH);
        UnsafeBuffer buffer = slot.regionBuffer();
        putHeader(buffer, at, COMMAND_LENGTH, in, moment.nowNs);
        EventHeader.putFrame(
                buffer,
                at,
                FetchSnapshotEncoder.BLOCK_LENGTH,
                FetchSnapshotEncoder.TEMPLATE_ID,
                FetchSnapshotEncoder.SCHEMA_ID,
                FetchSnapshotEncoder.SCHEMA_VERSION);
        encoder.wrap(buffer, at + 8)
                .commandId(sync.commandId)
                .causeSequence(slot.sequence())
                .deadlineNs(deadlineNs)
                .depthLimit(settings.depthLimit())
                .attempt(sync.attempt);
    }

    /** Writes the event header of a command. */
    static void putHeader(UnsafeBuffer buffer, int at, int length, BookInstrument in, long nowNs) {
        EventHeader.length(buffer, at, length);
        EventHeader.flags(buffer, at, EventFlags.WHOLE);
        EventHeader.producer(buffer, at, Producers.ENGINE);
        EventHeader.instrumentId(buffer, at, in.id);
        EventHeader.gridVersion(buffer, at, in.gridVersion);
        EventHeader.connectionId(buffer, at, 0);
        EventHeader.eventTimeMs(buffer, at, 0);
        EventHeader.transactTimeMs(buffer, at, 0);
        EventHeader.ingressNs(buffer, at, nowNs);
    }
}
