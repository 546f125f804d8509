package io.millrace.engine.pipeline;

/**
 * Answers that egress owes the ring and that found no room on it yet, in order, bounded.
 *
 * <p><b>Thread:</b> the egress agent. <b>Allocation:</b> in the constructor only.
 */
final class OutcomeQueue {
    /** Kind of an entry that reports a stage's fault instead of a command's outcome. */
    static final int FAULT = 0;

    private static final int FIELDS = 4;

    private final long[] entries;
    private final int capacity;
    private int head;
    private int size;

    OutcomeQueue(int capacity) {
        this.capacity = capacity;
        this.entries = new long[capacity * FIELDS];
    }

    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    int free() {
        return capacity - size;
    }

    /**
     * Adds an entry; there must be room.
     *
     * @param kind template id of the command, or {@link #FAULT}.
     * @param id of the command, or the journal sequence of the fault.
     * @param subject instrument of the command, or the stage that threw.
     * @param code what became of the command: outcome and reason, 8 bits each.
     */
    void add(int kind, long id, int subject, int code) {
        int at = (head + size) % capacity * FIELDS;
        entries[at] = kind;
        entries[at + 1] = id;
        entries[at + 2] = subject;
        entries[at + 3] = code;
        size++;
    }

    int kind() {
        return (int) entries[head * FIELDS];
    }

    long id() {
        return entries[head * FIELDS + 1];
    }

    int subject() {
        return (int) entries[head * FIELDS + 2];
    }

    int code() {
        return (int) entries[head * FIELDS + 3];
    }

    void removeHead() {
        head = (head + 1) % capacity;
        size--;
    }
}
