package io.millrace.engine.pipeline;

/** Numbers of the business stages, in the order in which an event passes them. */
public final class StageIds {
    /** Instruments, order books, the market view. Sets engine time. */
    public static final int BOOK = 0;
    /** Features and strategies. */
    public static final int STRATEGY = 1;
    /** Risk and orders; trading state. */
    public static final int RISK = 2;
    /** Number of stages. */
    public static final int COUNT = 3;

    private StageIds() {}

    /** Returns the name of a stage as reports show it. */
    public static String name(int stage) {
        return switch (stage) {
            case BOOK -> "book";
            case STRATEGY -> "strategy";
            case RISK -> "risk";
            default -> "stage-" + stage;
        };
    }
}
