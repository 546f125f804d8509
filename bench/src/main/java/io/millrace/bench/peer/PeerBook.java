package io.millrace.bench.peer;

import java.math.BigDecimal;
import java.util.Map;

/** A decoder and a book of one instrument, as others build them; each reads of a frame what its users get to see. */
public interface PeerBook {
    /** Forgets all levels. */
    void clear();

    /**
     * Loads a REST snapshot; diffs that it holds already are left out from then on.
     *
     * @param json the body.
     */
    void onSnapshot(byte[] json);

    /**
     * Takes one frame.
     *
     * @param json holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return a value that depends on what was read, so that no work can be left out.
     */
    long onFrame(byte[] json, int offset, int length);

    /** Returns the bid levels, for a test. */
    Map<BigDecimal, BigDecimal> bids();

    /** Returns the ask levels, for a test. */
    Map<BigDecimal, BigDecimal> asks();
}
