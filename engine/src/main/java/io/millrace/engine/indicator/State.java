package io.millrace.engine.indicator;

/**
 * A walk over everything an indicator consists of. The indicator passes each setting and each piece of state once, in a
 * fixed order, and takes back what the walk answers; what kind of walk it is (writing, reading, hashing, clearing) it does
 * not know. So snapshot, restore, reset and hash cannot disagree about what the state is.
 *
 * <p>The state of a new indicator is all zeros: that is what clearing sets.
 */
public abstract class State {
    /** Walks are made in this package only. */
    State() {}

    /**
     * Names the type that follows.
     *
     * @param name ASCII; the first eight characters tell types apart.
     * @throws IllegalArgumentException when a snapshot that is being read holds another type here.
     */
    public abstract void type(String name);

    /**
     * Passes a setting, which is fixed by the constructor.
     *
     * @param name  for the error message.
     * @param value the setting of this object.
     * @throws IllegalArgumentException when a snapshot that is being read was made with another value.
     */
    public abstract void setting(String name, double value);

    /**
     * Passes a {@code double} of the state.
     *
     * @param value as it is now.
     * @return what it has to be from now on.
     */
    public abstract double f64(double value);

    /**
     * Passes a {@code long} of the state.
     *
     * @param value as it is now.
     * @return what it has to be from now on.
     */
    public abstract long i64(long value);

    /**
     * Passes an {@code int} of the state.
     *
     * @param value as it is now.
     * @return what it has to be from now on.
     */
    public final int i32(int value) {
        return (int) i64(value);
    }

    /**
     * Passes a {@code boolean} of the state.
     *
     * @param value as it is now.
     * @return what it has to be from now on.
     */
    public final boolean flag(boolean value) {
        return i64(value ? 1 : 0) != 0;
    }

    /**
     * Passes an array of the state; it is changed in place.
     *
     * @param values of a length that only settings decide.
     */
    public void f64s(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = f64(values[i]);
        }
    }

    /**
     * Passes an array of the state; it is changed in place.
     *
     * @param values of a length that only settings decide.
     */
    public void i32s(int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = i32(values[i]);
        }
    }

    /**
     * Passes an array of the state; it is changed in place.
     *
     * @param values of a length that only settings decide.
     */
    public void i64s(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = i64(values[i]);
        }
    }

    /** The first eight characters as one word. */
    static long typeWord(String name) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | (i < name.length() ? name.charAt(i) & 0x7f : ' ');
        }
        return word;
    }
}
