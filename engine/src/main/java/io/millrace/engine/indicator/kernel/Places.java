package io.millrace.engine.indicator.kernel;

/**
 * Gives out places in the array of a series: outputs first, then what every bar reads and writes, close together, then the slots of windows, of
 * which a bar touches a few.
 */
final class Places {
    /** Where the slots of windows begin. */
    static final int SLOTS = 192;

    private int state = Outputs.END;
    private int slots = SLOTS;

    /** Returns the first of some numbers that every bar uses. */
    int state(int count) {
        int first = state;
        state += count;
        if (state > SLOTS) {
            throw new IllegalStateException("states take " + state + " places, " + SLOTS + " are set aside");
        }
        return first;
    }

    /** Returns the first of some slots. */
    int slots(int count) {
        int first = slots;
        slots += count;
        return first;
    }

    /** Returns how long the array is. */
    int length() {
        return slots;
    }
}
