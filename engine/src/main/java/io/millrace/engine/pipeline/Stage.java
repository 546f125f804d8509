package io.millrace.engine.pipeline;

/**
 * A business stage: applies each event of the ring to its own state and writes what others may see of it into its own
 * region of the slot. A stage is the only writer of its state and of its region, reads earlier stages only through their
 * regions, and reads no clock, no random source, no file and no socket.
 *
 * <p><b>Thread:</b> one agent calls all methods; which thread that is, the topology says. <b>Allocation:</b> none in
 * {@link #onEvent} for market data in steady state.
 */
public interface Stage {
    /** Returns the stage's number, see {@link StageIds}. */
    int id();

    /** Returns the bytes of the view that the stage writes into its region, 0 if it writes none. */
    default int viewLength() {
        return 0;
    }

    /** Returns the most bytes that the commands of one event take, 0 if the stage makes none. */
    default int commandsLength() {
        return 0;
    }

    /**
     * Applies one event. Called for every slot, in order, each chunk of a long update by itself.
     *
     * @param slot the event, the stage's own region, and the regions of earlier stages.
     * @throws RuntimeException on a fault of the stage: the engine halts for new entries and {@link #onSkip} is called.
     */
    void onEvent(SlotContext slot);

    /**
     * The event is not applied, either because {@link #onEvent} threw at it, now or in the run that is being replayed, or
     * because an operator quarantined it. Brings whatever the event could have touched into a state that depends on
     * nothing the event left half done (a book, say, is cleared and marked stale), and writes the region as for an event
     * without effect. Must give the same state and region whether or not {@link #onEvent} was tried.
     *
     * @param slot as for {@link #onEvent}; its region was cleared again.
     */
    void onSkip(SlotContext slot);

    /**
     * There is nothing to do: the stage may go through what it would do at a rare and urgent event, so that code and tables are
     * near when it comes. State, hash and regions of slots must stay as they are, whatever happens.
     *
     * @return whether it went all the way.
     */
    default boolean rehearse() {
        return false;
    }

    /** Returns the hash of the stage's whole state, kept incrementally: equal states give equal hashes on every machine. */
    long stateHash();
}
