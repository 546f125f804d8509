package io.millrace.exchange.faults;

/**
 * The faults of trading, by name. Each hits the first that matches; {@link Fault#times}, {@link Fault#after}, {@link
 * Fault#chance}, {@link Fault#afterMs} and {@link Fault#forMs} say otherwise, {@link Fault#onAccount}, {@link Fault#on(String)}
 * and {@link Fault#on(FaultDoor)} aim.
 *
 * <pre>{@code
 * ActiveFault lost = exchange.faults().inject(TradingFault.loseAnswer("order.place").times(1));
 * }</pre>
 *
 * <p>A method is {@code order.place} or {@code POST /fapi/v1/order}, whichever door the request comes through; {@code order.*}
 * is all that begins so, null is any.
 */
public final class TradingFault {
    private TradingFault() {}

    // --- answers

    /** Executes a request and never answers it; the connection stays open. */
    public static Fault loseAnswer(String method) {
        return Fault.of(FaultKind.ANSWER_LOST).onMethod(method);
    }

    /** Never executes a request and never answers it, as if it had been lost on its way. */
    public static Fault loseRequest(String method) {
        return loseAnswer(method).executing(false);
    }

    /** Executes a request at once and answers it later, by milliseconds. */
    public static Fault delayAnswer(String method, long delayMs) {
        return Fault.of(FaultKind.ANSWER_LATE).onMethod(method).with("delay", delayMs);
    }

    /** Answers a request twice. */
    public static Fault repeatAnswer(String method) {
        return Fault.of(FaultKind.ANSWER_TWICE).onMethod(method);
    }

    /** Answers a request after the next one. */
    public static Fault reorderAnswer(String method) {
        return Fault.of(FaultKind.ANSWER_REORDERED).onMethod(method);
    }

    /** Resets the connection between request and answer; the request is executed or not, by chance. */
    public static Fault cutBeforeAnswer(String method) {
        return Fault.of(FaultKind.ANSWER_CUT).onMethod(method);
    }

    // --- refusals

    /** Answers 503 "Unknown error …" (variant A); the request is executed or not, by chance. */
    public static Fault unknown503(String method) {
        return Fault.of(FaultKind.UNKNOWN_503).onMethod(method);
    }

    /** Answers 503 "Request occur unknown error." (variant D); the request is executed or not, by chance. */
    public static Fault requestUnknown503(String method) {
        return Fault.of(FaultKind.REQUEST_UNKNOWN_503).onMethod(method);
    }

    /** Answers 503 "Service Unavailable." (variant B) and never executes. */
    public static Fault unavailable503(String method) {
        return Fault.of(FaultKind.UNAVAILABLE_503).onMethod(method);
    }

    /** Answers 503 "Internal error …" (variant B) and never executes. */
    public static Fault internal503(String method) {
        return Fault.of(FaultKind.INTERNAL_503).onMethod(method);
    }

    /** Answers 503 with −1008 (variant C), never executes, and spares what reduces a position. */
    public static Fault throttled503(String method) {
        return Fault.of(FaultKind.THROTTLED_503).onMethod(method);
    }

    /** Answers −1006; the request is executed or not, by chance. */
    public static Fault unexpectedResponse(String method) {
        return Fault.of(FaultKind.UNEXPECTED_RESPONSE).onMethod(method);
    }

    /** Answers −1007; the request is executed or not, by chance. */
    public static Fault timeout(String method) {
        return Fault.of(FaultKind.TIMEOUT).onMethod(method);
    }

    /** Answers 429 with the time to wait, seconds; 0 for the rest of the minute. */
    public static Fault rateLimited(long retryAfterSeconds) {
        return Fault.of(FaultKind.RATE_LIMITED).with("retryAfter", retryAfterSeconds);
    }

    /** Answers 429 with −1015, too many orders, to a method. */
    public static Fault tooManyOrders(String method) {
        return Fault.of(FaultKind.RATE_LIMITED).onMethod(method).with("orders", true);
    }

    /** Answers 418 to everything for milliseconds. */
    public static Fault banned(long forMs) {
        return Fault.of(FaultKind.BANNED).forMs(forMs);
    }

    // --- clock, keys and sockets

    /** Lets the venue's clock be off for requests, milliseconds, below 0 for a clock that is slow; until cleared. */
    public static Fault clockDrift(long driftMs) {
        return Fault.of(FaultKind.CLOCK_DRIFT).with("drift", driftMs);
    }

    /** Makes an account's API keys unknown until cleared. */
    public static Fault expireApiKeys(String alias) {
        return Fault.of(FaultKind.API_KEY_EXPIRED).onAccount(alias);
    }

    /** Lets an account's listen key run out. */
    public static Fault expireListenKey(String alias) {
        return Fault.of(FaultKind.LISTEN_KEY_EXPIRED).onAccount(alias);
    }

    /** Lets an account's listen key end without a word. */
    public static Fault killListenKey(String alias) {
        return expireListenKey(alias).with("silent", true);
    }

    /** Resets all sockets of a door. */
    public static Fault disconnect(FaultDoor door) {
        return Fault.of(FaultKind.DISCONNECTED).on(door);
    }

    /** Serves nobody for milliseconds: 503, sockets closed. */
    public static Fault maintenance(long forMs) {
        return Fault.of(FaultKind.MAINTENANCE).forMs(forMs);
    }

    // --- private events

    /** Never delivers a private event. */
    public static Fault loseEvent() {
        return Fault.of(FaultKind.EVENT_LOST);
    }

    /** Delivers a private event later, by milliseconds. */
    public static Fault delayEvent(long delayMs) {
        return Fault.of(FaultKind.EVENT_LATE).with("delay", delayMs);
    }

    /** Delivers a private event twice. */
    public static Fault repeatEvent() {
        return Fault.of(FaultKind.EVENT_TWICE);
    }

    /** Delivers a private event after the account's next one. */
    public static Fault reorderEvent() {
        return Fault.of(FaultKind.EVENT_REORDERED);
    }

    // --- conditional orders

    /** Refuses an accepted conditional order so many milliseconds later. */
    public static Fault rejectAlgoLate(long delayMs) {
        return Fault.of(FaultKind.ALGO_REJECTED_LATE).with("delay", delayMs);
    }

    /** Leaves a triggered conditional order in TRIGGERING. */
    public static Fault stickAlgo() {
        return Fault.of(FaultKind.ALGO_STUCK);
    }

    // --- markets

    /** Takes a contract's liquidity away for milliseconds, but for a share of its levels, percent. */
    public static Fault liquidityHole(String symbol, int keepPercent, long forMs) {
        return Fault.of(FaultKind.LIQUIDITY_HOLE)
                .on(symbol)
                .with("keep", keepPercent)
                .forMs(forMs);
    }

    /** Walks a contract's price by percent, below 0 for down, within milliseconds. */
    public static Fault flashCrash(String symbol, double percent, long overMs) {
        return Fault.of(FaultKind.FLASH_CRASH)
                .on(symbol)
                .with("percent", percent)
                .with("over", overMs);
    }

    /** Holds a contract's mark price off by percent until cleared. */
    public static Fault markOff(String symbol, double percent) {
        return Fault.of(FaultKind.MARK_OFF).on(symbol).with("percent", percent);
    }

    /** Makes a contract's next settlement of funding use a rate, as {@code 0.0075}. */
    public static Fault fundingSpike(String symbol, String rate) {
        return Fault.of(FaultKind.FUNDING_SPIKE).on(symbol).with("rate", rate);
    }

    /** Multiplies a contract's maintenance rates until cleared. */
    public static Fault changeBrackets(String symbol, double factor) {
        return Fault.of(FaultKind.BRACKETS_CHANGED).on(symbol).with("factor", factor);
    }

    /** Makes a contract's tick a multiple of what it was until cleared. */
    public static Fault changeTick(String symbol, int ticks) {
        return Fault.of(FaultKind.TICK_CHANGED).on(symbol).with("ticks", ticks);
    }

    /** Halts a contract until cleared. */
    public static Fault halt(String symbol) {
        return Fault.of(FaultKind.HALTED).on(symbol);
    }

    /** Ends a contract so many milliseconds after it is announced. */
    public static Fault delist(String symbol, long noticeMs) {
        return Fault.of(FaultKind.DELISTED).on(symbol).with("notice", noticeMs);
    }
}
