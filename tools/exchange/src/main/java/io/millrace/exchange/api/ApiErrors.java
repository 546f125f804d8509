package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;

/** The venue's refusals of requests as such: keys, times, limits and the form of parameters. */
public final class ApiErrors {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private ApiErrors() {}

    /** Returns a refusal with status 400. */
    static VenueException of(int code, String message) {
        return new VenueException(code, message, BAD_REQUEST);
    }

    static VenueException unauthorized() {
        return new VenueException(-1002, "You are not authorized to execute this request.", UNAUTHORIZED);
    }

    static VenueException badKeyFormat() {
        return new VenueException(-2014, "API-key format invalid.", UNAUTHORIZED);
    }

    static VenueException rejectedKey() {
        return new VenueException(-2015, "Invalid API-key, IP, or permissions for action.", UNAUTHORIZED);
    }

    static VenueException badSignature() {
        return of(-1022, "Signature for this request is not valid.");
    }

    static VenueException outsideRecvWindow() {
        return of(-1021, "Timestamp for this request is outside of the recvWindow.");
    }

    static VenueException aheadOfServer() {
        return of(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
    }

    static VenueException tooManyRequests(String address, int limit) {
        return new VenueException(
                -1003,
                "Too many requests; current limit of IP(" + address + ") is " + limit
                        + " requests per minute. Please use the websocket for live updates to avoid polling the API.",
                RateLimits.LIMITED);
    }

    static VenueException banned(String address, long untilMs) {
        return new VenueException(
                -1003,
                "Way too many requests; IP(" + address + ") banned until " + untilMs
                        + ". Please use the websocket for live updates to avoid bans.",
                RateLimits.BANNED);
    }

    static VenueException tooManyOrders(int limit, String interval) {
        return new VenueException(
                -1015,
                "Too many new orders; current limit is " + limit + " orders per " + interval + ".",
                RateLimits.LIMITED);
    }

    /** Returns 503 variant B: not executed. */
    public static VenueException unavailable() {
        return new VenueException(-1008, "Service Unavailable.", UNAVAILABLE);
    }

    /** Returns the other text of 503 variant B: not executed. */
    static VenueException internal503() {
        return new VenueException(
                -1001, "Internal error; unable to process your request. Please try again.", UNAVAILABLE);
    }

    /** Returns 503 variant A: executed or not. */
    static VenueException unknown503() {
        return new VenueException(-1000, "Unknown error, please check your request or try again later.", UNAVAILABLE);
    }

    /** Returns 503 variant D: executed or not. */
    static VenueException requestUnknown503() {
        return new VenueException(-1000, "Request occur unknown error.", UNAVAILABLE);
    }

    /** Returns 503 variant C: not executed. */
    static VenueException throttled503() {
        return new VenueException(
                -1008,
                "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.",
                UNAVAILABLE);
    }

    static VenueException unexpectedResponse(int status) {
        return new VenueException(
                -1006, "An unexpected response was received from the message bus. Execution status unknown.", status);
    }

    static VenueException timeout(int status) {
        return new VenueException(
                -1007,
                "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
                status);
    }

    static VenueException noSuchPath(String method, String path) {
        return new VenueException(-5000, "Path " + path + ", Method " + method + " is invalid", NOT_FOUND);
    }

    static VenueException duplicateParameter(String name) {
        return of(-1101, "Duplicate values for parameter '" + name + "' detected.");
    }

    static VenueException tooManyParameters(int expected, int received) {
        return of(-1101, "Too many parameters; expected '" + expected + "' and received '" + received + "'.");
    }

    static VenueException unreadParameters(int read, int sent) {
        return of(
                -1104,
                "Not all sent parameters were read; read '" + read + "' parameter(s) but was sent '" + sent + "'.");
    }

    static VenueException illegalCharacters(String name, String range) {
        return of(-1100, "Illegal characters found in parameter '" + name + "'; legal range is '" + range + "'.");
    }

    /**
     * Returns -1102.
     *
     * @param name of the parameter that is missing.
     */
    public static VenueException mandatory(String name) {
        return of(-1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
    }

    static VenueException mandatoryEither(String name, String other) {
        return of(-1102, "Param '" + name + "' or '" + other + "' must be sent, but both were empty/null!");
    }

    static VenueException emptyParameter(String name) {
        return of(-1105, "Parameter '" + name + "' was empty.");
    }

    static VenueException invalidPositionSide() {
        return of(-4060, "Invalid position side.");
    }

    static VenueException amountNotPositive() {
        return of(-4055, "Amount must be positive.");
    }

    static VenueException invalidWorkingType() {
        return of(-4031, "Invalid working type.");
    }

    static VenueException invalidResponseType() {
        return of(-1136, "Invalid newOrderRespType.");
    }

    static VenueException clientIdTooLong() {
        return of(-4015, "Client order id length should be less than 36 chars");
    }

    static VenueException invalidCombination() {
        return of(-1128, "Combination of optional parameters invalid.");
    }

    static VenueException startAfterEnd() {
        return of(-1023, "Start time is greater than end time.");
    }

    static VenueException intervalTooBig(long hours) {
        return of(-1127, "Lookup interval is too big; More than " + hours + " hours between startTime and endTime.");
    }

    static VenueException invalidKeyType() {
        return of(-4056, "Invalid api key type.");
    }

    static VenueException invalidJson() {
        return of(-1135, "Invalid JSON Request");
    }

    static VenueException unsupportedOperation() {
        return of(-1020, "This operation is not supported.");
    }

    static VenueException invalidBatchSize() {
        return of(-4082, "Invalid number of batch place orders.");
    }

    /**
     * Returns -1130.
     *
     * @param name of the parameter whose value is wrong.
     */
    public static VenueException invalidData(String name) {
        return of(-1130, "Data sent for parameter '" + name + "' is not valid.");
    }
}
