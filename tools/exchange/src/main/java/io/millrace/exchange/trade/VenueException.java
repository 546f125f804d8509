package io.millrace.exchange.trade;

/**
 * A request that the venue refuses: an expected outcome with the venue's own code and text, made by {@link Errors}. Carries
 * no stack trace.
 */
public final class VenueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final int httpStatus;

    /**
     * Makes a refusal.
     *
     * @param code the venue's code, below 0.
     * @param message the venue's text.
     * @param httpStatus status of the answer, 400 to 599.
     */
    public VenueException(int code, String message, int httpStatus) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** Returns the venue's code, below 0. */
    public int code() {
        return code;
    }

    /** Returns the status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }
}
