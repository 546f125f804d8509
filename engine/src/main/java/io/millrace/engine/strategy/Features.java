package io.millrace.engine.strategy;

import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.feature.derivative.Derivatives;
import io.millrace.engine.feature.micro.MicroFeatures;
import io.millrace.engine.feature.micro.Microstructure;
import io.millrace.engine.feature.vector.FeatureVector;
import io.millrace.engine.feature.vector.VectorWriter;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.pipeline.StagePart;
import io.millrace.engine.universe.UniversePart;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Everything that the strategy stage keeps beside the last market views, a part each: what strategies and vectors ask. A
 * part belongs to its own package and keeps its state by instrument id; here it is made, named, and put in its place.
 *
 * <p><b>Thread:</b> the strategy agent.
 */
public final class Features {
    private final InstrumentDirectory instruments = new InstrumentDirectory();
    private final BarsPart bars;
    private final UniversePart universe;
    private final Microstructure microstructure = new Microstructure();
    private final Derivatives derivatives = new Derivatives();
    private final VectorWriter vectors = new VectorWriter();
    private final StagePart[] parts;

    /**
     * Makes the parts.
     *
     * @param settings of all of them.
     */
    public Features(FeatureSettings settings) {
        this.bars = new BarsPart(instruments, settings.bars(), settings.indicators());
        this.universe = new UniversePart(instruments, bars, settings.universe());
        // A part reads only those before it. The order is part of the hash.
        this.parts = new StagePart[] {instruments, bars, universe, microstructure, derivatives};
    }

    /** Returns the instruments. */
    public InstrumentDirectory instruments() {
        return instruments;
    }

    /** Returns the bars, their indicators and what their timeframes say together. */
    public BarsPart bars() {
        return bars;
    }

    /** Returns who gets full depth and trades. */
    public UniversePart universe() {
        return universe;
    }

    /** Returns the microstructure. */
    public Microstructure microstructure() {
        return microstructure;
    }

    /** Returns funding, open interest and what else the contract says. */
    public Derivatives derivatives() {
        return derivatives;
    }

    /**
     * Writes the vector of an instrument as of now; its windows move to now.
     *
     * @param nowNs engine time.
     * @param instrumentId any number.
     * @param target is written to.
     * @param offset of the first of {@link FeatureVector#LENGTH} bytes.
     * @return whether anything was seen of the instrument; else nothing is written.
     */
    public boolean writeVector(long nowNs, int instrumentId, UnsafeBuffer target, int offset) {
        MicroFeatures micro = microstructure.of(instrumentId);
        if (micro == null) {
            return false;
        }
        micro.advance(nowNs);
        vectors.write(nowNs, instrumentId, micro, derivatives.of(instrumentId), target, offset);
        return true;
    }

    /** Returns the parts in their order, for the stage. */
    StagePart[] parts() {
        return parts;
    }
}
