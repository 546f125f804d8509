package io.millrace.gateway.transport;

/**
 * How a connection ended.
 *
 * @param reason the kind.
 * @param code WebSocket close code received or sent, {@link CloseCodes#ABNORMAL} where there was none; the HTTP status
 *     for {@link CloseReason#REFUSED}.
 * @param detail for the log.
 * @param retryAfterNs how long the server asked to stay away, 0 if it did not.
 */
public record Closing(CloseReason reason, int code, String detail, long retryAfterNs) {
    /**
     * Makes a closing without a code or a wish of the server's.
     *
     * @param reason the kind.
     * @param detail for the log.
     * @return the closing.
     */
    public static Closing of(CloseReason reason, String detail) {
        return new Closing(reason, CloseCodes.ABNORMAL, detail, 0);
    }
}
