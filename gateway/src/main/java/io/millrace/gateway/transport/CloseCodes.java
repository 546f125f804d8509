package io.millrace.gateway.transport;

/** WebSocket close codes, RFC 6455 section 7.4. */
public final class CloseCodes {
    /** Done. */
    public static final int NORMAL = 1000;
    /** The endpoint goes away. */
    public static final int GOING_AWAY = 1001;
    /** A violation of the protocol. */
    public static final int PROTOCOL_ERROR = 1002;
    /** A kind of data that is not accepted. */
    public static final int UNSUPPORTED_DATA = 1003;
    /** No code was sent; never on the wire. */
    public static final int NO_STATUS = 1005;
    /** The connection broke; never on the wire. */
    public static final int ABNORMAL = 1006;
    /** The message was too long. */
    public static final int TOO_BIG = 1009;

    private static final int RESERVED = 1004;
    private static final int LAST_DEFINED = 1014;
    private static final int FIRST_LIBRARY = 3000;
    private static final int LAST_PRIVATE = 4999;

    private CloseCodes() {}

    /** Returns whether a close frame may carry the code. */
    public static boolean isValidOnWire(int code) {
        if (code >= FIRST_LIBRARY && code <= LAST_PRIVATE) {
            return true;
        }
        return code >= NORMAL && code <= LAST_DEFINED && code != RESERVED && code != NO_STATUS && code != ABNORMAL;
    }
}
