package io.millrace.exchange.faults;

import java.util.List;

/**
 * The venue's time, which faults begin and end by.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface FaultTime {
    /** Time that stands still, before faults are connected to a venue. */
    FaultTime NONE = new FaultTime() {
        @Override
        public long nowMs() {
            return 0;
        }

        @Override
        public void schedule(long dueMs, Runnable work) {
            throw new IllegalArgumentException(
                    "a fault at a later time needs a venue that trades, set it when it is due");
        }
    };

    /** Returns the venue's time, epoch milliseconds. */
    long nowMs();

    /**
     * Lets something happen at a time.
     *
     * @param dueMs the venue's time, epoch milliseconds.
     * @param work done then.
     */
    void schedule(long dueMs, Runnable work);

    /** Returns the symbols of the market, for faults that choose one by chance. */
    default List<String> symbols() {
        return List.of();
    }
}
