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

    private static final String[] NAMES = {"not-started", "stopped", "fault", "operator", "disk-low", "disk-critical"};

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
