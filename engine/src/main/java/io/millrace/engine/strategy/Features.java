package io.millrace.engine.strategy;

import io.millrace.engine.feature.micro.Microstructure;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.StagePart;

/**
 * Everything that the strategy stage keeps beside the last market views, a part each: what strategies and vectors ask. A
 * part belongs to its own package and keeps its state by instrument id; here it is made, named, and put in its place.
 *
 * <p><b>Thread:</b> the strategy agent.
 */
public final class Features {
    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private final Microstructure microstructure = new Microstructure();
    private final StagePart[] parts;

    /**
     * Makes the parts.
     *
     * @param settings of all of them.
     */
    public Features(FeatureSettings settings) {
        // A part reads only those before it. The order is part of the hash.
        this.parts = new StagePart[] {instruments, microstructure};
    }

    /** Returns the instruments. */
    public InstrumentDirectory instruments() {
        return instruments;
    }

    /** Returns the microstructure. */
    public Microstructure microstructure() {
        return microstructure;
    }

    /** Returns the parts in their order, for the stage. */
    StagePart[] parts() {
        return parts;
    }
}
