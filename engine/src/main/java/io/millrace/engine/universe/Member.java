package io.millrace.engine.universe;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;

/** One instrument of the universe. */
final class Member implements Stateful {
    /** What the gateway has subscribed: not known, after a fault. */
    static final int UNKNOWN = 0;
    /** What the gateway has subscribed: the streams of the definition. */
    static final int OUT = 1;
    /** What the gateway has subscribed: the streams of the places, too. */
    static final int IN = 2;

    static final long NO_COMMAND = -1;
    static final int NO_RANK = -1;

    final int id;
    boolean isWhite;
    boolean isBlack;
    boolean isWanted;
    int applied = OUT;
    int rank = NO_RANK;
    /** Of the ranking under way, as the three that follow: made anew by each. */
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

    /** {@inheritDoc} Whether it stands on a list is a setting. */
    @Override
    public void visitState(State state) {
        state.setting("white", isWhite ? 1 : 0);
        state.setting("black", isBlack ? 1 : 0);
        isWanted = state.flag(isWanted);
        applied = state.i32(applied);
        rank = state.i32(rank);
        sinceNs = state.i64(sinceNs);
        commandId = state.i64(commandId);
        notBeforeNs = state.i64(notBeforeNs);
    }
}
