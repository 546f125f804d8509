package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** A decoder, its oracle, and what must hold for any bytes whatever. */
final class DecoderRig {
    static final int SLOT_LENGTH = 1024;

    private static final int ANY_POSITION = -1;

    private final InstrumentTable instruments = Instruments.table();
    private final JacksonOracle oracle = new JacksonOracle(instruments);
    private final EncodedEvents events = new EncodedEvents(SLOT_LENGTH);
    private final UnsafeBuffer src = new UnsafeBuffer(new byte[0]);
    private final MarketDecoder decoder;

    DecoderRig() {
        this(MarketDecoder.DEFAULT_MAX_LEVELS);
    }

    DecoderRig(int maxLevels) {
        decoder = new MarketDecoder(instruments, SLOT_LENGTH, maxLevels);
    }

    MarketDecoder decoder() {
        return decoder;
    }

    InstrumentTable instruments() {
        return instruments;
    }

    int decode(String frame) {
        return decode(frame.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes from the middle of a buffer whose other bytes would make sense too. */
    int decode(byte[] frame) {
        byte[] around = new byte[frame.length + 96];
        Arrays.fill(around, (byte) '1');
        System.arraycopy(frame, 0, around, 32, frame.length);
        src.wrap(around);
        return decoder.decode(src, 32, frame.length, 9, 77);
    }

    List<Map<String, Object>> events() {
        return events.read(decoder.encoded(), decoder.encodedLength());
    }

    /** Decodes, and expects one event with the oracle's values. */
    Map<String, Object> read(String frame) {
        int length = decode(frame);
        assertTrue(length > 0, () -> "code " + length + " at " + decoder.errorPosition() + " of " + frame);
        List<Map<String, Object>> events = events();
        assertEquals(oracle.read(frame.getBytes(StandardCharsets.UTF_8)), events, frame);
        assertEquals(1, events.size());
        return events.get(0);
    }

    /** Decodes, and expects an error. */
    void refuse(DecodeReason reason, String frame) {
        refuse(reason, ANY_POSITION, frame);
    }

    /** Decodes, and expects an error at a position. */
    void refuse(DecodeReason reason, int position, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        int code = decode(bytes);
        assertEquals(reason, code < 0 ? DecodeReason.get((short) -code) : null, () -> "code " + code + " of " + frame);
        checkError(bytes, code);
        if (position != ANY_POSITION) {
            assertEquals(position, decoder.errorPosition(), frame);
        }
    }

    /** Decodes anything; whatever comes out is either what the oracle reads or a well-formed error. */
    int check(byte[] frame) {
        int code = decode(frame);
        if (code > 0) {
            assertEquals(oracle.read(frame), events(), () -> new String(frame, StandardCharsets.UTF_8));
        } else if (code < 0) {
            checkError(frame, code);
        } else {
            assertEquals(0, decoder.encodedLength());
        }
        return code;
    }

    private void checkError(byte[] frame, int code) {
        DecodeErrorDecoder error = new DecodeErrorDecoder();
        error.wrapAndApplyHeader(decoder.encoded(), 0, new MessageHeaderDecoder());
        assertEquals(DecodeErrorDecoder.TEMPLATE_ID, decoder.templateId());
        assertEquals(-code, error.reason().value());
        assertEquals(frame.length, error.frameLength());
        assertEquals(decoder.errorPosition(), error.position());
        assertTrue(error.position() >= 0 && error.position() <= frame.length, () -> "position " + error.position());
        assertEquals(EventFlags.WHOLE, EventHeader.flags(decoder.encoded(), 0));
        byte[] raw = new byte[error.rawLength()];
        error.getRaw(raw, 0, raw.length);
        assertEquals(Math.min(frame.length, MarketDecoder.MAX_RAW_LENGTH), raw.length);
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(new String(raw, StandardCharsets.ISO_8859_1)), "raw bytes are not the frame's");
        assertEquals(decoder.encodedLength(), 8 + error.encodedLength());
        assertEquals(decoder.encodedLength(), EventHeader.length(decoder.encoded(), 0));
        assertTrue(decoder.encodedLength() <= MarketDecoder.MIN_SLOT_LENGTH);
    }
}
