package io.millrace.engine.bars;

import io.millrace.codecs.event.BarsHistoryDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FetchBarsDecoder;
import io.millrace.codecs.event.FetchBarsEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.indicator.State;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for the bars that are missing: of one instrument after the other in the order of their priority, shortest timeframe
 * first, the newest times first, only what neither came nor follows from shorter bars; a few requests at a time within a
 * share of the venue's weight, which comes back with engine time. Only ticks start requests.
 *
 * <p><b>Thread:</b> the strategy agent.
 */
public final class WarmUp {
    /** Bars of one request: the most that the venue gives for a weight of {@value #WEIGHT}. */
    static final int BARS_PER_REQUEST = 499;

    private static final int WEIGHT = 2;
    private static final int COMMAND_LENGTH = BitUtil.align(8 + FetchBarsEncoder.BLOCK_LENGTH, Long.BYTES);
    /** Room for what one event starts. */
    static final int COMMANDS_LENGTH = 2 * COMMAND_LENGTH;

    private static final int MAX_IN_FLIGHT = 16;
    /** Needs that one tick looks at and finds satisfied. */
    private static final int MAX_LOOKS = 32;

    private static final long BURST_REQUESTS = 8;
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_MS = 1_000;

    private final BarSettings settings;
    private final long weightNs;
    private final HistoryNeed[] inFlight = new HistoryNeed[MAX_IN_FLIGHT];
    private final FetchBarsEncoder encoder = new FetchBarsEncoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private final BarsHistoryDecoder history = new BarsHistoryDecoder();
    private BarsPart bars;
    private int inFlightCount;
    private long accountNs;
    private long nextPumpNs = Long.MIN_VALUE;
    private long requested;
    private long answered;
    private long failed;
    private long givenUp;

    WarmUp(BarSettings settings) {
        this.settings = settings;
        this.weightNs = TimeUnit.MINUTES.toNanos(1) * WEIGHT / settings.warmUp().weightPerMinute();
    }

    /** Returns the requests that were made. */
    public long requested() {
        return requested;
    }

    /** Returns the requests that were answered. */
    public long answered() {
        return answered;
    }

    /** Returns the requests that came to nothing. */
    public long failed() {
        return failed;
    }

    /** Returns the ranges that were given up after too many requests. */
    public long givenUp() {
        return givenUp;
    }

    /** Returns the requests without an answer. */
    public int inFlight() {
        return inFlightCount;
    }

    /** Returns the timeframes, over all instruments, that history may still come for; walks over all of them. */
    public int open() {
        int open = 0;
        for (int id = 0; bars != null && id < bars.size(); id++) {
            InstrumentBars of = bars.of(id);
            for (int i = 0; of != null && i < Timeframe.COUNT; i++) {
                open += of.need(Timeframe.at(i)).isWanted() ? 1 : 0;
            }
        }
        return open;
    }

    /** Something may be missing that was not. */
    void kick() {
        nextPumpNs = Long.MIN_VALUE;
    }

    /** Forgets all requests, when a run starts. */
    void clear() {
        for (int i = 0; i < inFlightCount; i++) {
            inFlight[i].forgetRequest();
            inFlight[i] = null;
        }
        inFlightCount = 0;
        accountNs = 0;
        kick();
    }

    /** Forgets the requests of one instrument. */
    void forget(int instrumentId) {
        for (int i = inFlightCount - 1; i >= 0; i--) {
            if (inFlight[i].instrumentId() == instrumentId) {
                remove(i);
            }
        }
        kick();
    }

    /** Gives up requests without an answer and starts those whose turn has come. */
    void work(BarsPart part, SlotContext slot, long venueMs) {
        bars = part;
        long nowNs = slot.engineNs();
        for (int i = inFlightCount - 1; i >= 0; i--) {
            if (nowNs >= inFlight[i].answerDueNs()) {
                fail(i, nowNs, 0);
            }
        }
        int looks = 0;
        while (nowNs >= nextPumpNs && part.clock().isKnown() && looks < MAX_LOOKS) {
            long allowedNs = accountNs + weightNs * (1 - BURST_REQUESTS);
            boolean hasRoom = inFlightCount < settings.warmUp().maxInFlight() && slot.hasRoomForCommand(COMMAND_LENGTH);
            if (!hasRoom || (accountNs != 0 && nowNs < allowedNs)) {
                return;
            }
            InstrumentBars next = pick(part, nowNs);
            if (next == null) {
                nextPumpNs = nowNs + IDLE_NS;
                return;
            }
            HistoryNeed need = firstWanted(next);
            if (plan(next, need, venueMs)) {
                start(slot, next, need, nowNs);
            } else {
                need.close();
            }
            part.touch(next);
            looks++;
        }
    }

    private boolean plan(InstrumentBars of, HistoryNeed need, long venueMs) {
        Timeframe timeframe = need.timeframe();
        long lengthMs = timeframe.lengthMs();
        long lastMs = timeframe.openMs(venueMs - settings.graceMs() - SETTLE_MS) - lengthMs;
        long depthMs = (of.depth(timeframe) - 1) * lengthMs;
        long onboardMs = timeframe.openMs(of.spec().onboardTimeMs() + lengthMs - 1);
        return need.plan(of.series(timeframe), Math.max(lastMs - depthMs, onboardMs), lastMs, BARS_PER_REQUEST);
    }

    private static InstrumentBars pick(BarsPart part, long nowNs) {
        InstrumentBars best = null;
        for (int id = 0; id < part.size(); id++) {
            InstrumentBars of = part.of(id);
            if (of == null || of.spec() == null) {
                continue;
            }
            HistoryNeed need = firstWanted(of);
            boolean isCandidate = need != null && need.isDue(nowNs);
            if (isCandidate
                    && (best == null || of.spec().priority() < best.spec().priority())) {
                best = of;
            }
        }
        return best;
    }

    /** Longer timeframes wait for the shorter ones, which may make them whole. */
    private static HistoryNeed firstWanted(InstrumentBars of) {
        for (int i = 0; i < Timeframe.COUNT; i++) {
            HistoryNeed need = of.need(Timeframe.at(i));
            if (need.isWanted()) {
                return need;
            }
        }
        return null;
    }

    private void start(SlotContext slot, InstrumentBars of, HistoryNeed need, long nowNs) {
        long commandId = slot.nextCommandId();
        long deadlineNs = nowNs + settings.warmUp().maxAgeNs();
        need.start(commandId, deadlineNs + settings.warmUp().answerTimeoutNs());
        inFlight[inFlightCount++] = need;
        accountNs = Math.max(accountNs, nowNs) + weightNs;
        requested++;
        int at = slot.claimCommand(COMMAND_LENGTH);
        UnsafeBuffer buffer = slot.regionBuffer();
        EventHeader.putFrame(
                buffer,
                at,
                FetchBarsEncoder.BLOCK_LENGTH,
                FetchBarsEncoder.TEMPLATE_ID,
                FetchBarsEncoder.SCHEMA_ID,
                FetchBarsEncoder.SCHEMA_VERSION);
        EventHeader.length(buffer, at, COMMAND_LENGTH);
        EventHeader.flags(buffer, at, EventFlags.WHOLE);
        EventHeader.producer(buffer, at, Producers.ENGINE);
        EventHeader.instrumentId(buffer, at, of.instrumentId());
        EventHeader.gridVersion(buffer, at, of.spec().gridVersion());
        EventHeader.connectionId(buffer, at, 0);
        EventHeader.eventTimeMs(buffer, at, 0);
        EventHeader.transactTimeMs(buffer, at, 0);
        EventHeader.ingressNs(buffer, at, nowNs);
        long lengthMs = need.timeframe().lengthMs();
        encoder.wrap(buffer, at + 8)
                .commandId(commandId)
                .causeSequence(slot.sequence())
                .deadlineNs(deadlineNs)
                .startTimeMs(need.fromMs())
                .endTimeMs(need.toMs())
                .barLimit((int) ((need.toMs() - need.fromMs()) / lengthMs) + 1)
                .attempt(need.attempt())
                .interval(need.timeframe().interval());
    }

    /** A part of an answer came; with its last part the range is settled, whatever was in it. */
    void onHistory(DirectBuffer event, int offset) {
        history.wrap(event, offset + 8, EventHeader.blockLength(event, offset), EventHeader.version(event, offset));
        int place = find(history.commandId());
        if (place < 0 || !EventFlags.isLast(EventHeader.flags(event, offset))) {
            return;
        }
        inFlight[place].settle();
        remove(place);
        answered++;
        kick();
    }

    /** A request was refused, expired or failed, if the outcome is of one; sent ones wait for their answer. */
    void onOutcome(DirectBuffer event, int offset, long nowNs) {
        outcome.wrap(event, offset + 8, EventHeader.blockLength(event, offset), EventHeader.version(event, offset));
        if (outcome.commandTemplateId() != FetchBarsDecoder.TEMPLATE_ID) {
            return;
        }
        CommandOutcomeCode code = outcome.outcome();
        int place = find(outcome.commandId());
        if (place >= 0 && code != CommandOutcomeCode.SENT && code != CommandOutcomeCode.ANSWERED) {
            fail(place, nowNs, outcome.retryAtNs());
        }
    }

    long hash() {
        return Hashing.mix(accountNs, inFlightCount);
    }

    /** Passes the state; a request that is on its way is named by its instrument and timeframe. */
    void visitState(State state, BarsPart part) {
        bars = part;
        inFlightCount = state.i32(inFlightCount);
        for (int i = 0; i < MAX_IN_FLIGHT; i++) {
            HistoryNeed need = inFlight[i];
            int id = state.i32(need == null ? 0 : need.instrumentId() + 1) - 1;
            int timeframe = state.i32(need == null ? 0 : need.timeframe().index());
            inFlight[i] = id < 0 ? null : part.of(id).need(Timeframe.at(timeframe));
        }
        accountNs = state.i64(accountNs);
        nextPumpNs = state.i64(nextPumpNs);
        requested = state.i64(requested);
        answered = state.i64(answered);
        failed = state.i64(failed);
        givenUp = state.i64(givenUp);
    }

    private void fail(int place, long nowNs, long retryAtNs) {
        HistoryNeed need = inFlight[place];
        remove(place);
        failed++;
        // What waits for weight that others used has not failed: it waits.
        if (need.attempt() >= settings.warmUp().maxAttempts() && retryAtNs <= nowNs) {
            need.settle();
            givenUp++;
        } else {
            int doublings = Math.min(need.attempt(), 6);
            need.retry(Math.max(retryAtNs, nowNs + (RETRY_NS << doublings)));
        }
        InstrumentBars of = bars == null ? null : bars.of(need.instrumentId());
        if (of != null) {
            bars.touch(of);
        }
    }

    private int find(long commandId) {
        for (int i = 0; i < inFlightCount; i++) {
            if (inFlight[i].commandId() == commandId) {
                return i;
            }
        }
        return -1;
    }

    private void remove(int place) {
        inFlight[place] = inFlight[--inFlightCount];
        inFlight[inFlightCount] = null;
    }
}
