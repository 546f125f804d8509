package io.millrace.engine.pipeline;

import java.util.ArrayDeque;

/**
 * What the stages threw, until egress has told the ring. A fault at a {@code StageFault} event is not kept: telling the
 * ring of that one would go round for ever.
 *
 * <p><b>Thread:</b> stages' agents add, egress takes; a fault is rare enough for a lock.
 */
final class FaultLog {
    private static final int MAX_KEPT = 1024;
    private static final int MAX_TEXT = 160;

    private record Fault(int stage, long sequence, String text) {}

    private final ArrayDeque<Fault> faults = new ArrayDeque<>();

    synchronized void add(int stage, long sequence, Throwable error) {
        if (faults.size() == MAX_KEPT) {
            faults.removeFirst();
        }
        String text = String.valueOf(error);
        faults.addLast(new Fault(stage, sequence, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text));
    }

    /** Returns the text of a fault; null if the stage did not throw there in this run. */
    synchronized String text(int stage, long sequence) {
        for (Fault fault : faults) {
            if (fault.stage == stage && fault.sequence == sequence) {
                return fault.text;
            }
        }
        return null;
    }

    /** Forgets a fault. */
    synchronized void remove(int stage, long sequence) {
        faults.removeIf(fault -> fault.stage == stage && fault.sequence == sequence);
    }
}
