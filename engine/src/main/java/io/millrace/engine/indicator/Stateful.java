package io.millrace.engine.indicator;

/** What consists of settings and state that a {@link State} walks over: see {@link Snapshots}. */
public interface Stateful {
    /**
     * Walks over everything this object consists of, settings and state, in a fixed order.
     *
     * @param state the walk.
     */
    void visitState(State state);
}
