package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.InstrumentDefinitionEncoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** InstrumentDefinition messages to and from {@link InstrumentSpec}. For cold paths: both directions allocate. */
public final class InstrumentCodec {
    /** Bytes of the longest message. */
    public static final int MAX_LENGTH = EventHeader.BODY_OFFSET
            - EventHeader.LENGTH_OFFSET
            + InstrumentDefinitionEncoder.BLOCK_LENGTH
            + InstrumentDefinitionEncoder.symbolHeaderLength()
            + InstrumentTable.MAX_SYMBOL_LENGTH;

    private static final int FRAME_LENGTH = EventHeader.LENGTH_OFFSET;

    private InstrumentCodec() {}

    /**
     * Writes the definition of an instrument.
     *
     * @param spec the instrument.
     * @param dst to write to, with {@link #MAX_LENGTH} bytes of room.
     * @param offset of the message.
     * @param ingressNs when the definition was read.
     * @return the message's length in bytes.
     */
    public static int encode(InstrumentSpec spec, MutableDirectBuffer dst, int offset, long ingressNs) {
        InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
        InstrumentSpec.Limits limits = spec.limits();
        byte[] symbol = spec.symbol().getBytes(StandardCharsets.UTF_8);
        encoder.wrap(dst, offset + FRAME_LENGTH)
                .tickMantissa(spec.tick().mantissa())
                .lotMantissa(spec.lot().mantissa())
                .minPriceTicks(limits.minPriceTicks())
                .maxPriceTicks(limits.maxPriceTicks())
                .minQtyLots(limits.minQtyLots())
                .maxQtyLots(limits.maxQtyLots())
                .marketMaxQtyLots(limits.marketMaxQtyLots())
                .minNotionalE8(limits.minNotionalE8())
                .multiplierUpE8(limits.multiplierUpE8())
                .multiplierDownE8(limits.multiplierDownE8())
                .marketTakeBoundE8(limits.marketTakeBoundE8())
                .liquidationFeeE8(limits.liquidationFeeE8())
                .onboardTimeMs(spec.onboardTimeMs())
                .deliveryTimeMs(spec.deliveryTimeMs())
                .priority(spec.priority())
                .tickExponent((byte) spec.tick().exponent())
                .lotExponent((byte) spec.lot().exponent())
                .contractType(spec.contractType())
                .status(spec.status())
                .putSymbol(symbol, 0, symbol.length);
        dst.putShort(
                offset + FRAME_LENGTH + InstrumentDefinitionEncoder.streamsEncodingOffset(),
                (short) spec.streams(),
                LITTLE_ENDIAN);
        int length = FRAME_LENGTH + encoder.encodedLength();
        putHeader(spec, dst, offset, ingressNs, length);
        return length;
    }

    private static void putHeader(
            InstrumentSpec spec, MutableDirectBuffer dst, int offset, long ingressNs, int length) {
        EventHeader.putFrame(
                dst,
                offset,
                InstrumentDefinitionEncoder.BLOCK_LENGTH,
                InstrumentDefinitionEncoder.TEMPLATE_ID,
                InstrumentDefinitionEncoder.SCHEMA_ID,
                InstrumentDefinitionEncoder.SCHEMA_VERSION);
        EventHeader.length(dst, offset, length);
        EventHeader.flags(dst, offset, EventFlags.WHOLE);
        EventHeader.producer(dst, offset, Producers.REST);
        EventHeader.instrumentId(dst, offset, spec.id());
        EventHeader.gridVersion(dst, offset, spec.gridVersion());
        EventHeader.connectionId(dst, offset, 0);
        EventHeader.eventTimeMs(dst, offset, 0);
        EventHeader.transactTimeMs(dst, offset, 0);
        EventHeader.ingressNs(dst, offset, ingressNs);
    }

    /**
     * Reads a definition.
     *
     * @param src holds an InstrumentDefinition message.
     * @param offset of the message.
     * @return the instrument.
     * @throws IllegalArgumentException if the message is of another type or carries values that no instrument has.
     */
    public static InstrumentSpec decode(DirectBuffer src, int offset) {
        int templateId = EventHeader.templateId(src, offset);
        if (templateId != InstrumentDefinitionDecoder.TEMPLATE_ID) {
            throw new IllegalArgumentException("template id " + templateId + " at offset " + offset
                    + " is not InstrumentDefinition (" + InstrumentDefinitionDecoder.TEMPLATE_ID + ")");
        }
        InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder();
        decoder.wrapAndApplyHeader(src, offset, new MessageHeaderDecoder());
        InstrumentSpec.Limits limits = new InstrumentSpec.Limits(
                decoder.minPriceTicks(),
                decoder.maxPriceTicks(),
                decoder.minQtyLots(),
                decoder.maxQtyLots(),
                decoder.marketMaxQtyLots(),
                decoder.minNotionalE8(),
                decoder.multiplierUpE8(),
                decoder.multiplierDownE8(),
                decoder.marketTakeBoundE8(),
                decoder.liquidationFeeE8());
        int streams =
                src.getShort(offset + FRAME_LENGTH + InstrumentDefinitionDecoder.streamsEncodingOffset(), LITTLE_ENDIAN)
                        & 0xFFFF;
        return new InstrumentSpec(
                EventHeader.instrumentId(src, offset),
                EventHeader.gridVersion(src, offset),
                decoder.symbol(),
                new Grid(decoder.tickMantissa(), decoder.tickExponent()),
                new Grid(decoder.lotMantissa(), decoder.lotExponent()),
                limits,
                decoder.contractType(),
                decoder.status(),
                decoder.onboardTimeMs(),
                decoder.deliveryTimeMs(),
                decoder.priority(),
                streams);
    }
}
