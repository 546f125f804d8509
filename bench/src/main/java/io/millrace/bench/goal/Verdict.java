package io.millrace.bench.goal;

/** How a measured value stands to the bounds of its goal. */
public enum Verdict {
    /** The moonshot is reached. */
    MOONSHOT("moonshot reached"),
    /** The target is met. */
    TARGET("target met"),
    /** The gate holds, the target is missed. */
    GATE("gate holds"),
    /** Not even the gate holds. */
    MISSED("GATE MISSED");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Returns what a report says. */
    public String words() {
        return words;
    }
}
