package io.millrace.engine.indicator;

/**
 * A 64-bit hash over settings and state: equal bits give equal hashes on every machine. Keep one and pass it to
 * {@link Indicator#stateHash(StateHasher)} to hash without allocation, over one indicator or a whole row of them.
 */
public final class StateHasher extends State {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private long hash;

    /** Makes a hasher that has seen nothing. */
    public StateHasher() {}

    /**
     * Forgets what was hashed.
     *
     * @return this.
     */
    public StateHasher begin() {
        hash = 0;
        return this;
    }

    /** Returns the hash of everything since {@link #begin}. */
    public long hash() {
        long mixed = hash;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public void type(String name) {
        mix(typeWord(name));
    }

    @Override
    public void setting(String name, double value) {
        mix(Double.doubleToRawLongBits(value));
    }

    @Override
    public double f64(double value) {
        mix(Double.doubleToRawLongBits(value));
        return value;
    }

    @Override
    public long i64(long value) {
        mix(value);
        return value;
    }

    private void mix(long word) {
        hash = (Long.rotateLeft(hash, 23) ^ word) * MULTIPLIER;
        hash ^= hash >>> 32;
    }
}
