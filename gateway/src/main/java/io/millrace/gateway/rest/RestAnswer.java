package io.millrace.gateway.rest;

/** How a request ended. */
public final class RestAnswer {
    private static final int OK = 200;
    private static final int NOT_SAID = -1;

    /** Whether there was an answer. */
    public enum Kind {
        /** There was one, whatever its status. */
        ANSWERED,
        /** None came in time. */
        TIMEOUT,
        /** The connection could not be made: nothing was sent. */
        CONNECT_FAILED,
        /** The connection broke behind the request. */
        CONNECTION_LOST,
        /** The deadline passed before the first byte could leave: it never did, and never will. */
        EXPIRED
    }

    /**
     * What the venue said was used of its limits, -1 for what it did not say.
     *
     * @param weight of requests in this minute.
     * @param orders10s orders in these ten seconds.
     * @param orders1m orders in this minute.
     */
    public record Usage(int weight, int orders10s, int orders1m) {
        /** Nothing was said. */
        public static final Usage UNSAID = new Usage(NOT_SAID, NOT_SAID, NOT_SAID);
    }

    private final Kind kind;
    private final int status;
    private final Usage usage;
    private final long retryAfterSeconds;
    private final byte[] body;
    private final long ingressNs;

    private RestAnswer(Kind kind, int status, Usage usage, long retryAfterSeconds, byte[] body, long ingressNs) {
        this.kind = kind;
        this.status = status;
        this.usage = usage;
        this.retryAfterSeconds = retryAfterSeconds;
        this.body = body;
        this.ingressNs = ingressNs;
    }

    /** Makes the answer that is none. */
    static RestAnswer none(Kind kind) {
        return new RestAnswer(kind, 0, Usage.UNSAID, NOT_SAID, new byte[0], 0);
    }

    /** Makes an answer; -1 for what the venue did not say. */
    static RestAnswer of(int status, Usage usage, long retryAfterSeconds, byte[] body, long ingressNs) {
        return new RestAnswer(Kind.ANSWERED, status, usage, retryAfterSeconds, body, ingressNs);
    }

    /** Returns whether there was an answer at all. */
    public Kind kind() {
        return kind;
    }

    /** Returns the HTTP status, 0 without an answer. */
    public int status() {
        return status;
    }

    /** Returns what the venue said was used of its limits. */
    public Usage usage() {
        return usage;
    }

    /** Returns for how many seconds the venue asked to stay away, -1 if it did not. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Returns the body, empty without an answer; not a copy. */
    public byte[] body() {
        return body;
    }

    /** Returns ingress time at which the answer was read, 0 without one. */
    public long ingressNs() {
        return ingressNs;
    }

    /** Returns whether the request succeeded. */
    public boolean isOk() {
        return kind == Kind.ANSWERED && status == OK;
    }
}
