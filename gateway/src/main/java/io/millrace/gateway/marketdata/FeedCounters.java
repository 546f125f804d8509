package io.millrace.gateway.marketdata;

import io.millrace.gateway.transport.ConnectionCounters;

/** Counters of one connection slot: its sockets' and what was decoded from them. Any thread may read. */
public final class FeedCounters extends ConnectionCounters {
    /** Number of message types counted, see {@link #message}. */
    public static final int TYPES = 16;
    /** Frames from which nothing had to be published: unknown events, other products. */
    public static final int IGNORED = BASE_COUNT;
    /** Frames that could not be decoded; each is a DecodeError event. */
    public static final int DECODE_ERRORS = BASE_COUNT + 1;
    /** Updates longer than the ring can ever take; each is a DecodeError event. */
    public static final int TOO_LONG = BASE_COUNT + 2;
    /** Replies to requests. */
    public static final int REPLIES = BASE_COUNT + 3;
    /** Requests that the venue refused or left unanswered. */
    public static final int REPLY_FAILURES = BASE_COUNT + 4;
    /** Connections replaced without a gap. */
    public static final int ROLLOVERS = BASE_COUNT + 5;
    /** Messages after which the engine took no more for a while. */
    public static final int BACK_PRESSURED = BASE_COUNT + 6;

    private static final int FIRST_TYPE = BASE_COUNT + 7;

    /** Makes counters at zero. */
    public FeedCounters() {
        super(FIRST_TYPE + TYPES);
    }

    /**
     * Returns the counter of the venue's messages of one type; a long one counts once.
     *
     * @param templateId of the SBE message, 1 to 15.
     * @return index for {@link #get}.
     */
    public static int message(int templateId) {
        return FIRST_TYPE + (templateId & (TYPES - 1));
    }
}
