package io.millrace.codecs.message;

/** Who made an event: the header's {@code producer}. */
public final class Producers {
    /** Market streams. */
    public static final int MARKET = 1;
    /** Answers of the venue's REST interface. */
    public static final int REST = 2;
    /** The clock. */
    public static final int CLOCK = 3;
    /** Operators. */
    public static final int OPERATOR = 4;
    /** Egress and the command executor: what became of commands. */
    public static final int EGRESS = 5;
    /** The process itself: start, stop, disk, faults. */
    public static final int SYSTEM = 6;
    /** The private stream. */
    public static final int ACCOUNT = 7;
    /** The engine's stages: commands and output records. */
    public static final int ENGINE = 8;

    private Producers() {}
}
