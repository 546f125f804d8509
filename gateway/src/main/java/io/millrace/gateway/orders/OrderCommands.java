package io.millrace.gateway.orders;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.CommandInlet;
import io.millrace.gateway.rest.VenueRest;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * Takes the engine's order commands in the order of their lanes and gives each to the way that it can take; what can go
 * neither way now waits within its bounds or is refused with a reason. A command past its deadline is never sent.
 *
 * <p><b>Thread:</b> the agent's. <b>Allocation:</b> none for commands that go the fast way.
 */
final class OrderCommands {
    private static final int DRAIN_LIMIT = 64;
    // Turns without a command between two rehearsals: some 30 us where the thread spins.
    private static final int REHEARSAL_MASK = 31;

    private final CommandInlet inlet;
    private final OrderLink link;
    private final SlowPath slow;
    private final VenueTime time;
    private final OrderDesk.Auditor auditor;
    private final InstrumentTable table;
    private final IngressClock clock;
    private final VenueRest rest;
    private final LinkEvents events;
    private final LinkCounters counters;
    private final CommandText text;
    private final WaitingCommands waiting = new WaitingCommands();
    private final Ticket look = new Ticket();
    private final MessageHandler onRange = this::onRange;
    private Ticket last;
    private int idleTurns;

    /**
     * What the executor works with.
     *
     * @param inlet that commands come from.
     * @param link the fast way; null if there is none.
     * @param slow the slow way.
     * @param time the venue's, without which nothing can be signed.
     * @param auditor executes audits.
     * @param common what all parts of the agent have.
     */
    record Parts(
            CommandInlet inlet,
            OrderLink link,
            SlowPath slow,
            VenueTime time,
            OrderDesk.Auditor auditor,
            OrderDesk.Parts common) {}

    OrderCommands(Parts parts, int recvWindowMs) {
        this.clock = parts.common().sockets().clock();
        this.inlet = parts.inlet();
        this.link = parts.link();
        this.slow = parts.slow();
        this.time = parts.time();
        this.auditor = parts.auditor();
        this.table = parts.common().table();
        this.rest = parts.common().rest();
        this.events = parts.common().events();
        this.counters = parts.common().counters();
        this.text = new CommandText(recvWindowMs);
    }

    /** Takes new commands and starts what can be started; returns how many ranges and commands it moved. */
    int poll() {
        int work = startWaiting() + inlet.drain(onRange, DRAIN_LIMIT);
        if (work == 0 && (++idleTurns & REHEARSAL_MASK) == 0) {
            rehearse();
        }
        return work;
    }

    /**
     * Writes the last request once more and sends it nowhere, so that code and tables are near when the next command comes. Commands
     * are rare, and what a rare thing needs has left the caches by the time it is wanted.
     */
    private void rehearse() {
        if (last == null || last.keptLength() == 0 || !link.isReady()) {
            return;
        }
        look.read(last.kept(), 0);
        InstrumentSpec spec = table.byId(look.instrumentId);
        Ticket ticket = link.ticket();
        if (spec != null && ticket != null) {
            link.rehearse(text.buffer(), text.json(last.kept(), 0, spec, link.requestId(), rest.venueNowMs()));
        }
    }

    /** Ends everything that waits. */
    void stop() {
        inlet.close();
        inlet.drain(this::refuseRange, Integer.MAX_VALUE);
        for (int queue = 0; queue < waiting.lanes(); queue++) {
            while (waiting.size(queue) > 0) {
                look.read(waiting.memory(), waiting.headOffset(queue));
                refuse(look, OutcomeReason.SHUTDOWN, 0);
                waiting.removeHead(queue);
            }
        }
    }

    private void refuseRange(int type, DirectBuffer buffer, int offset, int length) {
        CommandInlet.forEachMessage(buffer, offset, length, at -> {
            if (EventHeader.templateId(buffer, at) != InstrumentDefinitionDecoder.TEMPLATE_ID) {
                refuse(look.read(buffer, at), OutcomeReason.SHUTDOWN, 0);
            }
        });
    }

    private int startWaiting() {
        int started = 0;
        for (int queue = 0; queue < waiting.lanes(); queue++) {
            while (waiting.size(queue) > 0
                    && start(waiting.memory(), waiting.headOffset(queue), waiting.headLength(queue))) {
                waiting.removeHead(queue);
                started++;
            }
        }
        return started;
    }

    private void onRange(int type, DirectBuffer buffer, int offset, int length) {
        int at = offset;
        while (at < offset + length) {
            int messageLength = EventHeader.length(buffer, at);
            onMessage(buffer, at, messageLength);
            at += messageLength;
        }
    }

    private void onMessage(DirectBuffer buffer, int offset, int length) {
        int templateId = EventHeader.templateId(buffer, offset);
        if (templateId == InstrumentDefinitionDecoder.TEMPLATE_ID) {
            table.put(InstrumentCodec.decode(buffer, offset));
            return;
        }
        if (templateId == AuditDecoder.TEMPLATE_ID) {
            auditor.accept(buffer, offset);
            return;
        }
        look.read(buffer, offset);
        if ((!look.isFast() && !isSlow(templateId)) || look.lane == Lane.NULL_VAL) {
            refuse(look, OutcomeReason.UNSUPPORTED, 0);
            return;
        }
        Lane lane = look.lane;
        if (waiting.isFree(lane) && start(buffer, offset, length)) {
            return;
        }
        counters.increment(LinkCounters.WAITED);
        if (!waiting.add(lane, buffer, offset, length)) {
            refuse(look.read(buffer, offset), OutcomeReason.QUEUE_FULL, 0);
        }
    }

    private boolean isSlow(int templateId) {
        return look.isQuery()
                || templateId == CancelBatchDecoder.TEMPLATE_ID
                || templateId == ArmCountdownDecoder.TEMPLATE_ID
                || templateId == ConfigureInstrumentDecoder.TEMPLATE_ID;
    }

    /** Starts a command or ends it; returns false if it has to wait. */
    private boolean start(DirectBuffer buffer, int offset, int length) {
        look.read(buffer, offset);
        long takenNs = clock.nowNs();
        if (takenNs > look.deadlineNs) {
            counters.increment(LinkCounters.EXPIRED);
            events.expired(look);
            return true;
        }
        InstrumentSpec spec = table.byId(look.instrumentId);
        boolean isNamed = look.isAlgo && !look.isOnGrid();
        boolean isOtherGrid = spec != null && spec.gridVersion() != EventHeader.gridVersion(buffer, offset);
        if ((spec == null && !isNamed) || (look.isOnGrid() && isOtherGrid)) {
            // Prices on another grid than ours would be other prices.
            refuse(look, OutcomeReason.UNSUPPORTED, 0);
            return true;
        }
        if (look.isFast() && link != null && link.isReady()) {
            return startFast(buffer, offset, spec, takenNs);
        }
        if (!time.isKnown()) {
            refuse(look, OutcomeReason.LINK_DOWN, 0);
            return true;
        }
        if (!slow.hasCapacity()) {
            return false;
        }
        long retryAtNs = slow.start(buffer, offset, length);
        return retryAtNs == 0 || mayRefuse(rest.refusal(), retryAtNs);
    }

    private boolean startFast(DirectBuffer buffer, int offset, InstrumentSpec spec, long takenNs) {
        Ticket ticket = link.ticket();
        if (ticket == null) {
            refuse(look, OutcomeReason.QUEUE_FULL, 0);
            return true;
        }
        long nowMs = rest.venueNowMs();
        long retryAtMs = rest.ledger().tryAcquire(look.lane, look.weight, look.orders, nowMs);
        if (retryAtMs > 0) {
            boolean isBanned = nowMs < rest.ledger().bannedUntilMs();
            return mayRefuse(isBanned ? OutcomeReason.BANNED : OutcomeReason.RATE_LIMIT, rest.toIngressNs(retryAtMs));
        }
        ticket.read(buffer, offset);
        ticket.keep(buffer, offset, EventHeader.length(buffer, offset));
        int length = text.json(buffer, offset, spec, link.requestId(), nowMs);
        ticket.takenNs = takenNs;
        ticket.encodedNs = clock.nowNs();
        if (link.offer(ticket, text.buffer(), length)) {
            last = ticket;
            return true;
        }
        rest.ledger().onUnsent(look.weight, look.orders, nowMs);
        return false;
    }

    /** Refuses at once what matters most, so that the engine can do something else; low lanes wait if waiting can help. */
    private boolean mayRefuse(OutcomeReason reason, long retryAtNs) {
        boolean isLow = look.lane == Lane.QUERY || look.lane == Lane.HISTORY;
        if (isLow && retryAtNs <= look.deadlineNs) {
            return false;
        }
        refuse(look, reason, retryAtNs);
        return true;
    }

    private void refuse(Ticket ticket, OutcomeReason reason, long retryAtNs) {
        counters.increment(LinkCounters.REFUSED);
        events.refused(ticket, reason, retryAtNs);
    }
}
