package io.millrace.engine.memory;

/** The 64-bit mixing that digests and state hashes are made with: integer arithmetic, the same on every machine. */
public final class Hashing {
    private static final long C1 = 0x87C37B91114253D5L;
    private static final long C2 = 0x4CF5AD432745937FL;
    private static final long C3 = 0x52DCE72938495AB5L;

    private Hashing() {}

    /**
     * Returns a hash that depends on a hash, a value, and the order in which values came.
     *
     * @param hash of what came before, 0 at first.
     * @param value to add.
     */
    public static long mix(long hash, long value) {
        long mixed = value * C1;
        mixed = Long.rotateLeft(mixed, 31) * C2;
        return Long.rotateLeft(hash ^ mixed, 27) * 5 + C3;
    }

    /** Returns the value spread over all bits; sums of such values hash a set whatever its order. */
    public static long spread(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
