package io.millrace.engine.risk;

/** Why no new entries are allowed: bits; none set means that they are. */
public final class HaltReasons {
    /** No run has started. */
    public static final int NOT_STARTED = 1;
    /** The run has stopped. */
    public static final int STOPPED = 1 << 1;
    /** A stage threw at an event that is not quarantined. */
    public static final int FAULT = 1 << 2;
    /** An operator said so. */
    public static final int OPERATOR = 1 << 3;
    /** The journal's disk is below its low watermark. */
    public static final int DISK_LOW = 1 << 4;
    /** The journal's disk is nearly full. */
    public static final int DISK_CRITICAL = 1 << 5;

    /** The journal's picture of the account has not been held against the venue's in this run. */
    public static final int NOT_RECONCILED = 1 << 6;
    /** The account's stream is down, or the last audit is too old. */
    public static final int ACCOUNT_STALE = 1 << 7;
    /** Nobody knows whether the venue has some order. */
    public static final int ORDER_UNKNOWN = 1 << 8;
    /** Orders cannot be sent. */
    public static final int LINK_DOWN = 1 << 9;
    /** The venue does not let this key or account trade; until an operator resumes. */
    public static final int PERMISSION = 1 << 10;
    /** The venue refused an entry for the account's sake: only reducing orders until an operator resumes. */
    public static final int REDUCE_ONLY = 1 << 11;
    /** A difference to the venue that the policy halts at; until an operator resumes. */
    public static final int DIFFERENCE = 1 << 12;
    /** Everything is being wound up. */
    public static final int CLOSING = 1 << 13;

    private static final String[] NAMES = {
        "not-started",
        "stopped",
        "fault",
        "operator",
        "disk-low",
        "disk-critical",
        "not-reconciled",
        "account-stale",
        "order-unknown",
        "link-down",
        "permission",
        "reduce-only",
        "difference",
        "closing"
    };

    private HaltReasons() {}

    /** Returns the reasons as text, "none" for 0. */
    public static String toText(int reasons) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((reasons & (1 << bit)) != 0) {
                text.append(text.length() == 0 ? "" : "+").append(NAMES[bit]);
            }
        }
        return text.length() == 0 ? "none" : text.toString();
    }
}
