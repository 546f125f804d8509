package io.millrace.exchange.faults;

/**
 * The part of an exchange that lets some kinds of faults happen.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface FaultHand {
    /**
     * Says whether it lets a kind of fault happen.
     *
     * @param kind asked for.
     */
    boolean takes(FaultKind kind);

    /**
     * Checks a fault before it is set.
     *
     * @param fault of a kind that it takes.
     * @throws IllegalArgumentException if it cannot be, with one line that says why.
     */
    default void check(Fault fault) {}

    /**
     * Does what an operation does at its beginning.
     *
     * @param fault of a kind that {@link FaultKind#isOperation()}; its hits are to be counted.
     */
    default void begin(ActiveFault fault) {}

    /**
     * Undoes what an operation did.
     *
     * @param fault begun before.
     */
    default void end(ActiveFault fault) {}
}
