package io.millrace.codecs.binance;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.DecodeErrorEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.value.InstrumentSpec;
import org.agrona.DirectBuffer;

/** Writes the DecodeError of a refused frame: reason, position and the bytes around it. */
final class DecodeErrorWriter {
    /** Most bytes of a frame that a DecodeError carries. */
    static final int MAX_RAW_LENGTH = 256;

    private final EventScratch scratch;
    private final DecodeFailure failure;
    private final DecodeErrorEncoder error = new DecodeErrorEncoder();
    private InstrumentSpec instrument;
    private int streams;

    DecodeErrorWriter(EventScratch scratch, DecodeFailure failure) {
        this.scratch = scratch;
        this.failure = failure;
    }

    /** Says what is known of the frames to come: contract, or null, and bits of StreamSet. */
    void stream(InstrumentSpec instrument, int streams) {
        this.instrument = instrument;
        this.streams = streams;
    }

    /** Writes the message at the scratch's beginning and returns its length. */
    int write(DirectBuffer src, int offset, int length) {
        int position = failure.position();
        int rawStart = Math.max(0, Math.min(position - MAX_RAW_LENGTH / 2, length - MAX_RAW_LENGTH));
        int rawLength = Math.min(MAX_RAW_LENGTH, length - rawStart);
        long header = EventScratch.frame(DecodeErrorEncoder.TEMPLATE_ID, DecodeErrorEncoder.BLOCK_LENGTH);
        scratch.header(0, header, 0, instrument, 0, 0);
        error.wrap(scratch.buffer(), 8)
                .position(position)
                .frameLength(length)
                .reason(failure.reason())
                .putRaw(src, offset + rawStart, rawLength);
        scratch.buffer().putShort(8 + DecodeErrorEncoder.streamEncodingOffset(), (short) streams, LITTLE_ENDIAN);
        int encodedLength = 8 + error.encodedLength();
        scratch.lengthAndFlags(0, encodedLength, EventFlags.WHOLE);
        return encodedLength;
    }
}
