package io.millrace.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.gateway.clock.IngressClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests within the venue's limits: every one passes the ledger, and every answer goes back into it. Keeps the venue's
 * clock too, because the ledger's windows begin on the venue's minutes.
 *
 * <p><b>Thread:</b> the loop's.
 */
public final class VenueRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{10,16})");
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BANNED = 418;
    private static final long BANNED_MS = TimeUnit.MINUTES.toMillis(2);
    private static final long NS_PER_MS = 1_000_000L;

    private final RestClient client;
    private final WeightLedger ledger;
    private final IngressClock clock;
    private long venueOffsetMs;

    /**
     * Joins a client and a ledger.
     *
     * @param client sends.
     * @param ledger counts.
     * @param clock of ingress time.
     */
    public VenueRest(RestClient client, WeightLedger ledger, IngressClock clock) {
        this.client = client;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Returns whether a connection is free. */
    public boolean hasCapacity() {
        return client.hasCapacity();
    }

    /** Returns the ledger. */
    public WeightLedger ledger() {
        return ledger;
    }

    /** Returns the venue's time as far as it is known, epoch milliseconds. */
    public long venueNowMs() {
        return clock.nowNs() / NS_PER_MS + venueOffsetMs;
    }

    /**
     * Sends a request if the ledger allows it; a connection has to be free.
     *
     * @param pathAndQuery of the request.
     * @param weight it costs.
     * @param isPriority whether it may use the reserve.
     * @param onAnswer gets the answer, after the ledger.
     * @return 0 if it was sent; else ingress time in nanoseconds before which trying again is of no use.
     */
    public long tryGet(String pathAndQuery, int weight, boolean isPriority, Consumer<RestAnswer> onAnswer) {
        long sentAtMs = venueNowMs();
        long retryAtMs = ledger.tryAcquire(weight, isPriority, sentAtMs);
        if (retryAtMs > 0) {
            return (retryAtMs - venueOffsetMs) * NS_PER_MS;
        }
        client.get(pathAndQuery, answer -> {
            account(answer, weight, sentAtMs);
            onAnswer.accept(answer);
        });
        return 0;
    }

    /** Returns ingress time before which the venue takes nothing, 0 if it does. */
    public long bannedUntilNs() {
        long untilMs = ledger.bannedUntilMs();
        return untilMs <= venueNowMs() ? 0 : (untilMs - venueOffsetMs) * NS_PER_MS;
    }

    /**
     * Notes the venue's clock.
     *
     * @param serverTimeMs as the venue wrote it.
     * @param sentAtNs ingress time at which it was asked.
     * @param answeredAtNs ingress time at which it answered.
     */
    public void onServerTime(long serverTimeMs, long sentAtNs, long answeredAtNs) {
        venueOffsetMs = serverTimeMs - (sentAtNs + (answeredAtNs - sentAtNs) / 2) / NS_PER_MS;
    }

    /**
     * Reads the venue's error code out of a body.
     *
     * @param answer of any status.
     * @return the code, 0 if there is none.
     */
    public static int venueCode(RestAnswer answer) {
        return error(answer).path("code").asInt(0);
    }

    private void account(RestAnswer answer, int weight, long sentAtMs) {
        long nowMs = venueNowMs();
        ledger.onAnswer(weight, sentAtMs, answer.usedWeight(), nowMs);
        if (answer.status() == TOO_MANY_REQUESTS || answer.status() == BANNED) {
            ledger.ban(banEndMs(answer, nowMs));
        }
    }

    private static long banEndMs(RestAnswer answer, long nowMs) {
        if (answer.retryAfterSeconds() >= 0) {
            return nowMs + TimeUnit.SECONDS.toMillis(answer.retryAfterSeconds());
        }
        Matcher until = BANNED_UNTIL.matcher(error(answer).path("msg").asText(""));
        if (until.find()) {
            return Long.parseLong(until.group(1));
        }
        return answer.status() == BANNED ? nowMs + BANNED_MS : WeightLedger.nextWindowMs(nowMs);
    }

    private static JsonNode error(RestAnswer answer) {
        try {
            JsonNode root = answer.body().length == 0 ? null : JSON.readTree(answer.body());
            return root == null ? JSON.createObjectNode() : root;
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /**
     * Looks after time limits.
     *
     * @param nowNs monotonic time.
     */
    public void onTick(long nowNs) {
        client.onTick(nowNs);
    }

    /** Closes the connections. */
    public void close() {
        client.close();
    }
}
