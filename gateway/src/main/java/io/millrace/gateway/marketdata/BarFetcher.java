package io.millrace.gateway.marketdata;

import io.millrace.codecs.binance.BarsReader;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.FetchBarsDecoder;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes FetchBars: each ends in REFUSED or EXPIRED_UNSENT, or in SENT and then either BarsHistory or FAILED. History is what
 * the engine can wait for longest, so a request starts only when nothing else waits for a connection.
 */
final class BarFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(BarFetcher.class);
    private static final int MAX_WAITING = 1024;
    private static final int BODY = 8;

    private record Fetch(Command command, BarsReader.Request request) {}

    private final CommandExecutor.Parts parts;
    private final InstrumentTable table;
    private final IngressClock clock;
    private final int slotLength;
    private final BarsReader reader = new BarsReader();
    private final FetchBarsDecoder decoder = new FetchBarsDecoder();
    private final Deque<Fetch> waiting = new ArrayDeque<>();

    BarFetcher(CommandExecutor.Parts parts, InstrumentTable table, IngressClock clock, int slotLength) {
        this.parts = parts;
        this.table = table;
        this.clock = clock;
        this.slotLength = slotLength;
    }

    /** Takes a FetchBars message. */
    void onMessage(DirectBuffer buffer, int offset) {
        decoder.wrap(
                buffer, offset + BODY, EventHeader.blockLength(buffer, offset), EventHeader.version(buffer, offset));
        Command command = new Command(
                FetchBarsDecoder.TEMPLATE_ID,
                decoder.commandId(),
                EventHeader.instrumentId(buffer, offset),
                decoder.deadlineNs(),
                decoder.barLimit());
        if (waiting.size() >= MAX_WAITING) {
            refuse(command, OutcomeReason.QUEUE_FULL, 0);
        } else {
            waiting.add(new Fetch(
                    command,
                    new BarsReader.Request(
                            decoder.commandId(), decoder.interval(), decoder.startTimeMs(), decoder.endTimeMs())));
        }
    }

    /** Starts what can be started; returns how many requests it dealt with. */
    int poll() {
        int work = 0;
        while (!waiting.isEmpty() && start(waiting.peek())) {
            waiting.remove();
            work++;
        }
        return work;
    }

    /** Ends everything that waits. */
    void stop() {
        while (!waiting.isEmpty()) {
            refuse(waiting.remove().command(), OutcomeReason.SHUTDOWN, 0);
        }
    }

    /** Starts a request; returns false if it has to wait for a connection. */
    private boolean start(Fetch fetch) {
        Command command = fetch.command();
        if (clock.nowNs() > command.deadlineNs()) {
            parts.events()
                    .outcome(
                            command,
                            CommandOutcomeCode.EXPIRED_UNSENT,
                            OutcomeReason.TOO_OLD,
                            ControlEvents.Detail.NONE);
            return true;
        }
        InstrumentSpec spec = table.byId(command.instrumentId());
        int limit = command.argument();
        if (spec == null
                || limit < 1
                || limit > BarsReader.MAX_BARS
                || fetch.request().interval() == Interval.NULL_VAL) {
            refuse(command, OutcomeReason.UNSUPPORTED, 0);
            return true;
        }
        if (!parts.rest().hasCapacity()) {
            return false;
        }
        String path = "/fapi/v1/klines?symbol=" + StreamNames.inQuery(spec.symbol()) + "&interval="
                + BarsReader.name(fetch.request().interval()) + "&startTime="
                + fetch.request().startTimeMs() + "&endTime=" + fetch.request().endTimeMs() + "&limit=" + limit;
        long retryAtNs = parts.rest().tryGet(path, weightOf(limit), Lane.HISTORY, answer -> onAnswer(fetch, answer));
        if (retryAtNs > 0) {
            refuse(command, OutcomeReason.RATE_LIMIT, retryAtNs);
        } else {
            parts.events().outcome(command, CommandOutcomeCode.SENT, OutcomeReason.NONE, ControlEvents.Detail.NONE);
        }
        return true;
    }

    private void onAnswer(Fetch fetch, RestAnswer answer) {
        if (!answer.isOk()) {
            OutcomeReason reason = switch (answer.kind()) {
                case TIMEOUT -> OutcomeReason.TIMEOUT;
                case CONNECT_FAILED, CONNECTION_LOST, EXPIRED -> OutcomeReason.CONNECTION_LOST;
                case ANSWERED -> OutcomeReason.VENUE_ERROR;
            };
            failed(fetch.command(), reason, answer, parts.rest().bannedUntilNs());
            return;
        }
        InstrumentSpec spec = table.byId(fetch.command().instrumentId());
        ExpandableArrayBuffer encoded = new ExpandableArrayBuffer(answer.body().length);
        int length;
        try {
            length = reader.encode(answer.body(), spec, fetch.request(), answer.ingressNs(), slotLength, encoded);
        } catch (IllegalArgumentException e) {
            LOG.warn("bars refused: {}", e.getMessage());
            failed(fetch.command(), OutcomeReason.BAD_ANSWER, answer, 0);
            return;
        }
        parts.publisher().offerRange(encoded, length, isTaken -> {
            if (!isTaken) {
                failed(fetch.command(), OutcomeReason.BAD_ANSWER, answer, 0);
            }
        });
    }

    private void failed(Command command, OutcomeReason reason, RestAnswer answer, long retryAtNs) {
        ControlEvents.Detail detail = new ControlEvents.Detail(retryAtNs, VenueRest.venueCode(answer), answer.status());
        parts.events().outcome(command, CommandOutcomeCode.FAILED, reason, detail);
    }

    private void refuse(Command command, OutcomeReason reason, long retryAtNs) {
        parts.events().outcome(command, CommandOutcomeCode.REFUSED, reason, new ControlEvents.Detail(retryAtNs, 0, 0));
    }

    /** Request weight of so many bars, by the venue's table. */
    private static int weightOf(int limit) {
        if (limit < 100) {
            return 1;
        }
        if (limit < 500) {
            return 2;
        }
        return limit <= 1000 ? 5 : 10;
    }
}
