package io.millrace.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.binance.AccountBodies;
import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.orders.LinkCounters;
import io.millrace.gateway.orders.LinkEvents;
import io.millrace.gateway.orders.OrderDesk;
import io.millrace.gateway.orders.Ticket;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes audits: asks the venue for everything that the command names, one question after the other and within the ledger,
 * publishes the answers as reports with the command's id, and at last AuditDone; or an outcome that says why not. Answers about
 * settings may be half a minute old; their reports carry the time at which they were read.
 */
final class Audits implements OrderDesk.Auditor {
    private static final Logger LOG = LoggerFactory.getLogger(Audits.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY = 8;
    private static final int MAX_RUNS = 64;
    private static final int PAGE = 1000;
    private static final long SETTINGS_AGE_NS = TimeUnit.SECONDS.toNanos(30);

    private static final int OPEN_ORDERS = 1;
    private static final int OPEN_ALGOS = 1 << 1;
    private static final int POSITIONS = 1 << 2;
    private static final int BALANCES = 1 << 3;
    private static final int TRADES = 1 << 4;
    private static final int SETTINGS = 1 << 5;

    private final SharedQueries queries;
    private final VenueRest rest;
    private final AnswerDecoder answers;
    private final AccountBodies bodies;
    private final InstrumentTable table;
    private final LinkEvents events;
    private final ControlOutbox outbox;
    private final LinkCounters counters;
    private final IngressClock clock;
    private final AuditDecoder decoder = new AuditDecoder();
    private final List<Run> runs = new ArrayList<>();

    /**
     * What audits work with.
     *
     * @param queries asks.
     * @param desk the order desk's parts.
     * @param bodies reads what is no order.
     * @param outbox takes events.
     */
    record Parts(SharedQueries queries, OrderDesk.Parts desk, AccountBodies bodies, ControlOutbox outbox) {}

    Audits(Parts parts) {
        this.queries = parts.queries();
        this.bodies = parts.bodies();
        this.outbox = parts.outbox();
        this.rest = parts.desk().rest();
        this.answers = parts.desk().answers();
        this.table = parts.desk().table();
        this.events = parts.desk().events();
        this.counters = parts.desk().counters();
        this.clock = parts.desk().sockets().clock();
    }

    /** An audit under way. */
    private static final class Run {
        final Ticket ticket = new Ticket();
        final List<Step> steps = new ArrayList<>();
        int kinds;
        long sinceMs;
        boolean isAsking;
        boolean isSent;
        boolean isOver;
        long notBeforeNs;
        long sentNs;
        long positionsIngressNs;
        byte[] positions;
        byte[] balances;
        int rows;
        String symbol;
    }

    /**
     * One question of an audit.
     *
     * @param kind bit of AuditSet.
     * @param path of the question.
     * @param weight of it.
     */
    private record Step(int kind, String path, int weight) {}

    @Override
    public void accept(DirectBuffer buffer, int offset) {
        Run run = new Run();
        run.ticket.read(buffer, offset);
        decoder.wrap(
                buffer, offset + BODY, EventHeader.blockLength(buffer, offset), EventHeader.version(buffer, offset));
        run.kinds = buffer.getShort(offset + BODY + AuditDecoder.kindsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        run.sinceMs = decoder.sinceMs();
        int instrumentId = EventHeader.instrumentId(buffer, offset);
        InstrumentSpec spec = table.byId(instrumentId);
        boolean isUnknown = spec == null && instrumentId != EventHeader.NO_INSTRUMENT;
        if (isUnknown || run.kinds == 0 || (spec == null && (run.kinds & TRADES) != 0)) {
            refuse(run, OutcomeReason.UNSUPPORTED, 0);
        } else if (runs.size() >= MAX_RUNS) {
            refuse(run, OutcomeReason.QUEUE_FULL, 0);
        } else {
            run.symbol = spec == null ? null : URLEncoder.encode(spec.symbol(), StandardCharsets.UTF_8);
            plan(run, decoder.afterTradeId());
            runs.add(run);
        }
    }

    private static void plan(Run run, long afterTradeId) {
        String all = run.symbol == null ? "" : "?symbol=" + run.symbol;
        int listWeight = run.symbol == null ? 40 : 1;
        // Trades before positions: a fill between the two questions shows in the position, where it is looked for.
        add(run, OPEN_ORDERS, "/fapi/v1/openOrders" + all, listWeight);
        add(run, OPEN_ALGOS, "/fapi/v1/openAlgoOrders" + all, listWeight);
        add(run, TRADES, tradesPath(run, afterTradeId), 5);
        add(run, POSITIONS, "/fapi/v3/positionRisk" + all, 5);
        add(run, BALANCES, "/fapi/v3/balance", 5);
        add(run, SETTINGS, "/fapi/v1/accountConfig", 5);
        add(run, SETTINGS, "/fapi/v1/symbolConfig" + all, 5);
    }

    private static void add(Run run, int kind, String path, int weight) {
        if ((run.kinds & kind) != 0) {
            run.steps.add(new Step(kind, path, weight));
        }
    }

    private static String tradesPath(Run run, long afterTradeId) {
        String path = "/fapi/v1/userTrades?symbol=" + run.symbol + "&limit=" + PAGE;
        if (afterTradeId > 0) {
            return path + "&fromId=" + (afterTradeId + 1);
        }
        return run.sinceMs > 0 ? path + "&startTime=" + run.sinceMs : path;
    }

    /** Asks what can be asked now; returns how many questions that were. */
    int poll() {
        int work = 0;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (!run.isAsking && !run.isOver && clock.nowNs() >= run.notBeforeNs) {
                work += next(run) ? 1 : 0;
            }
        }
        if (!runs.isEmpty()) {
            runs.removeIf(run -> run.isOver);
        }
        return work;
    }

    /** Ends everything that has not ended. */
    void stop() {
        for (Run run : runs) {
            if (!run.isOver) {
                run.isOver = true;
                if (run.isSent) {
                    events.failed(run.ticket, OutcomeReason.SHUTDOWN, 0, 0, 0);
                } else {
                    events.refused(run.ticket, OutcomeReason.SHUTDOWN, 0);
                }
            }
        }
        runs.clear();
    }

    private boolean next(Run run) {
        if (run.steps.isEmpty()) {
            finish(run);
            return true;
        }
        if (clock.nowNs() > run.ticket.deadlineNs()) {
            expire(run);
            return true;
        }
        Step step = run.steps.get(0);
        if (!queries.hasCapacity()) {
            return false;
        }
        run.isAsking = true;
        SharedQueries.Question question = new SharedQueries.Question(
                step.path(),
                step.weight(),
                run.ticket.lane(),
                step.kind() == SETTINGS ? SETTINGS_AGE_NS : 0,
                run.ticket.deadlineNs());
        long retryAtNs = queries.ask(question, (answer, sentNs) -> onAnswer(run, step, answer, sentNs));
        if (retryAtNs > 0) {
            run.isAsking = false;
            if (retryAtNs > run.ticket.deadlineNs()) {
                giveUp(run, rest.refusal(), retryAtNs);
            } else {
                run.notBeforeNs = retryAtNs;
            }
        }
        return retryAtNs == 0;
    }

    private void onAnswer(Run run, Step step, RestAnswer answer, long sentNs) {
        run.isAsking = false;
        if (run.isOver) {
            return;
        }
        if (!run.isSent && sentNs > 0) {
            run.isSent = true;
            run.sentNs = sentNs;
            events.sent(run.ticket);
        }
        if (!answer.isOk()) {
            fail(run, answer);
            return;
        }
        run.sentNs = Math.min(run.sentNs, sentNs);
        run.steps.remove(0);
        try {
            read(run, step, answer);
        } catch (IllegalArgumentException | IOException e) {
            LOG.warn("an audit's answer cannot be read: {}", e.getMessage());
            run.isOver = true;
            events.failed(run.ticket, OutcomeReason.BAD_ANSWER, 0, 0, answer.status());
        }
    }

    private void read(Run run, Step step, RestAnswer answer) throws IOException {
        AccountBodies.Sink sink = (event, offset, length) -> {
            run.rows++;
            outbox.publish(event, offset, length);
        };
        long commandId = run.ticket.commandId();
        switch (step.kind()) {
            case OPEN_ORDERS, OPEN_ALGOS -> readOrders(run, answer);
            case TRADES -> readTrades(run, answer, sink);
            case POSITIONS, BALANCES -> readAccount(run, step, answer);
            default -> {
                boolean isOfAccount = step.path().startsWith("/fapi/v1/accountConfig");
                if (isOfAccount) {
                    bodies.accountSettings(answer.body(), commandId, answer.ingressNs(), sink);
                } else {
                    bodies.symbolSettings(answer.body(), commandId, answer.ingressNs(), sink);
                }
            }
        }
    }

    private void readAccount(Run run, Step step, RestAnswer answer) throws IOException {
        run.rows += JSON.readTree(answer.body()).size();
        if (step.kind() == POSITIONS) {
            run.positions = answer.body();
        } else {
            run.balances = answer.body();
        }
        // The older of the two answers dates both.
        run.positionsIngressNs = run.positionsIngressNs == 0 ? answer.ingressNs() : run.positionsIngressNs;
        boolean isWhole = run.steps.stream().noneMatch(left -> (left.kind() & (POSITIONS | BALANCES)) != 0);
        if (isWhole) {
            bodies.audit(run.positions, run.balances, run.ticket.commandId(), run.positionsIngressNs, outbox::publish);
        }
    }

    private void readTrades(Run run, RestAnswer answer, AccountBodies.Sink sink) throws IOException {
        int count = JSON.readTree(answer.body()).size();
        long lastId = bodies.trades(answer.body(), run.ticket.commandId(), answer.ingressNs(), sink);
        if (count >= PAGE && lastId > 0) {
            run.steps.add(0, new Step(TRADES, tradesPath(run, lastId), 5));
        }
    }

    /** One row at a time: an order of a contract that is not followed here must not hide the others. */
    private void readOrders(Run run, RestAnswer answer) throws IOException {
        JsonNode list = JSON.readTree(answer.body());
        if (list == null || !list.isArray()) {
            throw new IllegalArgumentException("the answer to open orders is no list");
        }
        for (JsonNode row : list) {
            String symbol = row.path("symbol").asText("");
            if (table.find(symbol) == null) {
                LOG.warn("an order of {} is open, a contract that is not followed here", symbol);
                continue;
            }
            UnsafeBuffer body = new UnsafeBuffer(JSON.writeValueAsBytes(row));
            boolean isRead = answers.readBody(body, 0, body.capacity(), answer.status(), answer.ingressNs());
            int length = isRead && answers.nextRow() && !answers.isErrorRow()
                    ? answers.encode(run.ticket.commandId(), ReportSource.AUDIT, null)
                    : 0;
            if (length == 0) {
                events.publish(answers.encoded(), answers.encodeError(body, 0, body.capacity()));
                throw new IllegalArgumentException("an open order of " + symbol + " cannot be read");
            }
            run.rows++;
            events.publish(answers.encoded(), length);
        }
    }

    private void finish(Run run) {
        run.isOver = true;
        counters.increment(LinkCounters.AUDITS);
        events.auditDone(run.ticket, run.sentNs, run.rows, run.kinds);
    }

    private void fail(Run run, RestAnswer answer) {
        int code = VenueRest.venueCode(answer);
        switch (answer.kind()) {
            case EXPIRED -> expire(run);
            case CONNECT_FAILED -> giveUp(run, OutcomeReason.LINK_DOWN, 0);
            case TIMEOUT -> giveUp(run, OutcomeReason.TIMEOUT, 0);
            case CONNECTION_LOST -> giveUp(run, OutcomeReason.CONNECTION_LOST, 0);
            case ANSWERED -> {
                run.isOver = true;
                counters.increment(LinkCounters.FAILED);
                events.failed(run.ticket, OutcomeReason.VENUE_ERROR, rest.bannedUntilNs(), code, answer.status());
            }
        }
    }

    private void expire(Run run) {
        run.isOver = true;
        counters.increment(LinkCounters.EXPIRED);
        if (run.isSent) {
            events.failed(run.ticket, OutcomeReason.TOO_OLD, 0, 0, 0);
        } else {
            events.expired(run.ticket);
        }
    }

    private void giveUp(Run run, OutcomeReason reason, long retryAtNs) {
        if (run.isSent) {
            run.isOver = true;
            counters.increment(LinkCounters.FAILED);
            events.failed(run.ticket, reason, retryAtNs, 0, 0);
        } else {
            refuse(run, reason, retryAtNs);
        }
    }

    private void refuse(Run run, OutcomeReason reason, long retryAtNs) {
        run.isOver = true;
        counters.increment(LinkCounters.REFUSED);
        events.refused(run.ticket, reason, retryAtNs);
    }
}
