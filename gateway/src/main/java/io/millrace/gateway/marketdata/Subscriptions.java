package io.millrace.gateway.marketdata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The requests of one connection: what has to be sent still, and what was sent and waits for its reply. Replies are told
 * apart by id; one without an id (the venue could not read the request) belongs to the oldest.
 */
final class Subscriptions {
    static final String SUBSCRIBE = "SUBSCRIBE";
    static final String UNSUBSCRIBE = "UNSUBSCRIBE";
    private static final int MAX_ATTEMPTS = 3;

    /** One request, sent or to be sent. */
    static final class Request {
        final String method;
        final List<StreamRef> streams;
        final boolean isResubscription;
        long id;
        long deadlineNs;
        int attempts;

        Request(String method, List<StreamRef> streams, boolean isResubscription) {
            this.method = method;
            this.streams = streams;
            this.isResubscription = isResubscription;
        }

        /** Returns the message that asks for it. */
        String toJson() {
            StringBuilder json = new StringBuilder(64 + streams.size() * 24);
            json.append("{\"method\":\"").append(method).append("\",\"params\":[");
            String separator = "\"";
            for (StreamRef stream : streams) {
                json.append(separator);
                appendEscaped(json, stream.name());
                separator = "\",\"";
            }
            return json.append("\"],\"id\":").append(id).append('}').toString();
        }

        private static void appendEscaped(StringBuilder json, String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    json.append('\\');
                }
                json.append(c);
            }
        }
    }

    private final Deque<Request> unsent = new ArrayDeque<>();
    private final List<Request> outstanding = new ArrayList<>();
    private final int streamsPerRequest;
    private final long timeoutNs;
    private long lastId;

    Subscriptions(int streamsPerRequest, long timeoutNs) {
        this.streamsPerRequest = streamsPerRequest;
        this.timeoutNs = timeoutNs;
    }

    /** Queues a request for some streams, cut to the size that the venue takes. */
    void request(String method, List<StreamRef> streams, boolean isResubscription) {
        for (int from = 0; from < streams.size(); from += streamsPerRequest) {
            int to = Math.min(streams.size(), from + streamsPerRequest);
            unsent.add(new Request(method, List.copyOf(streams.subList(from, to)), isResubscription));
        }
    }

    /** Returns the next request to send, or null; {@link #sent} takes it off. */
    Request next() {
        Request request = unsent.peek();
        if (request != null && request.id == 0) {
            request.id = ++lastId;
        }
        return request;
    }

    void sent(long nowNs) {
        Request request = unsent.remove();
        request.attempts++;
        request.deadlineNs = nowNs + timeoutNs;
        outstanding.add(request);
    }

    /** Returns the request that a reply answers, taken off, or null; id -1 for a reply without one. */
    Request answered(long id) {
        for (int i = 0; i < outstanding.size(); i++) {
            if (id < 0 || outstanding.get(i).id == id) {
                return outstanding.remove(i);
            }
        }
        return null;
    }

    /**
     * Queues again what was not answered in time.
     *
     * @return whether a request was tried too often.
     */
    boolean expire(long nowNs) {
        boolean isExhausted = false;
        for (int i = outstanding.size() - 1; i >= 0; i--) {
            if (nowNs > outstanding.get(i).deadlineNs) {
                isExhausted |= !retry(outstanding.remove(i));
            }
        }
        return isExhausted;
    }

    /** Queues a request again; returns false if it was tried often enough. */
    boolean retry(Request request) {
        if (request.attempts >= MAX_ATTEMPTS) {
            return false;
        }
        request.id = 0;
        unsent.addFirst(request);
        return true;
    }

    boolean isWaiting() {
        return !outstanding.isEmpty();
    }

    boolean isIdle() {
        return unsent.isEmpty() && outstanding.isEmpty();
    }
}
