package io.millrace.gateway.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.Lane;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.VenueRest;
import io.millrace.gateway.transport.Backoff;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the venue's time at first, every minute, and when the venue finds a time stamp wrong. */
final class VenueTime {
    private static final Logger LOG = LoggerFactory.getLogger(VenueTime.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long SOON_NS = TimeUnit.SECONDS.toNanos(1);

    private final VenueRest rest;
    private final IngressClock clock;
    private final Backoff backoff;
    private long nextNs;
    private boolean isAsking;
    private boolean isKnown;

    VenueTime(VenueRest rest, IngressClock clock, Backoff backoff) {
        this.rest = rest;
        this.clock = clock;
        this.backoff = backoff;
        this.nextNs = clock.monotonicNs();
    }

    /** Returns whether the venue has told its time. */
    boolean isKnown() {
        return isKnown;
    }

    /** The venue refused a time stamp: ask again, but not more than once in a second. */
    void onRefused() {
        nextNs = Math.min(nextNs, clock.monotonicNs() + SOON_NS);
    }

    void onTick(long nowNs) {
        if (isAsking || nowNs - nextNs < 0 || !rest.hasCapacity()) {
            return;
        }
        long sentNs = clock.nowNs();
        long retryAtNs = rest.tryGet("/fapi/v1/time", 1, Lane.QUERY, answer -> onAnswer(answer, sentNs));
        isAsking = retryAtNs == 0;
        if (retryAtNs > 0) {
            nextNs = nowNs + Math.max(SOON_NS, retryAtNs - clock.nowNs());
        }
    }

    private void onAnswer(RestAnswer answer, long sentNs) {
        isAsking = false;
        long serverTimeMs = answer.isOk() ? serverTimeMs(answer.body()) : 0;
        if (serverTimeMs <= 0) {
            LOG.warn("the venue does not tell its time: {}, status {}", answer.kind(), answer.status());
            nextNs = clock.monotonicNs() + backoff.nextNs();
            return;
        }
        backoff.reset();
        rest.onServerTime(serverTimeMs, sentNs, answer.ingressNs());
        nextNs = clock.monotonicNs() + INTERVAL_NS;
        isKnown = true;
    }

    private static long serverTimeMs(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? 0 : root.path("serverTime").asLong(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
