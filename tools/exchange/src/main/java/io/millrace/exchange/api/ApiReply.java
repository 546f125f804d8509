package io.millrace.exchange.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the venue answers to a request. */
public final class ApiReply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final AnswerFate fate;

    /**
     * Makes a reply.
     *
     * @param status of HTTP.
     * @param headers beside those of every reply, in order.
     * @param body JSON, or whatever a fault puts in its place; not copied.
     */
    public ApiReply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, AnswerFate.PROMPT);
    }

    private ApiReply(int status, Map<String, String> headers, byte[] body, AnswerFate fate) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.fate = fate;
    }

    ApiReply with(AnswerFate newFate) {
        return new ApiReply(status, headers, body, newFate);
    }

    /** Returns what becomes of it on its way to the client. */
    public AnswerFate fate() {
        return fate;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the headers that the venue adds, in order. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the body; not a copy. */
    public byte[] body() {
        return body;
    }

    /** Returns the body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + headers + " " + text();
    }
}
