package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.Streams;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rare events: definitions, streams that come and go, outcomes of commands, frames that could not be read, operators, the
 * start of a run; and what is left of an event that is skipped.
 */
final class BookControl {
    private static final int STREAMS_OFFSET = EventHeader.BODY_OFFSET;
    private static final int STREAM_STATE_OFFSET = EventHeader.BODY_OFFSET + 2;

    private final Moment moment;
    private final InstrumentList instruments;
    private final SnapshotScheduler scheduler;
    private final StreamWatch watch;
    private final BookSync sync;
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final DecodeErrorDecoder decodeError = new DecodeErrorDecoder();
    private final OperatorCommandDecoder operator = new OperatorCommandDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();

    BookControl(
            Moment moment, InstrumentList instruments, SnapshotScheduler scheduler, StreamWatch watch, BookSync sync) {
        this.moment = moment;
        this.instruments = instruments;
        this.scheduler = scheduler;
        this.watch = watch;
        this.sync = sync;
    }

    /** Applies an event of a rare kind; others have no effect. */
    void onEvent(int template) {
        switch (template) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> onDefinition();
            case StreamStatusDecoder.TEMPLATE_ID -> onStreamStatus(false);
            case CommandOutcomeDecoder.TEMPLATE_ID -> onOutcome();
            case DecodeErrorDecoder.TEMPLATE_ID -> onDecodeError();
            case OperatorCommandDecoder.TEMPLATE_ID -> onOperator(false);
            case RunStartedDecoder.TEMPLATE_ID -> onRunStarted();
            default -> {}
        }
    }

    /**
     * Brings everything that the event could have touched into a state that depends only on the event and on what was before
     * it, whether or not it was tried.
     */
    void skip(int template) {
        switch (template) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> skipDefinition();
            case StreamStatusDecoder.TEMPLATE_ID -> onStreamStatus(true);
            case RunStartedDecoder.TEMPLATE_ID -> onRunStarted();
            case OperatorCommandDecoder.TEMPLATE_ID -> onOperator(true);
            case DepthDiffDecoder.TEMPLATE_ID,
                    DepthSnapshotDecoder.TEMPLATE_ID,
                    BookTickerDecoder.TEMPLATE_ID,
                    DecodeErrorDecoder.TEMPLATE_ID -> {
                if (moment.own != null) {
                    resetBroken(moment.own);
                }
            }
            default -> skipPlain(template);
        }
    }

    private void onDefinition() {
        UnsafeBuffer event = moment.event();
        BookInstrument in = instruments.make(EventHeader.instrumentId(event, 0));
        if (in == null) {
            return;
        }
        moment.own = in;
        instruments.touch(in);
        definition.wrap(event, 8, EventHeader.blockLength(event, 0), EventHeader.version(event, 0));
        int gridVersion = EventHeader.gridVersion(event, 0);
        int streams = event.getShort(8 + InstrumentDefinitionDecoder.streamsEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
        boolean wasDefined = in.sync.isDefined;
        boolean isOtherGrid = wasDefined && in.gridVersion != gridVersion;
        boolean hadDepth = in.hasDepth();
        in.gridVersion = gridVersion;
        in.tickLotValue = Grid.toDouble(definition.tickMantissa(), definition.tickExponent())
                * Grid.toDouble(definition.lotMantissa(), definition.lotExponent());
        in.priority = definition.priority();
        in.definedStreams = streams;
        in.symbol = definition.symbol();
        if (!wasDefined) {
            in.sync.copyFrom(new SyncState());
            in.sync.isDefined = true;
        }
        if (!wasDefined || isOtherGrid || in.hasDepth() != hadDepth) {
            in.tally.resyncs += wasDefined && in.isChained() ? 1 : 0;
            boolean wasLive = in.sync.wasLive;
            sync.reset(in, wasLive ? SyncState.STALE : SyncState.QUEUED);
        }
        scheduler.kick();
        in.isViewDue = true;
    }

    private void skipDefinition() {
        BookInstrument in = instruments.known(EventHeader.instrumentId(moment.event(), 0));
        if (in == null) {
            return;
        }
        resetBroken(in);
        in.sync.isDefined = false;
        moment.own = null;
    }

    private void onStreamStatus(boolean isSkipped) {
        UnsafeBuffer event = moment.event();
        int streams = event.getShort(STREAMS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        int state = event.getByte(STREAM_STATE_OFFSET);
        int at = 8 + EventHeader.blockLength(event, 0);
        int stride = event.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
        int count = event.getShort(at + 2, LITTLE_ENDIAN) & 0xFFFF;
        at += 8;
        if (stride < Integer.BYTES || (long) stride * count > moment.length - at) {
            count = 0;
        }
        for (int i = 0; i < count; i++) {
            applyStatus(instruments.defined(event.getInt(at + i * stride, LITTLE_ENDIAN)), streams, state, isSkipped);
        }
        if (count == 0) {
            applyStatus(moment.own, streams, state, isSkipped);
        }
        if (isSkipped || state == StreamState.LOST.value()) {
            moment.scope = MarketView.SCOPE_LISTED;
        }
    }

    private void applyStatus(BookInstrument in, int streams, int state, boolean isSkipped) {
        if (in == null) {
            return;
        }
        instruments.touch(in);
        if (isSkipped) {
            in.sync.subscribed &= ~streams;
            resetBroken(in);
        } else if (state == StreamState.LOST.value()) {
            onLost(in, streams);
        } else {
            int fresh = streams & ~in.sync.subscribed;
            for (int bits = fresh & ((1 << Streams.COUNT) - 1); bits != 0; bits &= bits - 1) {
                in.sync.lastSeenNs[Integer.numberOfTrailingZeros(bits)] = moment.nowNs;
            }
            boolean hadDepth = in.hasDepth();
            in.sync.subscribed |= streams;
            if (in.hasDepth() && !hadDepth) {
                sync.beginDepth(in);
            }
        }
    }

    private void onLost(BookInstrument in, int streams) {
        SyncState state = in.sync;
        boolean hadDepth = in.hasDepth();
        state.subscribed &= ~streams;
        state.staleStreams &= ~streams;
        if ((streams & Streams.bit(Streams.DEPTH)) != 0) {
            sync.loseDepth(in);
            if (hadDepth && !in.hasDepth()) {
                sync.endDepth(in);
            }
        }
        if ((streams & Streams.bit(Streams.BOOK_TICKER)) != 0) {
            state.floorUpdateId = Math.max(state.floorUpdateId, state.tickerUpdateId);
            state.forgetTicker();
            if (in.book != null) {
                in.book.uncover();
            }
        }
        if (state.tickerUpdateId == 0 && !in.isChained()) {
            // Nothing is shown any more, so nothing can go back; and what comes next may be another venue.
            state.floorUpdateId = 0;
            if (in.check != null) {
                in.check.clear();
            }
        }
        in.isImageOld = true;
        in.isViewDue = true;
    }

    private void onOutcome() {
        UnsafeBuffer event = moment.event();
        outcome.wrap(event, 8, EventHeader.blockLength(event, 0), EventHeader.version(event, 0));
        int code = outcome.outcomeRaw();
        boolean isFailure = code == CommandOutcomeCode.REFUSED.value()
                || code == CommandOutcomeCode.FAILED.value()
                || code == CommandOutcomeCode.EXPIRED_UNSENT.value();
        if (!isFailure || outcome.commandTemplateId() != FetchSnapshotDecoder.TEMPLATE_ID) {
            return;
        }
        BookInstrument in = scheduler.find(outcome.commandId());
        if (in != null) {
            moment.save(in);
            instruments.touch(in);
            scheduler.fail(in, outcome.retryAtNs());
        }
    }

    private void onDecodeError() {
        BookInstrument in = moment.own;
        if (in == null) {
            return;
        }
        UnsafeBuffer event = moment.event();
        decodeError.wrap(event, 8, EventHeader.blockLength(event, 0), EventHeader.version(event, 0));
        in.tally.errors++;
        if (decodeError.stream().depth()) {
            sync.abandonUpdate(in);
            sync.desync(in);
        }
    }

    private void onOperator(boolean isSkipped) {
        UnsafeBuffer event = moment.event();
        operator.wrap(event, 8, EventHeader.blockLength(event, 0), EventHeader.version(event, 0));
        if (operator.actionRaw() != OperatorAction.RESYNC_BOOK.value()) {
            return;
        }
        if (EventHeader.instrumentId(event, 0) != EventHeader.NO_INSTRUMENT) {
            if (moment.own != null) {
                resync(moment.own, isSkipped);
            }
            return;
        }
        moment.scope = MarketView.SCOPE_ALL;
        for (int i = 0; i < instruments.size(); i++) {
            BookInstrument in = instruments.defined(i);
            if (in != null) {
                resync(in, isSkipped);
            }
        }
    }

    private void resync(BookInstrument in, boolean isSkipped) {
        if (isSkipped) {
            resetBroken(in);
            return;
        }
        instruments.touch(in);
        sync.abandonUpdate(in);
        sync.desync(in);
        in.sync.attempt = 0;
        in.sync.notBeforeNs = 0;
        in.isViewDue = true;
        scheduler.kick();
    }

    private void onRunStarted() {
        moment.scope = MarketView.SCOPE_ALL;
        for (int i = 0; i < instruments.size(); i++) {
            BookInstrument in = instruments.defined(i);
            if (in != null) {
                instruments.touch(in);
                in.sync.subscribed = 0;
                resetBroken(in);
            }
        }
    }

    private void resetBroken(BookInstrument in) {
        instruments.touch(in);
        sync.reset(in, SyncState.STALE);
    }

    private void skipPlain(int template) {
        if (moment.own != null && template >= AggTradeDecoder.TEMPLATE_ID && template <= Ticker24hDecoder.TEMPLATE_ID) {
            int stream = template - AggTradeDecoder.TEMPLATE_ID + Streams.AGG_TRADE;
            instruments.touch(moment.own);
            watch.seen(moment.own, stream);
        }
    }
}
