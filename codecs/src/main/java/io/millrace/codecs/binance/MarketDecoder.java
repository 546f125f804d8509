package io.millrace.codecs.binance;

import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;
import org.agrona.DirectBuffer;

/**
 * Turns one frame of a market stream, raw or combined, into encoded events in a scratch buffer of its own.
 *
 * <p>Reads depthUpdate (diff and partial), bookTicker, aggTrade, trade, markPriceUpdate, kline, forceOrder and 24hrTicker,
 * alone or as rows of an all-market array. Field order does not matter, unknown fields are skipped, rows of other products
 * ({@code st} other than 1) are dropped and counted, and so are replies to requests and events of other types. Everything
 * else that is wrong ends in a DecodeError event with reason, position and the bytes around it; no exception leaves {@link
 * #decode}.
 *
 * <p>Numbers become {@code long} ticks, lots or 1e-8 without rounding: a value off its grid is an error. Decimals beyond the
 * grid may be zeros.
 *
 * <p><b>Thread:</b> one decoder per connection or thread, with an instrument table of that thread's own. <b>Allocation:</b>
 * in the constructor only.
 */
public final class MarketDecoder {
    /** Most levels of one depth update, both sides together, unless the constructor says otherwise. */
    public static final int DEFAULT_MAX_LEVELS = 20_000;
    /** Shortest slot that any message of a decoder fits. */
    public static final int MIN_SLOT_LENGTH = 512;
    /** Most bytes of a frame that a DecodeError carries. */
    public static final int MAX_RAW_LENGTH = DecodeErrorWriter.MAX_RAW_LENGTH;

    private static final int FRAME_BYTES_PER_LEVEL = 48;
    private static final int FRAME_BYTES_BESIDE = 16 * 1024;

    private final FrameBuffer frame;
    private final EventScratch scratch;
    private final DecodeFailure failure = new DecodeFailure();
    private final DecodeCounters counters = new DecodeCounters();
    private final TemplateDecoder templates;
    private final GeneralDecoder general;
    private final DecodeErrorWriter errors;
    private int encodedLength;

    /**
     * Makes a decoder for updates of up to {@link #DEFAULT_MAX_LEVELS} levels.
     *
     * @param table instruments by symbol; read at every frame, so what is added later is known at once.
     * @param slotLength bytes that the longest message may have, at least {@link #MIN_SLOT_LENGTH}.
     */
    public MarketDecoder(InstrumentTable table, int slotLength) {
        this(table, slotLength, DEFAULT_MAX_LEVELS);
    }

    /**
     * Makes a decoder.
     *
     * @param table instruments by symbol; read at every frame, so what is added later is known at once.
     * @param slotLength bytes that the longest message may have, at least {@link #MIN_SLOT_LENGTH}.
     * @param maxLevels most levels of one depth update, both sides together; frames may have 48 bytes a level and 16 KiB.
     */
    public MarketDecoder(InstrumentTable table, int slotLength, int maxLevels) {
        if (slotLength < MIN_SLOT_LENGTH) {
            throw new IllegalArgumentException(
                    "slotLength=" + slotLength + " is below " + MIN_SLOT_LENGTH + ", a decode error would not fit");
        }
        if (maxLevels < 1) {
            throw new IllegalArgumentException("maxLevels=" + maxLevels + " must be above 0");
        }
        frame = new FrameBuffer(maxLevels * FRAME_BYTES_PER_LEVEL + FRAME_BYTES_BESIDE);
        scratch = EventScratch.forMarket(DepthWriter.capacityFor(maxLevels, slotLength));
        errors = new DecodeErrorWriter(scratch, failure);
        DepthWriter writer = new DepthWriter(scratch, slotLength, maxLevels);
        templates = new TemplateDecoder(frame, table, scratch, writer);
        general = new GeneralDecoder(frame, failure, counters, table, scratch, writer);
    }

    /**
     * Decodes one frame.
     *
     * @param src holds the frame; it is copied, nothing of it is kept.
     * @param offset of the frame's first byte.
     * @param length of the frame in bytes.
     * @param connectionId 0 to 65535, goes into the events' headers.
     * @param ingressNs when the frame was read, goes into the events' headers.
     * @return above 0: bytes of whole messages in {@link #encoded()} from 0; 0: nothing to publish, see {@link #counters()};
     *     below 0: minus the value of the {@link DecodeReason}, and {@link #encoded()} holds a DecodeError to publish.
     */
    public int decode(DirectBuffer src, int offset, int length, int connectionId, long ingressNs) {
        counters.frames++;
        scratch.begin(connectionId, ingressNs);
        failure.reset(length);
        if (length > frame.maxLength()) {
            failure.failWhole(DecodeReason.TOO_LONG, 0);
            return refuse(src, offset, length);
        }
        frame.load(src, offset, length);
        encodedLength = templates.decode();
        if (encodedLength > 0) {
            counters.templateFrames++;
            counters.messages++;
            return encodedLength;
        }
        encodedLength = general.decode();
        if (encodedLength > 0) {
            counters.messages++;
        }
        return encodedLength < 0 ? refuse(src, offset, length) : encodedLength;
    }

    /** Builds the DecodeError of the frame. */
    private int refuse(DirectBuffer src, int offset, int length) {
        counters.errors++;
        boolean wasRead = length <= frame.maxLength();
        int stream = wasRead ? general.stream() : -1;
        errors.stream(wasRead ? general.instrument() : null, stream < 0 ? 0 : Streams.bit(stream));
        encodedLength = errors.write(src, offset, length);
        return -failure.reason().value();
    }

    /** The messages of the last frame, from 0 to {@link #encodedLength()}; overwritten by the next {@link #decode}. */
    public DirectBuffer encoded() {
        return scratch.buffer();
    }

    /** Bytes of all messages of the last frame together; 0 if there are none. */
    public int encodedLength() {
        return encodedLength;
    }

    /** Template id of the last frame's first message; 0 if there is none. */
    public int templateId() {
        return encodedLength == 0 ? 0 : EventHeader.templateId(scratch.buffer(), 0);
    }

    /** Byte of the last frame at which reading failed; 0 if it did not. */
    public int errorPosition() {
        return failure.position();
    }

    /** What this decoder has seen. */
    public DecodeCounters counters() {
        return counters;
    }
}
