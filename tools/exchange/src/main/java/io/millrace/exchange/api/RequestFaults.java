package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultDoor;
import io.millrace.exchange.faults.FaultHand;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.trade.VenueException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decides what goes wrong with a request before it is looked at, and with its answer. One place for both doors; endpoints know
 * nothing of it.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class RequestFaults implements FaultHand {
    private static final long BAN_SECONDS = 120;
    private static final long SECOND_MS = 1000;

    private final Faults faults;
    private final Clients clients;
    private Predicate<String> isMethod = method -> true;

    /** The clients of the venue, as faults name them. */
    public interface Clients {
        /** Nobody. */
        Clients NONE = new Clients() {
            @Override
            public String alias(int accountId) {
                return null;
            }

            @Override
            public List<String> aliases() {
                return List.of();
            }
        };

        /**
         * Returns the alias of a client.
         *
         * @param accountId of the client.
         */
        String alias(int accountId);

        /** Returns all aliases. */
        List<String> aliases();
    }

    /**
     * A request, as far as it can be known before it is looked at.
     *
     * @param line method and path, or the name of a WebSocket API's own method.
     * @param name in the WebSocket API, or null if it has none.
     * @param parameters as sent, null if they cannot be read.
     * @param key that it names, or null; not verified.
     * @param door that it came through.
     * @param address of the client.
     * @param clockMs the time by which limits are counted, epoch milliseconds.
     */
    record Asked(
            String line, String name, Parameters parameters, ApiKey key, FaultDoor door, String address, long clockMs) {
        private String parameter(String parameter) {
            return parameters == null ? null : parameters.values().get(parameter);
        }
    }

    /**
     * What a fault does to a request.
     *
     * @param isExecuted whether the request is executed as usual first.
     * @param error answered in place of the true answer, or null.
     * @param retryAfterMs what a refusal says about waiting, milliseconds, 0 for what is usual.
     * @param fate of the answer.
     */
    record Struck(boolean isExecuted, VenueException error, long retryAfterMs, AnswerFate fate) {}

    /**
     * Makes the part of the exchange that lets requests go wrong.
     *
     * @param faults that are set.
     * @param clients whom they may name.
     */
    public RequestFaults(Faults faults, Clients clients) {
        this.faults = faults;
        this.clients = clients;
    }

    /** Returns what never does anything. */
    static RequestFaults none() {
        return new RequestFaults(new Faults(Runnable::run, Map::of), Clients.NONE);
    }

    /** Tells which requests there are, so that faults aimed at others can be refused. */
    void methods(Predicate<String> isKnown) {
        isMethod = isKnown;
    }

    @Override
    public boolean takes(FaultKind kind) {
        return switch (kind.target()) {
            case ANSWER, CLOCK, KEY -> true;
            default -> false;
        };
    }

    @Override
    public void check(Fault fault) {
        String method = fault.target().method();
        if (method != null && !isMethod.test(method)) {
            throw new IllegalArgumentException("fault " + fault.kind() + " with method=" + method
                    + ": no request is called so, write it as order.place or POST /fapi/v1/order");
        }
        String alias = fault.target().account();
        if (alias != null && !clients.aliases().contains(alias)) {
            throw new IllegalArgumentException("fault " + fault.kind() + " with account=" + alias
                    + ": no client is called so, choose one of " + clients.aliases());
        }
    }

    /** Says whether there is any fault to look for. */
    boolean isArmed() {
        return faults.isArmed();
    }

    /** Returns by how much the venue's clock is off for a request, milliseconds. */
    long driftMs(Asked asked) {
        ActiveFault drift = faults.strike(FaultKind.Target.CLOCK, fault -> isAimedAt(fault, asked));
        return drift == null ? 0 : drift.fault().number("drift");
    }

    /**
     * Says whether a fault makes a key unknown.
     *
     * @param key that a request names.
     */
    public boolean isExpired(ApiKey key) {
        return faults.isArmed()
                && faults.strike(
                                FaultKind.Target.KEY,
                                fault -> fault.target().isAtAccount(clients.alias(key.accountId())))
                        != null;
    }

    /** Finds what goes wrong with a request; null if nothing does. */
    Struck strike(Asked asked) {
        ActiveFault struck = faults.strike(FaultKind.Target.ANSWER, fault -> isAimedAt(fault, asked));
        if (struck == null) {
            return null;
        }
        Fault fault = struck.fault();
        return switch (fault.kind()) {
            case ANSWER_LOST -> new Struck(struck.isExecuting(), null, 0, AnswerFate.LOST);
            case ANSWER_LATE -> new Struck(true, null, 0, AnswerFate.late(fault.number("delay")));
            case ANSWER_TWICE -> new Struck(true, null, 0, AnswerFate.TWICE);
            case ANSWER_REORDERED -> new Struck(true, null, 0, AnswerFate.held(fault.number("delay")));
            case ANSWER_CUT -> new Struck(struck.isExecuting(), null, 0, AnswerFate.cut((int) fault.number("part")));
            case UNKNOWN_503 -> unknown(struck, ApiErrors.unknown503());
            case REQUEST_UNKNOWN_503 -> unknown(struck, ApiErrors.requestUnknown503());
            case UNEXPECTED_RESPONSE -> unknown(struck, ApiErrors.unexpectedResponse((int) fault.number("status")));
            case TIMEOUT -> unknown(struck, ApiErrors.timeout((int) fault.number("status")));
            case UNAVAILABLE_503 -> refused(ApiErrors.unavailable(), 0);
            case INTERNAL_503 -> refused(ApiErrors.internal503(), 0);
            case THROTTLED_503 -> refused(ApiErrors.throttled503(), 0);
            case RATE_LIMITED -> limited(fault, asked);
            default -> banned(struck, asked);
        };
    }

    private static Struck unknown(ActiveFault struck, VenueException error) {
        return new Struck(struck.isExecuting(), error, 0, AnswerFate.PROMPT);
    }

    private static Struck refused(VenueException error, long retryAfterMs) {
        return new Struck(false, error, retryAfterMs, AnswerFate.PROMPT);
    }

    private static Struck limited(Fault fault, Asked asked) {
        VenueException error = fault.flag("orders")
                ? ApiErrors.tooManyOrders(RateLimitSettings.VENUE.ordersPer10s(), "10 SECONDS")
                : ApiErrors.tooManyRequests(asked.address(), RateLimitSettings.VENUE.weightPerMinute());
        return refused(error, fault.number("retryAfter") * SECOND_MS);
    }

    private static Struck banned(ActiveFault struck, Asked asked) {
        long seconds = struck.fault().number("retryAfter");
        long leftMs = struck.leftMs() == Long.MAX_VALUE ? BAN_SECONDS * SECOND_MS : Math.max(1, struck.leftMs());
        long waitMs = seconds > 0 ? seconds * SECOND_MS : leftMs;
        return refused(ApiErrors.banned(asked.address(), asked.clockMs() + waitMs), waitMs);
    }

    private boolean isAimedAt(Fault fault, Asked asked) {
        boolean isExempt = fault.kind() == FaultKind.THROTTLED_503
                && ("true".equals(asked.parameter("reduceOnly")) || "true".equals(asked.parameter("closePosition")));
        String alias = asked.key() == null ? null : clients.alias(asked.key().accountId());
        return !isExempt
                && fault.target().isAtMethod(asked.line(), asked.name())
                && fault.target().isAtDoor(asked.door())
                && fault.target().isAtSymbol(asked.parameter("symbol"))
                && fault.target().isAtAccount(alias);
    }
}
