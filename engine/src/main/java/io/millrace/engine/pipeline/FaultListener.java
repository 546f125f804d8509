package io.millrace.engine.pipeline;

/** Hears of every fault of a stage at once, to say so loudly. Decides nothing. */
@FunctionalInterface
public interface FaultListener {
    /**
     * A stage threw.
     *
     * @param stage that threw.
     * @param sequence journal sequence of the event at which it did.
     * @param error what it threw.
     */
    void onFault(int stage, long sequence, Throwable error);
}
