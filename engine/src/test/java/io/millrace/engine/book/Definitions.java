package io.millrace.engine.book;

import io.millrace.codecs.event.InstrumentDefinitionEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes definitions as far as books need them. */
final class Definitions {
    private Definitions() {}

    static byte[] encode(InstrumentSpec spec) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .tickMantissa(spec.tick().mantissa())
                .lotMantissa(spec.lot().mantissa())
                .priority(spec.priority())
                .tickExponent((byte) spec.tick().exponent())
                .lotExponent((byte) spec.lot().exponent())
                .contractType(spec.contractType())
                .status(spec.status());
        buffer.putShort(
                8 + InstrumentDefinitionEncoder.streamsEncodingOffset(),
                (short) spec.streams(),
                ByteOrder.LITTLE_ENDIAN);
        encoder.symbol(spec.symbol());
        byte[] message = new byte[encoder.limit()];
        EventHeader.length(buffer, 0, message.length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.SYSTEM);
        EventHeader.instrumentId(buffer, 0, spec.id());
        EventHeader.gridVersion(buffer, 0, spec.gridVersion());
        buffer.getBytes(0, message);
        return message;
    }
}
