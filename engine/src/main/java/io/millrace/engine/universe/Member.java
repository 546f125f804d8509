package io.millrace.engine.universe;

/** One instrument of the universe. */
final class Member {
    /** What the gateway has subscribed: not known, after a fault. */
    static final int UNKNOWN = 0;
    /** What the gateway has subscribed: the streams of the definition. */
    static final int OUT = 1;
    /** What the gateway has subscribed: the streams of the places, too. */
    static final int IN = 2;

    static final long NO_COMMAND = -1;

    final int id;
    boolean isWhite;
    boolean isBlack;
    boolean isWanted;
    int applied = OUT;
    int rank;
    int volatilityRank;
    double volatility;
    double turnover;
    boolean isRanked;
    long sinceNs;
    long commandId = NO_COMMAND;
    long notBeforeNs;

    Member(int id) {
        this.id = id;
    }

    /** Returns whether the gateway has to be told. */
    boolean isChangeDue() {
        return applied != (isWanted ? IN : OUT);
    }
}
