package io.millrace.gateway.orders;

import io.millrace.codecs.event.OutcomeReason;
import java.util.function.Supplier;

/**
 * What an error of the venue's says about the request: that it came to nothing, or that nobody knows. The code, where it
 * decides, goes before the status, and the text is looked at only where two opposite meanings share both.
 */
final class Verdict {
    private static final int UNAUTHORIZED = 401;
    private static final int TIMED_OUT = 408;
    private static final int BANNED = 418;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_FAULTS = 500;
    private static final int UNAVAILABLE = 503;

    private static final int UNKNOWN = -1000;
    private static final int DISCONNECTED = -1001;
    private static final int UNEXPECTED_RESPONSE = -1006;
    private static final int BACKEND_TIMEOUT = -1007;
    private static final int THROTTLED = -1008;
    private static final int MISSING_PARAMETER = -1102;
    private static final int NO_SUCH_ORDER = -2013;

    private Verdict() {}

    /**
     * Decides about a request that changes something.
     *
     * @param status as HTTP numbers them.
     * @param code the venue's, 0 for none.
     * @param text the error's text; asked for only if it decides.
     * @return whether the venue may have executed it.
     */
    static boolean isUnknown(int status, int code, Supplier<String> text) {
        if (code == UNKNOWN || code == UNEXPECTED_RESPONSE || code == BACKEND_TIMEOUT || status == TIMED_OUT) {
            return true;
        }
        if (code == THROTTLED) {
            return false;
        }
        if (status == UNAVAILABLE || code == DISCONNECTED) {
            return !isDefiniteText(text.get());
        }
        return status >= SERVER_FAULTS || status == 0;
    }

    /** Of the texts of 503 these two say that nothing was done; the others that nobody knows. */
    private static boolean isDefiniteText(String text) {
        return text.startsWith("Service Unavailable") || text.startsWith("Internal error; unable to process");
    }

    /** Returns the reason that goes with a definite failure. */
    static OutcomeReason reason(int status, int code, boolean isQuery) {
        if (status == TOO_MANY_REQUESTS) {
            return OutcomeReason.RATE_LIMIT;
        }
        if (status == BANNED) {
            return OutcomeReason.BANNED;
        }
        return isQuery && code == NO_SUCH_ORDER ? OutcomeReason.NOT_FOUND : OutcomeReason.VENUE_ERROR;
    }

    /**
     * Decides whether a session was refused for want of a logon: then nobody has looked at the request itself.
     *
     * @param status as HTTP numbers them.
     * @param code the venue's, 0 for none.
     * @param text the error's text; asked for only if it decides.
     * @return whether it was.
     */
    static boolean isLoggedOff(int status, int code, Supplier<String> text) {
        // Without a logon a request has to bring key and signature itself.
        return status == UNAUTHORIZED
                || (code == MISSING_PARAMETER
                        && (text.get().contains("apiKey") || text.get().contains("signature")));
    }

    /** Returns whether the venue refused the request because of its limits. */
    static boolean isLimited(int status) {
        return status == TOO_MANY_REQUESTS || status == BANNED;
    }
}
