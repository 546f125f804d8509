package io.millrace.gateway.marketdata;

import io.millrace.codecs.binance.SnapshotReader;
import io.millrace.codecs.event.ChangeStreamsDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.FetchBarsDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.ResubscribeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.CommandInlet;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.MessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the engine's commands that concern market data. Each ends in a CommandOutcome, or for FetchSnapshot in SENT and
 * then either the snapshot or FAILED. A command that is past its deadline, or that the ledger refuses, is never sent.
 */
final class CommandExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(CommandExecutor.class);
    private static final int DRAIN_LIMIT = 64;
    private static final int MAX_WAITING = 4096;
    private static final int BODY = 8;

    private final CommandInlet inlet;
    private final VenueRest rest;
    private final MarketFeed feed;
    private final MarketPublisher publisher;
    private final ControlEvents events;
    private final InstrumentTable table;
    private final IngressClock clock;
    private final int slotLength;
    private final SnapshotReader snapshots = new SnapshotReader();
    private final Deque<Command> waiting = new ArrayDeque<>();
    private final FetchSnapshotDecoder fetch = new FetchSnapshotDecoder();
    private final ResubscribeDecoder resubscribe = new ResubscribeDecoder();
    private final ChangeStreamsDecoder change = new ChangeStreamsDecoder();
    private final BarFetcher bars;

    /** Made once: a method reference made at every turn would be an allocation at every turn. */
    private final MessageHandler onRange = this::onRange;

    CommandExecutor(Parts parts, InstrumentTable table, IngressClock clock, int slotLength) {
        this.inlet = parts.inlet();
        this.rest = parts.rest();
        this.feed = parts.feed();
        this.publisher = parts.publisher();
        this.events = parts.events();
        this.table = table;
        this.clock = clock;
        this.slotLength = slotLength;
        this.bars = new BarFetcher(parts, table, clock, slotLength);
    }

    /**
     * What it works with.
     *
     * @param inlet that commands come from.
     * @param rest for snapshots.
     * @param feed for subscriptions.
     * @param publisher takes snapshots.
     * @param events takes outcomes.
     */
    record Parts(
            CommandInlet inlet, VenueRest rest, MarketFeed feed, MarketPublisher publisher, ControlEvents events) {}

    /** Takes new commands and starts what can be started; returns how many things it did. */
    int poll() {
        int work = inlet.drain(onRange, DRAIN_LIMIT);
        while (!waiting.isEmpty() && start(waiting.peek())) {
            waiting.remove();
            work++;
        }
        return waiting.isEmpty() ? work + bars.poll() : work;
    }

    /** Ends everything that waits. */
    void stop() {
        inlet.close();
        inlet.drain(onRange, Integer.MAX_VALUE);
        while (!waiting.isEmpty()) {
            refuse(waiting.remove(), OutcomeReason.SHUTDOWN, 0);
        }
        bars.stop();
    }

    private void onRange(int type, DirectBuffer buffer, int offset, int length) {
        CommandInlet.forEachMessage(buffer, offset, length, at -> onMessage(buffer, at));
    }

    private void onMessage(DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        int instrumentId = EventHeader.instrumentId(buffer, offset);
        int blockLength = EventHeader.blockLength(buffer, offset);
        int version = EventHeader.version(buffer, offset);
        if (templateId == FetchSnapshotDecoder.TEMPLATE_ID) {
            fetch.wrap(buffer, offset + BODY, blockLength, version);
            Command command =
                    new Command(templateId, fetch.commandId(), instrumentId, fetch.deadlineNs(), fetch.depthLimit());
            if (waiting.size() >= MAX_WAITING) {
                refuse(command, OutcomeReason.QUEUE_FULL, 0);
            } else {
                waiting.add(command);
            }
        } else if (templateId == ResubscribeDecoder.TEMPLATE_ID) {
            resubscribe.wrap(buffer, offset + BODY, blockLength, version);
            int streams = bits(buffer, offset + BODY + ResubscribeDecoder.streamsEncodingOffset());
            resubscribe(
                    new Command(templateId, resubscribe.commandId(), instrumentId, resubscribe.deadlineNs(), streams));
        } else if (templateId == FetchBarsDecoder.TEMPLATE_ID) {
            bars.onMessage(buffer, offset);
        } else if (templateId == ChangeStreamsDecoder.TEMPLATE_ID) {
            change.wrap(buffer, offset + BODY, blockLength, version);
            int subscribed = bits(buffer, offset + BODY + ChangeStreamsDecoder.subscribeEncodingOffset());
            int unsubscribed = bits(buffer, offset + BODY + ChangeStreamsDecoder.unsubscribeEncodingOffset());
            change(
                    new Command(templateId, change.commandId(), instrumentId, change.deadlineNs(), subscribed),
                    unsubscribed);
        } else {
            long noId = 0;
            refuse(new Command(templateId, noId, instrumentId, 0, 0), OutcomeReason.UNSUPPORTED, 0);
        }
    }

    private static int bits(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Changes the streams of an instrument; what is there already, or not there, stays as it is. */
    private void change(Command command, int unsubscribed) {
        InstrumentSpec spec = table.byId(command.instrumentId());
        if (clock.nowNs() > command.deadlineNs()) {
            events.outcome(
                    command, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD, ControlEvents.Detail.NONE);
        } else if (spec == null || (command.argument() & unsubscribed) != 0) {
            refuse(command, OutcomeReason.UNSUPPORTED, 0);
        } else {
            feed.unsubscribe(command.instrumentId(), unsubscribed);
            feed.subscribe(spec, command.argument());
            events.outcome(command, CommandOutcomeCode.SENT, OutcomeReason.NONE, ControlEvents.Detail.NONE);
        }
    }

    private void resubscribe(Command command) {
        if (clock.nowNs() > command.deadlineNs()) {
            events.outcome(
                    command, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD, ControlEvents.Detail.NONE);
            return;
        }
        int count = feed.resubscribe(command.instrumentId(), command.argument());
        if (count > 0) {
            events.outcome(command, CommandOutcomeCode.SENT, OutcomeReason.NONE, ControlEvents.Detail.NONE);
        } else {
            refuse(command, count < 0 ? OutcomeReason.CONNECTION_LOST : OutcomeReason.UNSUPPORTED, 0);
        }
    }

    /** Starts a snapshot; returns false if it has to wait for a connection. */
    private boolean start(Command command) {
        if (clock.nowNs() > command.deadlineNs()) {
            events.outcome(
                    command, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD, ControlEvents.Detail.NONE);
            return true;
        }
        int weight = weightOf(command.argument());
        InstrumentSpec spec = table.byId(command.instrumentId());
        if (spec == null || weight == 0) {
            refuse(command, OutcomeReason.UNSUPPORTED, 0);
            return true;
        }
        if (!rest.hasCapacity()) {
            return false;
        }
        String path = "/fapi/v1/depth?symbol=" + StreamNames.inQuery(spec.symbol()) + "&limit=" + command.argument();
        long retryAtNs = rest.tryGet(path, weight, Lane.HISTORY, answer -> onAnswer(command, answer));
        if (retryAtNs > 0) {
            refuse(command, rest.refusal(), retryAtNs);
        } else {
            events.outcome(command, CommandOutcomeCode.SENT, OutcomeReason.NONE, ControlEvents.Detail.NONE);
        }
        return true;
    }

    private void onAnswer(Command command, RestAnswer answer) {
        InstrumentSpec spec = table.byId(command.instrumentId());
        if (!answer.isOk()) {
            fail(command, answer);
            return;
        }
        ExpandableArrayBuffer encoded = new ExpandableArrayBuffer(answer.body().length);
        int length;
        try {
            length =
                    snapshots.encode(answer.body(), spec, command.commandId(), answer.ingressNs(), slotLength, encoded);
        } catch (IllegalArgumentException e) {
            LOG.warn("snapshot refused: {}", e.getMessage());
            failed(command, OutcomeReason.BAD_ANSWER, answer, 0);
            return;
        }
        publisher.offerRange(encoded, length, isTaken -> {
            if (!isTaken) {
                failed(command, OutcomeReason.BAD_ANSWER, answer, 0);
            }
        });
    }

    private void fail(Command command, RestAnswer answer) {
        switch (answer.kind()) {
            case TIMEOUT -> failed(command, OutcomeReason.TIMEOUT, answer, 0);
            case CONNECT_FAILED, CONNECTION_LOST, EXPIRED -> failed(command, OutcomeReason.CONNECTION_LOST, answer, 0);
            case ANSWERED -> failed(command, OutcomeReason.VENUE_ERROR, answer, rest.bannedUntilNs());
        }
    }

    private void failed(Command command, OutcomeReason reason, RestAnswer answer, long retryAtNs) {
        ControlEvents.Detail detail = new ControlEvents.Detail(retryAtNs, VenueRest.venueCode(answer), answer.status());
        events.outcome(command, CommandOutcomeCode.FAILED, reason, detail);
    }

    private void refuse(Command command, OutcomeReason reason, long retryAtNs) {
        events.outcome(command, CommandOutcomeCode.REFUSED, reason, new ControlEvents.Detail(retryAtNs, 0, 0));
    }

    /** Request weight of a depth snapshot; 0 for a limit that the venue does not know. */
    private static int weightOf(int limit) {
        return switch (limit) {
            case 5, 10, 20, 50 -> 2;
            case 100 -> 5;
            case 500 -> 10;
            case 1000 -> 20;
            default -> 0;
        };
    }
}
