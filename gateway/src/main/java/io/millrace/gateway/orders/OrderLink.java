package io.millrace.gateway.orders;

import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.limits.RateLedger;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.CloseReason;
import io.millrace.gateway.transport.Closing;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fast way: one session that takes requests, one that stands by logged on, and sometimes an old one that only waits for
 * its answers. Requests are matched to answers by the ring of tickets; every ticket ends in exactly one report or outcome.
 *
 * <p><b>Thread:</b> the loop's. <b>Allocation:</b> none per request.
 */
final class OrderLink implements ApiSession.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(OrderLink.class);
    private static final int OK = 200;
    private static final int CONNECT_WEIGHT = 5;
    private static final int LOGON_WEIGHT = 2;
    private static final int BAD_TIMESTAMP = -1021;
    private static final int MAX_CONNECTION_ID = 0xFFFF;
    /** Above it a time to wait is a point in time. */
    private static final long LONGEST_WAIT_MS = 1_000_000_000_000L;

    private final OrderLinkSettings settings;
    private final OrderDesk.Parts parts;
    private final VenueRest rest;
    private final InstrumentTable table;
    private final LinkEvents events;
    private final AnswerDecoder answers;
    private final LinkCounters counters;
    private final Tickets tickets;
    private final Backoff backoff;
    private final long answerNs;
    private final Runnable onBadTimestamp;
    private final SlowPath slow;

    private ApiSession active;
    private ApiSession standby;
    private ApiSession leaving;
    private Ticket held;
    private long nextAttemptNs;
    private int connectionId;
    private boolean isStopped;

    OrderLink(OrderLinkSettings settings, OrderDesk.Parts parts, Runnable onBadTimestamp, SlowPath slow) {
        this.slow = slow;
        this.settings = settings;
        this.parts = parts;
        this.rest = parts.rest();
        this.table = parts.table();
        this.events = parts.events();
        this.answers = parts.answers();
        this.counters = parts.counters();
        this.onBadTimestamp = onBadTimestamp;
        OrderLinkSettings.Times times = settings.times();
        this.tickets = new Tickets(settings.maxInFlight());
        this.answerNs = times.answer().toNanos();
        this.backoff = new Backoff(
                times.firstBackoff().toNanos(),
                times.maxBackoff().toNanos(),
                parts.sockets().random());
        this.nextAttemptNs = parts.sockets().clock().monotonicNs();
    }

    /** Returns whether requests can be sent. */
    boolean isReady() {
        return active != null && active.isReady();
    }

    /** Returns whether a second session stands by. */
    boolean hasStandby() {
        return standby != null && standby.isReady();
    }

    /** Returns a free ticket, or null if too much is under way; its request id is {@link #requestId()}. */
    Ticket ticket() {
        return tickets.next();
    }

    long requestId() {
        return tickets.id();
    }

    int inFlight() {
        return tickets.inUse();
    }

    /**
     * Sends a request.
     *
     * @param ticket of {@link #ticket()}, filled.
     * @param request whole.
     * @param length of it.
     * @return whether it was taken; if not, nothing has happened.
     */
    boolean offer(Ticket ticket, DirectBuffer request, int length) {
        if (held != null || !active.offer(request, length)) {
            return false;
        }
        ticket.session = active;
        ticket.sentAtMs = rest.venueNowMs();
        ticket.timeoutAtNs = parts.sockets().clock().monotonicNs() + answerNs;
        tickets.use(ticket);
        if (active.isHolding()) {
            ticket.isHeld = true;
            held = ticket;
            counters.increment(LinkCounters.HELD);
        } else {
            onSent(ticket);
        }
        return true;
    }

    /** Does all that {@link #offer} does to a request's bytes, but sends nothing; see {@link ApiSession#rehearse}. */
    void rehearse(DirectBuffer request, int length) {
        active.rehearse(request, length);
    }

    private void onSent(Ticket ticket) {
        ticket.isHeld = false;
        ticket.writtenNs = parts.sockets().clock().nowNs();
        counters.increment(LinkCounters.SENT);
        events.sent(ticket);
    }

    /** Looks whether what the socket would not take has left, or may not leave any more. */
    void pollHeld() {
        if (held == null) {
            return;
        }
        if (!held.session.isHolding()) {
            Ticket ticket = held;
            held = null;
            onSent(ticket);
        } else if (parts.sockets().clock().nowNs() > held.deadlineNs) {
            Ticket ticket = held;
            held = null;
            ApiSession session = ticket.session;
            rest.ledger().onUnsent(ticket.weight, ticket.orders, rest.venueNowMs());
            events.expired(ticket);
            measured(ticket, 0);
            tickets.free(ticket);
            // Closing is the only way to take bytes back that wait for the socket.
            session.close(CloseReason.SILENCE, "a request that the socket did not take is too old");
        }
    }

    void onTick(long nowNs) {
        tick(active, nowNs);
        tick(standby, nowNs);
        tick(leaving, nowNs);
        timeOut(nowNs);
        closeLoggedOff(active);
        closeLoggedOff(standby);
        if (leaving != null && !isUsed(leaving)) {
            leaving.close(CloseReason.LOCAL, "replaced");
        }
        long lifetimeNs = settings.times().lifetime().toNanos();
        if (hasStandby() && leaving == null && held == null && isOlder(active, nowNs, lifetimeNs)) {
            leaving = active;
            active = standby;
            standby = null;
            counters.increment(LinkCounters.ROLLOVERS);
        }
        if (!isStopped && (active == null || standby == null) && nowNs - nextAttemptNs >= 0) {
            open(nowNs);
        }
    }

    private static void tick(ApiSession session, long nowNs) {
        if (session != null) {
            session.onTick(nowNs);
        }
    }

    private static boolean isOlder(ApiSession session, long nowNs, long lifetimeNs) {
        return session != null && nowNs - session.startedNs() > lifetimeNs;
    }

    private boolean isUsed(ApiSession session) {
        for (int i = 0; i < tickets.capacity(); i++) {
            if (tickets.at(i).session == session && tickets.at(i).requestId != Ticket.FREE) {
                return true;
            }
        }
        return false;
    }

    private void open(long nowNs) {
        long venueNowMs = rest.venueNowMs();
        int weight = CONNECT_WEIGHT + LOGON_WEIGHT;
        if (rest.ledger().tryAcquire(Lane.PROTECTION, weight, 0, venueNowMs) > 0) {
            nextAttemptNs = nowNs + backoff.nextNs();
            return;
        }
        rest.ledger().onDone(weight, 0, venueNowMs);
        connectionId = connectionId == MAX_CONNECTION_ID ? 1 : connectionId + 1;
        ApiSession session = new ApiSession(settings, parts, connectionId, tickets.nextRequestId(), this);
        if (active == null) {
            active = session;
        } else {
            standby = session;
        }
        // One attempt at a time, and no more than the venue takes.
        nextAttemptNs = nowNs + settings.times().firstBackoff().toNanos();
        session.connect();
    }

    void stop() {
        isStopped = true;
        for (ApiSession session : new ApiSession[] {active, standby, leaving}) {
            if (session != null) {
                session.close(CloseReason.LOCAL, "the gateway stops");
            }
        }
    }

    // ---- what the sessions say ----

    @Override
    public void onReady(ApiSession session) {
        backoff.reset();
        LOG.info("{} of the WebSocket API is logged on{}", session, session == standby ? " and stands by" : "");
        if (session == standby && !isReady()) {
            ApiSession slow = active;
            active = standby;
            standby = slow;
        }
    }

    @Override
    public void onKeyRefused(int code) {
        counters.increment(LinkCounters.LOGONS_REFUSED);
        if (code == BAD_TIMESTAMP) {
            onBadTimestamp.run();
        }
    }

    @Override
    public void onEnded(ApiSession session, Closing closing) {
        if (!isStopped) {
            LOG.warn("{} of the WebSocket API ended: {}, {}", session, closing.reason(), closing.detail());
            long waitNs = Math.max(backoff.nextNs(), closing.retryAfterNs());
            nextAttemptNs = parts.sockets().clock().monotonicNs() + waitNs;
        }
        if (session == active) {
            active = standby;
            standby = null;
            counters.increment(LinkCounters.LOST);
        } else if (session == standby) {
            standby = null;
        } else if (session == leaving) {
            leaving = null;
        }
        for (int i = 0; i < tickets.capacity(); i++) {
            Ticket ticket = tickets.at(i);
            if (ticket.requestId != Ticket.FREE && ticket.session == session) {
                lose(ticket, isStopped ? OutcomeReason.SHUTDOWN : OutcomeReason.CONNECTION_LOST);
            }
        }
    }

    private void timeOut(long nowNs) {
        Ticket oldest = tickets.oldest();
        while (oldest != null && nowNs - oldest.timeoutAtNs > 0 && oldest != held) {
            counters.increment(LinkCounters.TIMEOUTS);
            lose(oldest, OutcomeReason.TIMEOUT);
            oldest = tickets.oldest();
        }
    }

    /** No answer will come, or none that counts. */
    private void lose(Ticket ticket, OutcomeReason reason) {
        if (ticket == held) {
            // When it was looked at last it had not left; whether it has since, nobody can tell.
            held = null;
            onSent(ticket);
        }
        if (ticket.isQuery()) {
            events.failed(ticket, reason, 0, 0, 0);
        } else {
            counters.increment(LinkCounters.UNKNOWN);
            events.unknown(ticket, reason, 0, 0);
        }
        done(ticket);
        measured(ticket, 0);
    }

    private void measured(Ticket ticket, long answeredNs) {
        parts.stamps().done(ticket.commandId, ticket.takenNs, ticket.encodedNs, ticket.writtenNs, answeredNs);
    }

    private void done(Ticket ticket) {
        rest.ledger().onDone(ticket.weight, ticket.orders, rest.venueNowMs());
        tickets.free(ticket);
    }

    @Override
    public void onAnswer(ApiSession session, DirectBuffer buffer, int offset, int length) {
        Ticket ticket = tickets.find(answers.requestId());
        if (ticket == null) {
            onStray(buffer, offset, length);
            return;
        }
        if (ticket == held) {
            held = null;
            onSent(ticket);
        }
        done(ticket);
        correct(ticket.sentAtMs);
        if (answers.hasFailed() || answers.status() != OK) {
            onError(session, ticket, buffer, offset, length);
        } else {
            onOrder(ticket, buffer, offset, length);
        }
        measured(ticket, session.answeredNs());
    }

    /** An answer to a request that is over, or to none: a late one, a second one, or something that is no answer. */
    private void onStray(DirectBuffer buffer, int offset, int length) {
        if (answers.hasFailed()) {
            counters.increment(LinkCounters.UNREADABLE);
            events.publish(answers.encoded(), answers.encodeError(buffer, offset, length));
        } else {
            counters.increment(LinkCounters.STRAYS);
            correct(rest.venueNowMs());
            if (Verdict.isLimited(answers.status())) {
                limit();
            }
        }
    }

    private void onOrder(Ticket ticket, DirectBuffer buffer, int offset, int length) {
        ReportSource source = ticket.isQuery() ? ReportSource.QUERY : ReportSource.ANSWER;
        int encoded = answers.nextRow() && !answers.isErrorRow()
                ? answers.encode(ticket.commandId, source, table.byId(ticket.instrumentId))
                : 0;
        if (encoded > 0) {
            counters.increment(LinkCounters.ANSWERED);
            events.publish(answers.encoded(), encoded);
            if (!ticket.isQuery()) {
                events.orderTold(ticket.timeoutAtNs - answerNs);
            }
            return;
        }
        counters.increment(LinkCounters.UNREADABLE);
        events.publish(answers.encoded(), answers.encodeError(buffer, offset, length));
        if (ticket.isQuery()) {
            events.failed(ticket, OutcomeReason.BAD_ANSWER, 0, 0, OK);
        } else {
            counters.increment(LinkCounters.UNKNOWN);
            events.unknown(ticket, OutcomeReason.BAD_ANSWER, 0, OK);
        }
    }

    private void onError(ApiSession session, Ticket ticket, DirectBuffer buffer, int offset, int length) {
        int status = answers.status();
        int code = answers.code();
        if (answers.hasFailed()) {
            counters.increment(LinkCounters.UNREADABLE);
            events.publish(answers.encoded(), answers.encodeError(buffer, offset, length));
        }
        if (Verdict.isLimited(status)) {
            limit();
        }
        if (code == BAD_TIMESTAMP) {
            onBadTimestamp.run();
        }
        if (Verdict.isLoggedOff(status, code, answers::message)) {
            onLoggedOff(session);
            if (goAnotherWay(ticket, code, status)) {
                return;
            }
        }
        boolean isUnknown = answers.hasFailed() || Verdict.isUnknown(status, code, answers::message);
        if (isUnknown && !ticket.isQuery()) {
            counters.increment(LinkCounters.UNKNOWN);
            events.unknown(ticket, OutcomeReason.VENUE_ERROR, code, status);
        } else {
            counters.increment(LinkCounters.FAILED);
            long retryAtNs = Verdict.isLimited(status) ? rest.bannedUntilNs() : 0;
            events.failed(ticket, Verdict.reason(status, code, ticket.isQuery()), retryAtNs, code, status);
        }
    }

    /** The venue does not know the session's logon any more: no requests for it, another one logs on anew. */
    private void onLoggedOff(ApiSession session) {
        session.onLoggedOff();
        if (session == active && leaving == null && hasStandby()) {
            leaving = active;
            active = standby;
            standby = null;
        }
    }

    private void closeLoggedOff(ApiSession session) {
        if (session != null && session.isLoggedOff() && !isUsed(session)) {
            session.close(CloseReason.LOCAL, "it has lost its logon");
        }
    }

    /**
     * Gives a command that was refused only for the session's sake to the slow way, which signs each request by itself. The
     * venue has not looked at what it says, so it is not sent twice.
     */
    private boolean goAnotherWay(Ticket ticket, int code, int status) {
        boolean isInTime = parts.sockets().clock().nowNs() <= ticket.deadlineNs;
        if (!isInTime || ticket.keptLength() == 0 || !slow.hasCapacity()) {
            return false;
        }
        boolean isOnItsWay = slow.startAgain(ticket, code, status);
        if (isOnItsWay) {
            counters.increment(LinkCounters.REROUTED);
        }
        return isOnItsWay;
    }

    private void limit() {
        long toldMs = answers.retryAfterMs();
        boolean isPoint = toldMs > LONGEST_WAIT_MS;
        long untilMs = isPoint ? toldMs : VenueRest.bannedUntilMs(answers.message());
        rest.onLimited(answers.status(), answers.code(), isPoint || toldMs == 0 ? -1 : toldMs, untilMs);
    }

    private void correct(long sentAtMs) {
        long nowMs = rest.venueNowMs();
        RateLedger ledger = rest.ledger();
        ledger.correct(RateLedger.WEIGHT, answers.weightUsed(), sentAtMs, nowMs);
        ledger.correct(RateLedger.ORDERS_10S, answers.ordersUsed10s(), sentAtMs, nowMs);
        ledger.correct(RateLedger.ORDERS_1M, answers.ordersUsed1m(), sentAtMs, nowMs);
    }
}
