package io.millrace.engine.pipeline;

/**
 * A part of a stage with a state of its own: bars beside microstructure beside derivatives, say. Its stage hands it every
 * event, in a fixed order of parts, after the stage's own work; the part picks what concerns it by
 * {@link SlotContext#templateId()}. It may read the event, earlier stages' regions, and parts that stand before it.
 *
 * <p><b>Thread:</b> the stage's agent. <b>Allocation:</b> none in {@link #onEvent} for market data in steady state.
 */
public interface StagePart {
    /** Returns the most bytes that the part's commands of one event take, 0 if it makes none. */
    default int commandsLength() {
        return 0;
    }

    /**
     * Applies one event. Called for every slot, each chunk of a long update by itself.
     *
     * @param slot the event; commands may be claimed, the view and the digest are the stage's to write.
     */
    void onEvent(SlotContext slot);

    /**
     * The event is not applied, see {@link Stage#onSkip}: the state afterwards must not depend on whether, or how far,
     * {@link #onEvent} was tried at it.
     *
     * @param slot as for {@link #onEvent}.
     */
    void onSkip(SlotContext slot);

    /** Returns the hash of the part's whole state, kept incrementally: asked after every event, so it must cost next to nothing. */
    long stateHash();
}
