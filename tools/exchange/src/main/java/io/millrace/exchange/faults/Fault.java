package io.millrace.exchange.faults;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.userdata.PrivateEventType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One fault, what it is aimed at and when it strikes. A value: every method returns a new one.
 *
 * @param kind what goes wrong.
 * @param target what it is aimed at.
 * @param timing when it strikes, and how often.
 * @param parameters of the kind that are not as usual, by name.
 */
public record Fault(FaultKind kind, FaultTarget target, FaultTiming timing, Map<String, String> parameters) {
    private static final String AMOUNT = "amount";
    private static final int MIN_STATUS = 400;
    private static final int MAX_STATUS = 599;

    /** Checks the parameters. */
    public Fault {
        Map<String, String> checked = new TreeMap<>();
        parameters.forEach((name, value) -> checked.put(name, checked(kind, name, value)));
        parameters = Collections.unmodifiableMap(checked);
        if (kind == FaultKind.GAP && target.stream() != null && !target.stream().isDepth()) {
            throw new IllegalArgumentException(
                    "fault GAP on " + target.stream() + ": only diff streams have ids that can miss one, use DROP");
        }
        long status = kind == FaultKind.HTTP_STATUS ? Long.parseLong(checked.getOrDefault(AMOUNT, "0")) : 0;
        if (status != 0 && (status < MIN_STATUS || status > MAX_STATUS)) {
            throw new IllegalArgumentException(
                    "fault HTTP_STATUS with amount=" + status + " is outside " + MIN_STATUS + " to " + MAX_STATUS);
        }
    }

    private static String checked(FaultKind kind, String name, String value) {
        FaultParameter parameter = kind.parameter(name);
        if (parameter == null) {
            throw new IllegalArgumentException("fault " + kind + " has no parameter '" + name + "', it has "
                    + kind.parameters().stream().map(FaultParameter::name).toList());
        }
        return parameter.checked(kind, value);
    }

    /**
     * Returns a fault that hits the first that comes of what its kind happens to, or all until it is cleared if it is of a
     * lasting kind.
     *
     * @param kind what goes wrong.
     */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, FaultTarget.ANY, FaultTiming.USUAL, Map.of());
    }

    private Fault at(FaultTarget newTarget) {
        return new Fault(kind, newTarget, timing, parameters);
    }

    private Fault at(FaultTiming newTiming) {
        return new Fault(kind, target, newTiming, parameters);
    }

    // --- what it is aimed at

    /** Returns the fault aimed at one symbol, upper case. */
    public Fault on(String symbol) {
        return at(target.withSymbol(symbol));
    }

    /** Returns the fault aimed at one kind of stream. */
    public Fault on(StreamKind stream) {
        return at(target.withStream(stream));
    }

    /** Returns the fault aimed at one kind of private event. */
    public Fault on(PrivateEventType event) {
        return at(target.withEvent(event));
    }

    /** Returns the fault aimed at one door. */
    public Fault on(FaultDoor door) {
        return at(target.withDoor(door));
    }

    /** Returns the fault aimed at one connection. */
    public Fault onConnection(int connection) {
        return at(target.withConnection(connection));
    }

    /** Returns the fault aimed at one client, by its alias. */
    public Fault onAccount(String alias) {
        return at(target.withAccount(alias));
    }

    /**
     * Returns the fault aimed at one kind of request.
     *
     * @param method {@code order.place} or {@code POST /fapi/v1/order}, whichever door it comes through; {@code order.*} is all
     *     that begins so.
     */
    public Fault onMethod(String method) {
        return at(target.withMethod(method));
    }

    // --- when it strikes

    /** Returns the fault beginning after so many of what it matches. */
    public Fault after(long skip) {
        return at(timing.withSkip(skip));
    }

    /** Returns the fault hitting so many of what it matches, at least 1. */
    public Fault times(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("fault " + kind + " with count=" + count + ", choose at least 1");
        }
        return at(timing.withCount(count));
    }

    /** Returns the fault beginning so many milliseconds of the venue's time after it is set. */
    public Fault afterMs(long ms) {
        return at(timing.withAfterMs(ms));
    }

    /** Returns the fault ending so many milliseconds of the venue's time after its beginning; 0 for no end. */
    public Fault forMs(long ms) {
        return at(timing.withForMs(ms));
    }

    /** Returns the fault hitting what it matches with a probability, above 0, at most 1. */
    public Fault chance(double probability) {
        return at(timing.withChance(probability));
    }

    // --- its own parameters

    /**
     * Returns the fault with a parameter of its kind.
     *
     * @param name one of {@link FaultKind#parameters()}.
     * @param value of the parameter.
     */
    public Fault with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, String.valueOf(value));
        return new Fault(kind, target, timing, more);
    }

    /** Returns the fault with the parameter {@code amount}. */
    public Fault amount(long amount) {
        return with(AMOUNT, amount);
    }

    /**
     * Returns the fault with its request executed always, or never, whatever is answered.
     *
     * @param isExecuted whether it is.
     */
    public Fault executing(boolean isExecuted) {
        return with(FaultKind.EXECUTES, isExecuted ? "ALWAYS" : "NEVER");
    }

    // --- views

    /** Returns the symbol that it is aimed at, or null. */
    public String symbol() {
        return target.symbol();
    }

    /** Returns the stream that it is aimed at, or null. */
    public StreamKind stream() {
        return target.stream();
    }

    /** Returns the connection that it is aimed at, or 0. */
    public int connection() {
        return target.connection();
    }

    /** Returns how many of what it matches pass first. */
    public long skip() {
        return timing.skip();
    }

    /** Returns how many of what it matches are hit after those, at least 1. */
    public long count() {
        if (timing.count() > 0) {
            return timing.count();
        }
        boolean isUnlimited = kind.isLasting() || (timing.forMs() > 0 && !kind.isOperation());
        return isUnlimited ? Long.MAX_VALUE : 1;
    }

    /** Returns the parameter {@code amount}, 0 if the kind has none. */
    public long amount() {
        return kind.parameter(AMOUNT) == null ? 0 : number(AMOUNT);
    }

    /**
     * Returns a parameter, as given or as usual for the kind.
     *
     * @param name one of {@link FaultKind#parameters()}.
     */
    public String text(String name) {
        String value = parameters.get(name);
        return value == null ? checked(kind, name, kind.parameter(name).usual()) : value;
    }

    /** Returns a parameter that is a whole number, or a duration in milliseconds. */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /** Returns a parameter that is a decimal number. */
    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    /** Returns a parameter that is true or false. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
