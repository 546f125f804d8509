package io.millrace.gateway.orders;

import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.port.CommandStamps;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.control.CommandInlet;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import io.millrace.gateway.transport.WebSocketContext;
import org.agrona.DirectBuffer;

/**
 * Both ways to the venue and the executor of commands in front of them; says by LinkStatus events what they can do.
 *
 * <p><b>Thread:</b> the agent's, which made it.
 */
public final class OrderDesk {
    private final OrderLink link;
    private final VenueTime time;
    private final OrderCommands commands;
    private final VenueRest rest;
    private final LinkEvents events;
    private LinkState state;
    private boolean isNear;
    private long untilNs;

    /** Executes audits. */
    public interface Auditor {
        /**
         * Takes an audit; it ends in AuditDone or in an outcome.
         *
         * @param buffer holds the command.
         * @param offset of it.
         */
        void accept(DirectBuffer buffer, int offset);
    }

    /**
     * What a desk works with.
     *
     * @param sockets loop, resolver, TLS and clock.
     * @param rest for the slow way.
     * @param key that trades.
     * @param table of contracts, kept up to date by definitions among the commands.
     * @param answers reads what the venue answers.
     * @param events takes what becomes of commands.
     * @param counters of the agent.
     * @param stamps hears when what was done with a command.
     */
    public record Parts(
            WebSocketContext sockets,
            VenueRest rest,
            ApiKey key,
            InstrumentTable table,
            AnswerDecoder answers,
            LinkEvents events,
            LinkCounters counters,
            CommandStamps stamps) {}

    /**
     * Makes a desk that has no connection yet.
     *
     * @param settings of the link.
     * @param parts that it works with.
     * @param inlet that commands come from.
     * @param auditor executes audits.
     */
    public OrderDesk(OrderLinkSettings settings, Parts parts, CommandInlet inlet, Auditor auditor) {
        this.rest = parts.rest();
        this.events = parts.events();
        OrderLinkSettings.Times times = settings.times();
        Backoff backoff = new Backoff(
                times.firstBackoff().toNanos(),
                times.maxBackoff().toNanos(),
                parts.sockets().random());
        this.time = new VenueTime(rest, parts.sockets().clock(), backoff);
        boolean isFast = settings.wsApi() != null && parts.key().canLogOn();
        SlowPath slow = new SlowPath(parts, settings.recvWindowMs(), time::onRefused);
        this.link = isFast ? new OrderLink(settings, parts, time::onRefused, slow) : null;
        this.commands = new OrderCommands(
                new OrderCommands.Parts(inlet, link, slow, time, auditor, parts), settings.recvWindowMs());
    }

    /** Takes commands and starts what can be started; returns how many things it did. */
    public int poll() {
        if (link != null) {
            link.pollHeld();
        }
        return commands.poll();
    }

    /**
     * Looks after everything that is due.
     *
     * @param nowNs monotonic time.
     */
    public void onTick(long nowNs) {
        time.onTick(nowNs);
        if (link != null && time.isKnown()) {
            link.onTick(nowNs);
        }
        report();
    }

    /** Returns whether the venue's time is known: requests can be signed. */
    public boolean isTimeKnown() {
        return time.isKnown();
    }

    /** Returns what the link can do. */
    public LinkState state() {
        return state;
    }

    /** Returns whether a second session stands by. */
    public boolean hasStandby() {
        return link != null && link.hasStandby();
    }

    /** Ends everything that waits and closes the sessions; what is under way becomes unknown. */
    public void stop() {
        commands.stop();
        if (link != null) {
            link.stop();
        }
    }

    private void report() {
        long bannedUntilNs = rest.bannedUntilNs();
        LinkState now = LinkState.DOWN;
        if (bannedUntilNs > 0) {
            now = LinkState.BANNED;
        } else if (link != null && link.isReady()) {
            now = LinkState.FAST;
        } else if (time.isKnown() && !rest.isBroken()) {
            now = LinkState.SLOW;
        }
        long venueNowMs = rest.venueNowMs();
        boolean isNearNow = rest.ledger().isNear(venueNowMs);
        if (now != state || isNearNow != isNear || (bannedUntilNs != untilNs && now == LinkState.BANNED)) {
            state = now;
            isNear = isNearNow;
            untilNs = bannedUntilNs;
            events.link(now, bannedUntilNs, isNearNow, rest.ledger(), venueNowMs);
        }
    }
}
