package io.millrace.engine.feature.vector;

import org.agrona.DirectBuffer;

/**
 * A vector as it was written: a flyweight. First the schema hash, then instrument and engine time, then {@link #COUNT} floats in the order of {@link VectorFeature}; a missing
 * feature is NaN. The layout is that of the machine: a vector never leaves the process as it is.
 *
 * <p><b>Thread:</b> any that may read the region.
 */
public final class FeatureVector {
    /** Number of features. */
    public static final int COUNT = 38;

    static final int SCHEMA_HASH_OFFSET = 0;
    static final int ENGINE_NS_OFFSET = 8;
    static final int INSTRUMENT_ID_OFFSET = 16;
    static final int FEATURES_OFFSET = 24;

    /** Bytes of a vector. */
    public static final int LENGTH = FEATURES_OFFSET + COUNT * Float.BYTES;

    private DirectBuffer buffer;
    private int offset;

    /** Makes a flyweight that stands nowhere yet. */
    public FeatureVector() {}

    /**
     * Moves to a vector.
     *
     * @param buffer that holds it.
     * @param offset of its first byte.
     * @return this.
     */
    public FeatureVector wrap(DirectBuffer buffer, int offset) {
        buffer.boundsCheck(offset, LENGTH);
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Returns the hash of the list of features; whoever knows another one must not read on. */
    public long schemaHash() {
        return buffer.getLong(offset + SCHEMA_HASH_OFFSET);
    }

    /** Returns the engine time that the vector is of. */
    public long engineNs() {
        return buffer.getLong(offset + ENGINE_NS_OFFSET);
    }

    /** Returns the instrument. */
    public int instrumentId() {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET);
    }

    /** Returns a feature, NaN if it is missing; {@code index} is that of {@link VectorFeature#all}. */
    public float get(int index) {
        return buffer.getFloat(offset + FEATURES_OFFSET + index * Float.BYTES);
    }

    /** Returns a feature, NaN if it is missing. */
    public float get(VectorFeature feature) {
        return get(feature.index());
    }
}
