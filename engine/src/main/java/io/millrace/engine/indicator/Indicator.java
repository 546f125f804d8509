package io.millrace.engine.indicator;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What all indicators can do. They are fed one closed bar (or value, or pair) at a time through the {@code update} of
 * {@link BarIndicator}, {@link ValueIndicator} or {@link PairIndicator}; the outputs then say what holds at that bar, from
 * it and those before it only.
 *
 * <p><b>Thread:</b> one owner. <b>Allocation:</b> none in {@code update}, the outputs and {@link #stateHash(StateHasher)}.
 */
public abstract class Indicator implements Stateful {
    /**
     * A spread below this part of its level is rounding and not movement: there a window counts as flat. The finest tick of
     * the venue is some 1e-8 of its price.
     */
    public static final double FLAT = 1e-12;

    private static final List<String> SINGLE = List.of("value");

    private final int warmUp;
    private long count;

    /**
     * Sets the warm-up.
     *
     * @param warmUp updates until ready, at least 1.
     */
    protected Indicator(int warmUp) {
        this.warmUp = atLeast("warmUp", warmUp, 1);
    }

    /** Returns the number of updates after which the outputs mean what they say. */
    public final int warmUp() {
        return warmUp;
    }

    /** Returns the number of updates since construction or {@link #reset}. */
    public final long count() {
        return count;
    }

    /** Returns whether {@link #warmUp} updates have been made; from then on every output is a finite number. */
    public final boolean isReady() {
        return count >= warmUp;
    }

    /** Returns the principal output, the first of {@link #outputNames}; NaN until ready. */
    public abstract double value();

    /** Returns the outputs' names, in the order of {@link #output}. */
    public List<String> outputNames() {
        return SINGLE;
    }

    /**
     * Returns an output by its number, for code that treats all indicators alike.
     *
     * @param index 0 to size of {@link #outputNames} - 1.
     * @return the output; NaN until ready.
     * @throws IndexOutOfBoundsException when there is no such output.
     */
    public double output(int index) {
        if (index != 0) {
            throw noOutput(index);
        }
        return value();
    }

    /** Forgets all updates, as if newly made: what a hole in the history asks for. */
    public final void reset() {
        Snapshots.reset(this);
    }

    /** Returns the length of a snapshot in bytes; fixed by the settings. */
    public final int snapshotLength() {
        return Snapshots.length(this);
    }

    /**
     * Writes settings and state.
     *
     * @param buffer with room for {@link #snapshotLength} bytes.
     * @param offset of the first byte.
     * @return the bytes written.
     * @throws IndexOutOfBoundsException when they do not fit.
     */
    public final int snapshot(MutableDirectBuffer buffer, int offset) {
        return Snapshots.write(this, buffer, offset);
    }

    /**
     * Takes the state from a snapshot: every later output is, bit for bit, that of the object which wrote it.
     *
     * @param buffer that holds the snapshot.
     * @param offset of its first byte.
     * @return the bytes read.
     * @throws IllegalArgumentException when it is of another type or other settings; the state is then as before.
     */
    public final int restore(DirectBuffer buffer, int offset) {
        return Snapshots.read(this, buffer, offset);
    }

    /** Returns the hash of settings and state; walks over all of it. Allocates a hasher: not for the hot path. */
    public final long stateHash() {
        return stateHash(new StateHasher());
    }

    /**
     * Returns the hash of settings and state; walks over all of it.
     *
     * @param hasher any; what it saw before is forgotten.
     * @return the hash.
     */
    public final long stateHash(StateHasher hasher) {
        visitState(hasher.begin());
        return hasher.hash();
    }

    @Override
    public final void visitState(State state) {
        state.type(getClass().getSimpleName());
        count = state.i64(count);
        visit(state);
    }

    /**
     * Passes all settings and all state of the subclass, in a fixed order.
     *
     * @param state the walk.
     */
    protected abstract void visit(State state);

    /** Called at the end of each update. */
    final void counted() {
        count++;
    }

    /**
     * Returns the value if ready, else NaN.
     *
     * @param value of an output.
     * @return the value or NaN.
     */
    protected final double whenReady(double value) {
        return isReady() ? value : Double.NaN;
    }

    /**
     * Holds a quotient, whose divisor may be as small as numbers get, within the limits of inputs.
     *
     * @param value any number or infinity.
     * @return the nearest number of at most {@link ValueIndicator#LIMIT} in magnitude.
     */
    protected static double bounded(double value) {
        return Math.max(-ValueIndicator.LIMIT, Math.min(ValueIndicator.LIMIT, value));
    }

    /**
     * Makes the exception for an output that is not there.
     *
     * @param index that was asked for.
     * @return the exception.
     */
    protected final IndexOutOfBoundsException noOutput(int index) {
        return new IndexOutOfBoundsException(
                "output " + index + " of " + getClass().getSimpleName() + " was asked for, it has " + outputNames());
    }

    /**
     * Checks a whole-numbered setting.
     *
     * @param name  of the setting.
     * @param value given.
     * @param least that is allowed.
     * @return the value.
     * @throws IllegalArgumentException when it is less.
     */
    public static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", the least is " + least + ": choose a longer one");
        }
        return value;
    }

    /**
     * Checks a setting that has to be a positive number.
     *
     * @param name  of the setting.
     * @param value given.
     * @return the value.
     * @throws IllegalArgumentException when it is not above 0 and at most {@link Bar#LIMIT}.
     */
    public static double positive(String name, double value) {
        if (!(value > 0 && value <= Bar.LIMIT)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": give a number above 0 and at most " + Bar.LIMIT);
        }
        return value;
    }
}
