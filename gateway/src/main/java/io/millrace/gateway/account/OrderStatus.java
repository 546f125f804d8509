package io.millrace.gateway.account;

import io.millrace.codecs.event.LinkState;
import io.millrace.gateway.limits.RateLedger;
import io.millrace.gateway.orders.LinkCounters;
import io.millrace.gateway.orders.OrderDesk;
import io.millrace.gateway.rest.VenueRest;

/** What other threads may know of the order agent; it writes, once in a millisecond. */
public final class OrderStatus {
    private final LinkCounters counters = new LinkCounters();
    private volatile LinkState link = LinkState.DOWN;
    private volatile boolean hasStandby;
    private volatile boolean isSetUp;
    private volatile boolean mayWithdraw;
    private volatile int streams;
    private volatile long duplicates;
    private volatile RateLedger ledger;

    /** Returns the agent's counters. */
    public LinkCounters counters() {
        return counters;
    }

    /** Returns what the link can do. */
    public LinkState link() {
        return link;
    }

    /** Returns whether a second session of the WebSocket API stands by. */
    public boolean hasStandby() {
        return hasStandby;
    }

    /** Returns whether the account's mode and permissions are checked. */
    public boolean isSetUp() {
        return isSetUp;
    }

    /** Returns whether the venue said that withdrawals are allowed: trading does not need that. */
    public boolean mayWithdraw() {
        return mayWithdraw;
    }

    /** Returns how many connections carry the private stream. */
    public int streamConnections() {
        return streams;
    }

    /** Returns how many frames of the private stream came again over another connection. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the request weight used in the last minute that anything was used in, of the whole address. */
    public int weightPerMinute() {
        RateLedger current = ledger;
        return current == null ? 0 : current.used(RateLedger.WEIGHT);
    }

    void update(OrderDesk desk, AccountSetup setup, VenueRest rest) {
        if (ledger == null) {
            ledger = rest.ledger();
        }
        if (desk.state() != null && desk.state() != link) {
            link = desk.state();
        }
        if (desk.hasStandby() != hasStandby) {
            hasStandby = desk.hasStandby();
        }
        if (setup.mayWithdraw() != mayWithdraw) {
            mayWithdraw = setup.mayWithdraw();
        }
        if (setup.isDone() != isSetUp) {
            isSetUp = setup.isDone();
        }
    }

    void update(PrivateStream stream) {
        if (stream.openConnections() != streams) {
            streams = stream.openConnections();
        }
        if (stream.duplicates() != duplicates) {
            duplicates = stream.duplicates();
        }
    }
}
