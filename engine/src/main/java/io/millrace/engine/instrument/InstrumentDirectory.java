package io.millrace.engine.instrument;

import io.millrace.codecs.binance.InstrumentCodec;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StagePart;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The instruments as InstrumentDefinition events have defined them, with the steps of their grids as numbers. A definition
 * that is skipped leaves its instrument undefined until the next one.
 */
public final class InstrumentDirectory implements StagePart {
    private InstrumentSpec[] specs = new InstrumentSpec[64];
    private double[] tickSizes = new double[64];
    private double[] lotSizes = new double[64];
    private long[] hashes = new long[64];
    private int size;
    private long hash;

    /** Makes an empty directory. */
    public InstrumentDirectory() {}

    @Override
    public void onEvent(SlotContext slot) {
        if (slot.templateId() == InstrumentDefinitionDecoder.TEMPLATE_ID && isKnowable(slot.instrumentId())) {
            put(InstrumentCodec.decode(slot.buffer(), slot.offset()), contentHash(slot));
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        int instrumentId = slot.instrumentId();
        if (slot.templateId() == InstrumentDefinitionDecoder.TEMPLATE_ID && isDefined(instrumentId)) {
            hash -= Hashing.spread(hashes[instrumentId]);
            hashes[instrumentId] = 0;
            specs[instrumentId] = null;
        }
    }

    @Override
    public long stateHash() {
        return hash;
    }

    /** Returns whether an id is defined; any number may be asked. */
    public boolean isDefined(int instrumentId) {
        return instrumentId >= 0 && instrumentId < size && specs[instrumentId] != null;
    }

    /** Returns the definition, null if there is none; any number may be asked. */
    public InstrumentSpec spec(int instrumentId) {
        return isDefined(instrumentId) ? specs[instrumentId] : null;
    }

    /** Returns the price of a tick in the quote asset, as the nearest number; the instrument must be defined. */
    public double tickSize(int instrumentId) {
        return tickSizes[instrumentId];
    }

    /** Returns the quantity of a lot in the base asset, as the nearest number; the instrument must be defined. */
    public double lotSize(int instrumentId) {
        return lotSizes[instrumentId];
    }

    /** Returns the highest id ever defined plus one. */
    public int size() {
        return size;
    }

    private void put(InstrumentSpec spec, long contentHash) {
        int id = spec.id();
        if (id >= specs.length) {
            int length = Math.max(id + 1, specs.length * 2);
            specs = Arrays.copyOf(specs, length);
            tickSizes = Arrays.copyOf(tickSizes, length);
            lotSizes = Arrays.copyOf(lotSizes, length);
            hashes = Arrays.copyOf(hashes, length);
        }
        if (specs[id] != null) {
            hash -= Hashing.spread(hashes[id]);
        }
        specs[id] = spec;
        tickSizes[id] = nearest(spec.tick());
        lotSizes[id] = nearest(spec.lot());
        hashes[id] = contentHash;
        hash += Hashing.spread(contentHash);
        size = Math.max(size, id + 1);
    }

    private static boolean isKnowable(int instrumentId) {
        return instrumentId >= 0 && instrumentId < InstrumentSpec.MAX_INSTRUMENTS;
    }

    private static double nearest(Grid grid) {
        return grid.step().doubleValue();
    }

    /** Over everything but when it came. */
    private static long contentHash(SlotContext slot) {
        DirectBuffer event = slot.buffer();
        int offset = slot.offset();
        long mixed = Hashing.mix(slot.instrumentId(), EventHeader.gridVersion(event, offset));
        for (int at = EventHeader.BODY_OFFSET; at < slot.length(); at++) {
            mixed = Hashing.mix(mixed, event.getByte(offset + at));
        }
        return mixed;
    }
}
