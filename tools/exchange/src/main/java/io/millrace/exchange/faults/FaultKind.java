package io.millrace.exchange.faults;

import java.util.List;

/** What can go wrong. The first fifteen are of market data; {@code amount} is their own parameter. */
public enum FaultKind {
    /** A frame is not sent. */
    DROP(Target.FRAME, "a frame is not sent"),
    /** A frame of a diff stream is not sent, so that the next one's {@code pu} does not match. */
    GAP(Target.FRAME, "a frame of a diff stream is not sent"),
    /** A frame is sent twice. */
    DUPLICATE(Target.FRAME, "a frame is sent twice"),
    /** A frame is sent after the next one of its stream. */
    REORDER(Target.FRAME, "a frame is sent after the next one of its stream"),
    /** Frames are not sent until the fault is cleared, while the connection lives. */
    STALL(Target.FRAME, "a stream falls silent on a living connection"),
    /** A frame's payload is replaced by arbitrary bytes of the same length. */
    GARBAGE(Target.FRAME, "payload replaced by bytes", amount(0, "1: printable ones")),
    /** A decimal in a frame is spoiled: its point becomes a letter. */
    BAD_NUMBER(Target.FRAME, "a decimal point becomes a letter"),
    /** The connection is reset after a frame: no close frame, no FIN. */
    CUT(Target.FRAME, "connection reset after a frame"),
    /** The connection is closed in good order after a frame. */
    CLOSE(Target.FRAME, "connection closed in good order after a frame", amount(0, "status; 0: 1001")),
    /** The connection carries so many bytes a second from a frame on, until the fault is over. */
    SLOW(Target.FRAME, "connection carries so much and no more", amount(0, "bytes a second")),
    /** Depth requests are answered with the book as it was when the fault was set. */
    STALE_SNAPSHOT(Target.DEPTH_REQUEST, "depth answers show the book of when the fault was set"),
    /** Answers to depth requests are made at once but sent later. */
    DELAYED_SNAPSHOT(Target.DEPTH_REQUEST, "depth answers come late", amount(0, "milliseconds")),
    /** The body of a depth answer is cut in the middle. */
    TORN_SNAPSHOT(Target.DEPTH_REQUEST, "depth answers end in the middle"),
    /** REST requests are answered with an HTTP status. */
    HTTP_STATUS(Target.REQUEST, "REST answers with a status", amount(429, "429, 418, 403, 503 …")),
    /** New connections are reset as soon as they are made. */
    REFUSE(Target.CONNECTION, "new connections are reset", amount(0, "0 streams, 1 REST, 2 both")),

    /** A request is never answered; its connection stays open. */
    ANSWER_LOST(Target.ANSWER, "no answer; the connection stays open", executes("ALWAYS")),
    /** An answer comes late. */
    ANSWER_LATE(Target.ANSWER, "the answer comes late", FaultParameter.duration("delay", "1s", "by how much")),
    /** An answer comes twice. */
    ANSWER_TWICE(Target.ANSWER, "the answer comes twice"),
    /** An answer comes after the next one. */
    ANSWER_REORDERED(
            Target.ANSWER,
            "the answer comes after the next one: of the same socket in the WebSocket API, of another connection in REST",
            FaultParameter.duration("delay", "1s", "longest wait for the next one")),
    /** The connection is reset between request and answer. */
    ANSWER_CUT(
            Target.ANSWER,
            "the connection is reset between request and answer",
            executes("RANDOM"),
            FaultParameter.integer("part", 0, 0, 99, "percent of the answer sent before")),
    /** 503 variant A. */
    UNKNOWN_503(
            Target.ANSWER, "503 \"Unknown error, please check your request or try again later.\"", executes("RANDOM")),
    /** 503 variant D. */
    REQUEST_UNKNOWN_503(Target.ANSWER, "503 \"Request occur unknown error.\"", executes("RANDOM")),
    /** 503 variant B; never executes. */
    UNAVAILABLE_503(Target.ANSWER, "503 \"Service Unavailable.\"; never executes"),
    /** The other text of 503 variant B; never executes. */
    INTERNAL_503(Target.ANSWER, "503, −1001 \"Internal error; unable to process your request. …\"; never executes"),
    /** 503 variant C; never executes, and spares what reduces. */
    THROTTLED_503(
            Target.ANSWER,
            "503, −1008 \"Request throttled by system-level protection. …\"; never executes; passes requests with"
                    + " reduceOnly or closePosition"),
    /** −1006: the outcome is unknown. */
    UNEXPECTED_RESPONSE(
            Target.ANSWER,
            "−1006, execution status unknown",
            executes("RANDOM"),
            FaultParameter.integer("status", 500, 400, 599, "of HTTP")),
    /** −1007: the outcome is unknown. */
    TIMEOUT(
            Target.ANSWER,
            "−1007, execution status unknown",
            executes("RANDOM"),
            FaultParameter.integer("status", 408, 400, 599, "of HTTP")),
    /** 429 on demand. */
    RATE_LIMITED(
            Target.ANSWER,
            "429, −1003 with Retry-After; never executes",
            FaultParameter.integer("retryAfter", 0, 0, 86_400, "seconds; 0: the rest of the minute"),
            FaultParameter.flag("orders", "−1015, too many orders, in place of −1003")),
    /** 418 on demand. */
    BANNED(
            Target.ANSWER,
            "418, −1003 \"banned until\" with Retry-After; never executes; REST connections are closed",
            FaultParameter.integer("retryAfter", 0, 0, 259_200, "seconds; 0: the rest of `for`, or 120")),
    /** The venue's clock is wrong for requests. */
    CLOCK_DRIFT(
            Target.CLOCK,
            "the time by which requests are judged, and `/time`, are off: −1021 for whoever does not follow",
            FaultParameter.integer(
                    "drift", 10_000, -86_400_000, 86_400_000, "milliseconds, below 0 for a clock that is slow")),
    /** An account's API keys are unknown. */
    API_KEY_EXPIRED(Target.KEY, "the account's API keys are unknown: −2015; logged-on sessions too"),
    /** A listen key runs out at once. */
    LISTEN_KEY_EXPIRED(
            Target.OPERATION,
            "the account's listen key runs out; its sockets stay open and silent",
            FaultParameter.flag("silent", "without the event `listenKeyExpired`")),
    /** Sockets are ended at once. */
    DISCONNECTED(
            Target.OPERATION,
            "open sockets are reset, or closed in good order",
            FaultParameter.integer("status", 0, 0, 4999, "of the close frame; 0: reset")),
    /** Nobody is served for a time. */
    MAINTENANCE(
            Target.OPERATION,
            "REST and handshakes are answered 503, open sockets are closed (1001), until the end",
            FaultParameter.flag("reset", "sockets are reset and new ones refused, in place of 503 and 1001")),

    /** A private event is never delivered. */
    EVENT_LOST(Target.EVENT, "a private event is never delivered"),
    /** A private event comes late. */
    EVENT_LATE(
            Target.EVENT,
            "a private event comes late, past others of its kind if need be",
            FaultParameter.duration("delay", "1s", "by how much")),
    /** A private event comes twice. */
    EVENT_TWICE(Target.EVENT, "a private event comes twice"),
    /** A private event comes after the account's next one. */
    EVENT_REORDERED(Target.EVENT, "a private event comes after the account's next one of any kind"),

    /** An accepted conditional order is refused a while later. */
    ALGO_REJECTED_LATE(
            Target.CONDITIONAL,
            "an accepted conditional order becomes REJECTED a while later if it still waits",
            FaultParameter.duration("delay", "1s", "after acceptance"),
            FaultParameter.word("reason", "Margin is insufficient.", "`rm`")),
    /** A triggered conditional order never becomes an order. */
    ALGO_STUCK(Target.CONDITIONAL, "a triggered conditional order stays in TRIGGERING for good"),

    /** Liquidity vanishes for a time. */
    LIQUIDITY_HOLE(
            Target.MARKET,
            "the market's levels vanish and are not refilled until the end (10 s unless `for` is given)",
            FaultParameter.integer("keep", 5, 1, 100, "percent of the levels that stay")),
    /** The price runs through the book. */
    FLASH_CRASH(
            Target.MARKET,
            "market orders walk the price through the book",
            FaultParameter.decimal("percent", "-5", -90, 90, "of the best bid, below 0 for down"),
            FaultParameter.duration("over", "0", "how long it takes"),
            FaultParameter.flag("lasting", "the price stays; otherwise the market pulls it back")),
    /** The mark price goes its own way. */
    MARK_OFF(
            Target.MARKET,
            "the mark price is held away from where it is until the end; the contract's price is not",
            FaultParameter.decimal("percent", "-5", -90, 1000, "of the mark price")),
    /** The next settlement of funding is extreme. */
    FUNDING_SPIKE(
            Target.MARKET,
            "the next settlement of funding uses this rate",
            FaultParameter.decimal("rate", "0", -1, 1, "positive: longs pay; 0: the contract's cap")),
    /** Other brackets. */
    BRACKETS_CHANGED(
            Target.MARKET,
            "maintenance rates of all brackets times a factor, leverage down as needed; with `for`, back at the end",
            FaultParameter.decimal("factor", "2", 0.1, 10, "of the maintenance rates")),
    /** Another tick. */
    TICK_CHANGED(
            Target.MARKET,
            "new orders need a coarser tick; with `for`, back at the end",
            FaultParameter.integer("ticks", 10, 1, 1000, "multiple of the contract's tick")),
    /** Trading stops. */
    HALTED(
            Target.MARKET,
            "nothing trades, new orders are refused, cancels go; trading resumes at the end of `for`",
            FaultParameter.word(
                    "status",
                    "PRE_SETTLE",
                    "that the contract has",
                    "PENDING_TRADING",
                    "PRE_DELIVERING",
                    "DELIVERING",
                    "DELIVERED",
                    "PRE_SETTLE",
                    "SETTLING",
                    "CLOSE")),
    /** The end of a contract. */
    DELISTED(
            Target.MARKET,
            "the end of the contract is announced: then orders expire and positions are closed at the mark price",
            FaultParameter.duration("notice", "0", "from announcement to end"));

    /** Parameter that says whether a request is executed although it is not answered as it should be. */
    public static final String EXECUTES = "executes";

    /** What a kind of fault happens to. */
    public enum Target {
        /** A frame of a market stream on a connection. */
        FRAME,
        /** A REST request for depth. */
        DEPTH_REQUEST,
        /** Any REST request. */
        REQUEST,
        /** A new connection. */
        CONNECTION,
        /** A request through either door, and its answer. */
        ANSWER,
        /** The time of a request. */
        CLOCK,
        /** An API key. */
        KEY,
        /** A private event. */
        EVENT,
        /** A conditional order. */
        CONDITIONAL,
        /** What is done to the exchange once, at the fault's beginning. */
        OPERATION,
        /** What is done to a contract once, at the fault's beginning. */
        MARKET
    }

    private final Target target;
    private final String effect;

    @SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
    private final List<FaultParameter> parameters;

    FaultKind(Target target, String effect, FaultParameter... parameters) {
        this.target = target;
        this.effect = effect;
        this.parameters = List.of(parameters);
    }

    private static FaultParameter amount(long usual, String meaning) {
        return FaultParameter.integer("amount", usual, 0, Long.MAX_VALUE, meaning);
    }

    private static FaultParameter executes(String usual) {
        return FaultParameter.word("executes", usual, "whether the request is executed", "ALWAYS", "NEVER", "RANDOM");
    }

    /** Returns what the fault happens to. */
    public Target target() {
        return target;
    }

    /** Returns what clients see, one line. */
    public String effect() {
        return effect;
    }

    /** Returns its own parameters. */
    public List<FaultParameter> parameters() {
        return parameters;
    }

    /**
     * Returns a parameter, or null if the kind has none of that name.
     *
     * @param name as scripts write it.
     */
    public FaultParameter parameter(String name) {
        for (FaultParameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        return null;
    }

    /** Says whether it is done once, at the fault's beginning, and not to what passes by. */
    public boolean isOperation() {
        return target == Target.OPERATION || target == Target.MARKET;
    }

    /** Says whether what is done at the beginning is undone at the end. */
    public boolean isHeld() {
        return this == MAINTENANCE
                || this == MARK_OFF
                || this == BRACKETS_CHANGED
                || this == TICK_CHANGED
                || this == HALTED;
    }

    /** Says whether the fault goes on until it is cleared unless a count or an end is given. */
    boolean isLasting() {
        return this == STALL || this == SLOW || this == CLOCK_DRIFT || this == API_KEY_EXPIRED;
    }
}
