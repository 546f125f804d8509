package io.millrace.engine.orders;

import io.millrace.codecs.event.ErrorClass;

/**
 * What the venue's error codes ask for. The gateway has told by then whether a request failed for certain (FAILED) or is open
 * (UNKNOWN); the codes whose very meaning is "open" are listed here too, so that a definite failure with one of them is not
 * believed.
 */
final class ErrorCodes {
    /** No order with this name. */
    static final int NO_SUCH_ORDER = -2013;
    /** Cancel of an order that is not open. */
    static final int CANCEL_REJECTED = -2011;
    /** The client id is in use: the order is there. */
    static final int DUPLICATE_CLIENT_ID = -4116;
    /** Post-only would have taken: nothing to worry about. */
    static final int POST_ONLY_REJECTED = -5022;
    /** The order is amended to what it is. */
    static final int NO_CHANGE = -5027;

    private ErrorCodes() {}

    /**
     * Returns what an error asks for; everything unheard of is the request's own fault and is not retried.
     *
     * @param venueCode the venue's code, 0 for none.
     * @param httpStatus status of the answer, 0 for none.
     */
    static ErrorClass classOf(int venueCode, int httpStatus) {
        if (venueCode == 0) {
            return ofStatus(httpStatus);
        }
        return switch (venueCode) {
            case -1000, -1006, -1007 -> ErrorClass.UNKNOWN;
            case DUPLICATE_CLIENT_ID -> ErrorClass.EXISTS;
            case NO_SUCH_ORDER, CANCEL_REJECTED -> ErrorClass.GONE;
            case -1001, -1003, -1008, -1015, -1016, -1021, -4117, -5028, -5041, -5043 -> ErrorClass.TRANSIENT;
            case -1002, -1011, -1022, -1099, -2014, -2015, -2017, -4056, -4057, -4084, -4088, -4109, -4402, -4403 ->
                ErrorClass.PERMISSION;
            default -> isAccount(venueCode) ? ErrorClass.ACCOUNT : ErrorClass.PARAMETER;
        };
    }

    private static boolean isAccount(int venueCode) {
        return switch (venueCode) {
            case -2018, -2019, -2022, -2023, -2024, -2025, -2027, -2028 -> true;
            case -4028, -4045, -4046, -4047, -4048, -4050, -4051, -4059, -4067, -4068, -4087 -> true;
            case -4105, -4106, -4107, -4118, -4161, -4189, -4192 -> true;
            case -4400, -4401, -4531 -> true;
            default -> (venueCode <= -4167 && venueCode >= -4172) || (venueCode <= -4202 && venueCode >= -4209);
        };
    }

    private static ErrorClass ofStatus(int httpStatus) {
        return switch (httpStatus) {
            case 401, 403 -> ErrorClass.PERMISSION;
            case 408 -> ErrorClass.UNKNOWN;
            case 418, 429, 503 -> ErrorClass.TRANSIENT;
            case 500, 502, 504 -> ErrorClass.UNKNOWN;
            default -> ErrorClass.PARAMETER;
        };
    }
}
