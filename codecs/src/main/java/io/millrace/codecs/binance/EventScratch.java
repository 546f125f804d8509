package io.millrace.codecs.binance;

import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a decoder builds messages before it claims room for them: a byte array, seen as a buffer from outside. */
final class EventScratch {
    private static final long SCHEMA =
            ((long) MessageHeaderEncoder.SCHEMA_ID << 32) | ((long) MessageHeaderEncoder.SCHEMA_VERSION << 48);

    private final byte[] bytes;
    private final UnsafeBuffer buffer;
    private final int producer;
    private int connectionId;
    private long ingressNs;

    EventScratch(int capacity, int producer) {
        bytes = new byte[capacity];
        buffer = new UnsafeBuffer(bytes);
        this.producer = producer;
    }

    /** Sets what is the same for all messages of a frame. */
    void begin(int connectionId, long ingressNs) {
        this.connectionId = connectionId;
        this.ingressNs = ingressNs;
    }

    byte[] bytes() {
        return bytes;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int capacity() {
        return bytes.length;
    }

    /** Returns the SBE message header of a template as one word. */
    static long frame(int templateId, int blockLength) {
        return blockLength | ((long) templateId << 16) | SCHEMA;
    }

    /** Writes the whole header of a message in one piece. */
    void header(int at, long frame, int length, InstrumentSpec spec, long eventTimeMs, long transactTimeMs) {
        int instrumentId = spec == null ? EventHeader.NO_INSTRUMENT : spec.id();
        int gridVersion = spec == null ? 0 : spec.gridVersion();
        FrameBuffer.word(bytes, at, frame);
        lengthAndFlags(at, length, EventFlags.WHOLE);
        FrameBuffer.word(
                bytes,
                at + EventHeader.INSTRUMENT_ID_OFFSET,
                (instrumentId & 0xFFFF_FFFFL) | ((long) gridVersion << 32) | ((long) connectionId << 48));
        FrameBuffer.word(bytes, at + EventHeader.EVENT_TIME_MS_OFFSET, eventTimeMs);
        FrameBuffer.word(bytes, at + EventHeader.TRANSACT_TIME_MS_OFFSET, transactTimeMs);
        FrameBuffer.word(bytes, at + EventHeader.INGRESS_NS_OFFSET, ingressNs);
    }

    /** Writes length, flags and producer of the message at {@code at}. */
    void lengthAndFlags(int at, int length, int flags) {
        FrameBuffer.word(
                bytes, at + EventHeader.LENGTH_OFFSET, length | ((long) flags << 32) | ((long) producer << 48));
    }

    /** Writes eight bytes of a body. */
    void put(int at, long value) {
        FrameBuffer.word(bytes, at, value);
    }

    static EventScratch forMarket(int capacity) {
        return new EventScratch(capacity, Producers.MARKET);
    }
}
