package io.millrace.gateway.orders;

import io.millrace.gateway.transport.ConnectionCounters;

/** Counters of the order agent: of its sockets and of what became of commands. Any thread may read. */
public final class LinkCounters extends ConnectionCounters {
    /** Requests whose first byte has left, on the fast way. */
    public static final int SENT = BASE_COUNT;
    /** Requests that were answered by an order, on either way. */
    public static final int ANSWERED = BASE_COUNT + 1;
    /** Requests that the venue refused, or that came to nothing, for certain. */
    public static final int FAILED = BASE_COUNT + 2;
    /** Requests of which nobody knows what became. */
    public static final int UNKNOWN = BASE_COUNT + 3;
    /** Requests without an answer in time. */
    public static final int TIMEOUTS = BASE_COUNT + 4;
    /** Answers to no request under way: late ones, second ones. */
    public static final int STRAYS = BASE_COUNT + 5;
    /** Answers that could not be read. */
    public static final int UNREADABLE = BASE_COUNT + 6;
    /** Commands refused by ledger, breaker, ban or a link that is down. */
    public static final int REFUSED = BASE_COUNT + 7;
    /** Commands whose time was over before they could be sent. */
    public static final int EXPIRED = BASE_COUNT + 8;
    /** Requests that the socket did not take at once. */
    public static final int HELD = BASE_COUNT + 9;
    /** Times that a command had to wait for socket, connection or ledger. */
    public static final int WAITED = BASE_COUNT + 10;
    /** Sessions in use that were lost. */
    public static final int LOST = BASE_COUNT + 11;
    /** Sessions replaced on schedule. */
    public static final int ROLLOVERS = BASE_COUNT + 12;
    /** Logons that the venue refused. */
    public static final int LOGONS_REFUSED = BASE_COUNT + 13;
    /** Requests sent on the slow way. */
    public static final int SLOW = BASE_COUNT + 14;
    /** Questions that were answered by one asked before. */
    public static final int MERGED = BASE_COUNT + 15;
    /** Questions that were answered from memory. */
    public static final int CACHED = BASE_COUNT + 16;
    /** Audits that came to their end. */
    public static final int AUDITS = BASE_COUNT + 17;
    /** Commands that went the slow way because a session had lost its logon. */
    public static final int REROUTED = BASE_COUNT + 18;

    private static final int COUNT = BASE_COUNT + 19;

    /** Makes counters at zero. */
    public LinkCounters() {
        super(COUNT);
    }
}
