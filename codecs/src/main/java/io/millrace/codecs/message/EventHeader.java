package io.millrace.codecs.message;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The 48 bytes at the front of every message: the SBE message header (8) and the composite {@code eventHeader} (40) of the
 * schema. All methods take the offset of the SBE message header.
 */
public final class EventHeader {
    /** Offset of the schema's block length. */
    public static final int BLOCK_LENGTH_OFFSET = 0;
    /** Offset of the template id. */
    public static final int TEMPLATE_ID_OFFSET = 2;
    /** Offset of the schema id. */
    public static final int SCHEMA_ID_OFFSET = 4;
    /** Offset of the schema version. */
    public static final int VERSION_OFFSET = 6;
    /** Offset of the message's length in bytes. */
    public static final int LENGTH_OFFSET = 8;
    /** Offset of the flags, see {@link EventFlags}. */
    public static final int FLAGS_OFFSET = 12;
    /** Offset of the producer, see {@link Producers}. */
    public static final int PRODUCER_OFFSET = 14;
    /** Offset of the instrument id. */
    public static final int INSTRUMENT_ID_OFFSET = 16;
    /** Offset of the grid version. */
    public static final int GRID_VERSION_OFFSET = 20;
    /** Offset of the connection id. */
    public static final int CONNECTION_ID_OFFSET = 22;
    /** Offset of the venue's event time. */
    public static final int EVENT_TIME_MS_OFFSET = 24;
    /** Offset of the venue's transaction time. */
    public static final int TRANSACT_TIME_MS_OFFSET = 32;
    /** Offset of the ingress time. */
    public static final int INGRESS_NS_OFFSET = 40;
    /** Bytes of the whole header; the first field of the body stands here. */
    public static final int BODY_OFFSET = 48;

    /** Instrument id of messages that concern none. */
    public static final int NO_INSTRUMENT = -1;

    private EventHeader() {}

    /**
     * Writes the SBE message header in one store.
     *
     * @param buffer to write to.
     * @param offset of the message.
     * @param blockLength of the template, from the generated codec.
     * @param templateId of the message.
     * @param schemaId of the schema.
     * @param schemaVersion of the schema.
     */
    public static void putFrame(
            MutableDirectBuffer buffer, int offset, int blockLength, int templateId, int schemaId, int schemaVersion) {
        buffer.putLong(
                offset,
                (blockLength & 0xFFFFL)
                        | ((templateId & 0xFFFFL) << 16)
                        | ((schemaId & 0xFFFFL) << 32)
                        | ((schemaVersion & 0xFFFFL) << 48),
                LITTLE_ENDIAN);
    }

    /** Returns the template id of the message at {@code offset}. */
    public static int templateId(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + TEMPLATE_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Returns the root block's length in bytes, the composite header included, the SBE message header not. */
    public static int blockLength(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Returns the schema version that the message was written with. */
    public static int version(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Returns the message's length in bytes, the SBE message header included. */
    public static int length(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets the message's length in bytes, the SBE message header included. */
    public static void length(MutableDirectBuffer buffer, int offset, int length) {
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
    }

    /** Returns the flags, see {@link EventFlags}. */
    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + FLAGS_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Sets the flags, see {@link EventFlags}. */
    public static void flags(MutableDirectBuffer buffer, int offset, int flags) {
        buffer.putShort(offset + FLAGS_OFFSET, (short) flags, LITTLE_ENDIAN);
    }

    /** Returns the producer, see {@link Producers}. */
    public static int producer(DirectBuffer buffer, int offset) {
        return buffer.getByte(offset + PRODUCER_OFFSET) & 0xFF;
    }

    /** Sets the producer, see {@link Producers}; clears the reserved byte behind it. */
    public static void producer(MutableDirectBuffer buffer, int offset, int producer) {
        buffer.putShort(offset + PRODUCER_OFFSET, (short) (producer & 0xFF), LITTLE_ENDIAN);
    }

    /** Returns the instrument id, {@link #NO_INSTRUMENT} for none. */
    public static int instrumentId(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets the instrument id, {@link #NO_INSTRUMENT} for none. */
    public static void instrumentId(MutableDirectBuffer buffer, int offset, int instrumentId) {
        buffer.putInt(offset + INSTRUMENT_ID_OFFSET, instrumentId, LITTLE_ENDIAN);
    }

    /** Returns the version of the grid that prices and quantities of the message are on. */
    public static int gridVersion(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + GRID_VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Sets the version of the grid that prices and quantities of the message are on. */
    public static void gridVersion(MutableDirectBuffer buffer, int offset, int gridVersion) {
        buffer.putShort(offset + GRID_VERSION_OFFSET, (short) gridVersion, LITTLE_ENDIAN);
    }

    /** Returns the id of the connection that delivered the message, 0 for none. */
    public static int connectionId(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + CONNECTION_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Sets the id of the connection that delivered the message, 0 for none. */
    public static void connectionId(MutableDirectBuffer buffer, int offset, int connectionId) {
        buffer.putShort(offset + CONNECTION_ID_OFFSET, (short) connectionId, LITTLE_ENDIAN);
    }

    /** Returns the venue's push time in epoch milliseconds, 0 for none. */
    public static long eventTimeMs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + EVENT_TIME_MS_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets the venue's push time in epoch milliseconds, 0 for none. */
    public static void eventTimeMs(MutableDirectBuffer buffer, int offset, long eventTimeMs) {
        buffer.putLong(offset + EVENT_TIME_MS_OFFSET, eventTimeMs, LITTLE_ENDIAN);
    }

    /** Returns the venue's matching time in epoch milliseconds, 0 for none. */
    public static long transactTimeMs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + TRANSACT_TIME_MS_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets the venue's matching time in epoch milliseconds, 0 for none. */
    public static void transactTimeMs(MutableDirectBuffer buffer, int offset, long transactTimeMs) {
        buffer.putLong(offset + TRANSACT_TIME_MS_OFFSET, transactTimeMs, LITTLE_ENDIAN);
    }

    /** Returns when the bytes were read, in nanoseconds of monotonic time anchored to epoch. */
    public static long ingressNs(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + INGRESS_NS_OFFSET, LITTLE_ENDIAN);
    }

    /** Sets when the bytes were read, in nanoseconds of monotonic time anchored to epoch. */
    public static void ingressNs(MutableDirectBuffer buffer, int offset, long ingressNs) {
        buffer.putLong(offset + INGRESS_NS_OFFSET, ingressNs, LITTLE_ENDIAN);
    }
}
