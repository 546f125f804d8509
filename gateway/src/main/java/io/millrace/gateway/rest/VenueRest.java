package io.millrace.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.limits.CircuitBreaker;
import io.millrace.gateway.limits.RateLedger;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests within the venue's limits: every one passes the breaker and the ledger, and every answer goes back into them. Keeps
 * the venue's clock too, because the ledger's windows begin on the venue's minutes.
 *
 * <p><b>Thread:</b> the loop's.
 */
public final class VenueRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{10,16})");
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BANNED = 418;
    private static final int SERVER_FAULTS = 500;
    private static final int TOO_MANY_ORDERS = -1015;
    private static final int THROTTLED = -1008;
    private static final long BANNED_MS = TimeUnit.MINUTES.toMillis(2);
    private static final long NS_PER_MS = 1_000_000L;

    private final RestClient client;
    private final RateLedger ledger;
    private final CircuitBreaker breaker;
    private final IngressClock clock;
    private long venueOffsetMs;
    private OutcomeReason refusal = OutcomeReason.NONE;

    /**
     * Joins a client, a ledger and a breaker.
     *
     * @param client sends.
     * @param ledger counts.
     * @param breaker keeps requests from a venue that does not answer.
     * @param clock of ingress time.
     */
    public VenueRest(RestClient client, RateLedger ledger, CircuitBreaker breaker, IngressClock clock) {
        this.client = client;
        this.ledger = ledger;
        this.breaker = breaker;
        this.clock = clock;
    }

    /** Returns whether a connection is free. */
    public boolean hasCapacity() {
        return client.hasCapacity();
    }

    /** Returns the ledger. */
    public RateLedger ledger() {
        return ledger;
    }

    /** Returns the venue's time as far as it is known, epoch milliseconds. */
    public long venueNowMs() {
        return clock.nowNs() / NS_PER_MS + venueOffsetMs;
    }

    /**
     * Asks if breaker and ledger allow it; a connection has to be free.
     *
     * @param pathAndQuery of the request.
     * @param weight it costs.
     * @param lane that it belongs to.
     * @param onAnswer gets the answer, after the ledger.
     * @return 0 if it was sent; else ingress time in nanoseconds before which trying again is of no use.
     */
    public long tryGet(String pathAndQuery, int weight, Lane lane, Consumer<RestAnswer> onAnswer) {
        return trySend(RestRequest.get(pathAndQuery, clock.monotonicNs()), new Cost(lane, weight, 0), onAnswer);
    }

    /**
     * What a request counts for.
     *
     * @param lane that it belongs to.
     * @param weight of the request.
     * @param orders that it counts as.
     */
    public record Cost(Lane lane, int weight, int orders) {}

    /**
     * Sends a request if breaker and ledger allow it; a connection has to be free.
     *
     * @param request to send.
     * @param cost of it.
     * @param onAnswer gets the answer, after the ledger.
     * @return 0 if it was sent; else ingress time in nanoseconds before which trying again is of no use, see {@link
     *     #refusal()}.
     */
    public long trySend(RestRequest request, Cost cost, Consumer<RestAnswer> onAnswer) {
        long sentAtMs = venueNowMs();
        long closedNs = breaker.tryPass(clock.monotonicNs());
        if (closedNs > 0) {
            refusal = OutcomeReason.BREAKER_OPEN;
            return clock.nowNs() + closedNs;
        }
        long retryAtMs = ledger.tryAcquire(cost.lane(), cost.weight(), cost.orders(), sentAtMs);
        if (retryAtMs > 0) {
            breaker.onUnsent();
            refusal = sentAtMs < ledger.bannedUntilMs() ? OutcomeReason.BANNED : OutcomeReason.RATE_LIMIT;
            return toIngressNs(retryAtMs);
        }
        client.send(request, answer -> {
            account(answer, cost, sentAtMs);
            onAnswer.accept(answer);
        });
        return 0;
    }

    /** Returns why the last request was refused: RATE_LIMIT, BANNED or BREAKER_OPEN. */
    public OutcomeReason refusal() {
        return refusal;
    }

    /** Returns whether the breaker is open: the venue does not answer. */
    public boolean isBroken() {
        return breaker.isOpen();
    }

    /** Returns ingress time of a time of the venue's. */
    public long toIngressNs(long venueMs) {
        return (venueMs - venueOffsetMs) * NS_PER_MS;
    }

    /** Returns ingress time before which the venue takes nothing, 0 if it does. */
    public long bannedUntilNs() {
        long untilMs = ledger.bannedUntilMs();
        return untilMs <= venueNowMs() ? 0 : toIngressNs(untilMs);
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

    /**
     * Notes that the venue refused a request because of its limits, on whatever way it came.
     *
     * @param status 429 or 418.
     * @param venueCode in the answer, 0 for none.
     * @param retryAfterMs how long the venue asked to stay away, negative if it did not.
     * @param untilMs venue's time that the answer names as the end of a ban, 0 for none.
     */
    public void onLimited(int status, int venueCode, long retryAfterMs, long untilMs) {
        long nowMs = venueNowMs();
        if (status == TOO_MANY_REQUESTS && venueCode == TOO_MANY_ORDERS) {
            long windowMs = RateLedger.nextWindowMs(RateLedger.ORDERS_10S, nowMs);
            ledger.blockOrders(retryAfterMs >= 0 ? nowMs + retryAfterMs : windowMs);
        } else if (retryAfterMs >= 0) {
            ledger.ban(nowMs + retryAfterMs);
        } else if (untilMs > 0) {
            ledger.ban(untilMs);
        } else {
            ledger.ban(status == BANNED ? nowMs + BANNED_MS : RateLedger.nextWindowMs(RateLedger.WEIGHT, nowMs));
        }
    }

    private void account(RestAnswer answer, Cost cost, long sentAtMs) {
        long nowMs = venueNowMs();
        if (answer.kind() == RestAnswer.Kind.EXPIRED) {
            ledger.onUnsent(cost.weight(), cost.orders(), nowMs);
            breaker.onUnsent();
            return;
        }
        ledger.onDone(cost.weight(), cost.orders(), nowMs);
        RestAnswer.Usage usage = answer.usage();
        ledger.correct(RateLedger.WEIGHT, usage.weight(), sentAtMs, nowMs);
        ledger.correct(RateLedger.ORDERS_10S, usage.orders10s(), sentAtMs, nowMs);
        ledger.correct(RateLedger.ORDERS_1M, usage.orders1m(), sentAtMs, nowMs);
        if (isFailure(answer)) {
            breaker.onFailure(clock.monotonicNs());
        } else {
            breaker.onSuccess();
        }
        if (answer.status() == TOO_MANY_REQUESTS || answer.status() == BANNED) {
            long retryAfterMs = answer.retryAfterSeconds() < 0 ? -1 : answer.retryAfterSeconds() * 1000;
            onLimited(answer.status(), venueCode(answer), retryAfterMs, bannedUntilMs(venueMessage(answer)));
        }
    }

    /** No answer, or a fault of the server's; that it has too much to do just now is none. */
    private static boolean isFailure(RestAnswer answer) {
        return answer.kind() != RestAnswer.Kind.ANSWERED
                || (answer.status() >= SERVER_FAULTS && venueCode(answer) != THROTTLED);
    }

    /**
     * Reads the end of a ban out of an error's text.
     *
     * @param message of the venue's.
     * @return the venue's time, 0 if the text names none.
     */
    public static long bannedUntilMs(String message) {
        Matcher until = BANNED_UNTIL.matcher(message);
        return until.find() ? Long.parseLong(until.group(1)) : 0;
    }

    /** Returns the text of the venue's error in a body, empty if there is none. */
    public static String venueMessage(RestAnswer answer) {
        return error(answer).path("msg").asText("");
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
