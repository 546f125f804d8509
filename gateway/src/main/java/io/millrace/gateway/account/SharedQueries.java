package io.millrace.gateway.account;

import io.millrace.codecs.event.Lane;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.orders.LinkCounters;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.RestRequest;
import io.millrace.gateway.rest.VenueRest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Signed questions about the account. Equal ones under way become one, and who can do with an answer of a stated age gets the
 * last one from memory; with every answer goes the time at which it was asked for.
 */
final class SharedQueries {
    private static final int MAX_REMEMBERED = 2048;
    private static final int RECV_WINDOW_MS = 5000;

    /** Takes an answer. */
    interface Listener {
        /**
         * The question is answered, or will not be.
         *
         * @param answer or that there is none.
         * @param sentNs ingress time at which it was asked, 0 if it never was.
         */
        void onAnswer(RestAnswer answer, long sentNs);
    }

    private static final class Pending {
        final List<Listener> listeners = new ArrayList<>();
        long sentNs;
    }

    /**
     * An answer with the time at which it was asked for.
     *
     * @param answer of the venue's.
     * @param sentNs ingress time.
     */
    private record Remembered(RestAnswer answer, long sentNs) {}

    /**
     * A question.
     *
     * @param path and parameters, without what signs it.
     * @param weight of it.
     * @param lane of it.
     * @param maxAgeNs oldest answer that will do, 0 for a new one.
     * @param deadlineNs ingress time after which it is not asked any more.
     */
    record Question(String path, int weight, Lane lane, long maxAgeNs, long deadlineNs) {}

    private final VenueRest rest;
    private final ApiKey key;
    private final IngressClock clock;
    private final LinkCounters counters;
    private final Map<String, Pending> pending = new HashMap<>();
    private final Map<String, Remembered> remembered = new HashMap<>();

    SharedQueries(VenueRest rest, ApiKey key, IngressClock clock, LinkCounters counters) {
        this.rest = rest;
        this.key = key;
        this.clock = clock;
        this.counters = counters;
    }

    /** Returns whether a question can be asked now, or needs not to be. */
    boolean hasCapacity() {
        return rest.hasCapacity();
    }

    /**
     * Asks, unless somebody does already or the answer is known.
     *
     * @param question to ask.
     * @param listener gets the answer, perhaps before this returns.
     * @return 0 if the answer comes; else ingress time before which trying again is of no use, see {@link VenueRest#refusal()}.
     */
    long ask(Question question, Listener listener) {
        String path = question.path();
        Remembered known = remembered.get(path);
        if (known != null && clock.nowNs() - known.sentNs() <= question.maxAgeNs()) {
            counters.increment(LinkCounters.CACHED);
            listener.onAnswer(known.answer(), known.sentNs());
            return 0;
        }
        Pending same = pending.get(path);
        if (same != null) {
            counters.increment(LinkCounters.MERGED);
            same.listeners.add(listener);
            return 0;
        }
        Pending asked = new Pending();
        RestRequest request = new RestRequest(
                RestRequest.Method.GET,
                () -> signed(path),
                key.name(),
                question.deadlineNs() - clock.offsetNs(),
                () -> asked.sentNs = clock.nowNs());
        VenueRest.Cost cost = new VenueRest.Cost(question.lane(), question.weight(), 0);
        asked.listeners.add(listener);
        pending.put(path, asked);
        long retryAtNs = rest.trySend(request, cost, answer -> onAnswer(path, asked, answer, question.maxAgeNs() > 0));
        if (retryAtNs > 0) {
            pending.remove(path);
        }
        return retryAtNs;
    }

    /** What was remembered of a path is not true any more. */
    void forget(String path) {
        remembered.remove(path);
    }

    private void onAnswer(String path, Pending asked, RestAnswer answer, boolean isKept) {
        pending.remove(path);
        if (answer.isOk() && isKept) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(path, new Remembered(answer, asked.sentNs));
        }
        for (Listener listener : asked.listeners) {
            listener.onAnswer(answer, asked.sentNs);
        }
    }

    private String signed(String path) {
        String joint = path.indexOf('?') < 0 ? "?" : "&";
        int query = path.indexOf('?') + 1;
        String stamp = "recvWindow=" + RECV_WINDOW_MS + "&timestamp=" + rest.venueNowMs();
        if (query == 0) {
            return path + joint + key.signed(stamp);
        }
        return path.substring(0, query) + key.signed(path.substring(query) + joint + stamp);
    }
}
