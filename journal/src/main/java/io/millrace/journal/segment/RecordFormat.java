package io.millrace.journal.segment;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes of one record, which is the payload of one Chronicle document. All numbers are little endian.
 *
 * <pre>
 *   0  crc32c    int   of everything behind it: bytes 4 to 24 + length
 *   4  length    int   bytes of the message
 *   8  index     long  number of the record in its queue, from 0, without holes; inputs: the journal sequence
 *  16  sequence  long  journal sequence of the event; inputs: equals index; outputs: the event that caused the record
 *  24  message         SBE message, length bytes
 * </pre>
 */
public final class RecordFormat {
    /** Offset of the checksum. */
    public static final int CRC_OFFSET = 0;
    /** Offset of the message's length. */
    public static final int LENGTH_OFFSET = 4;
    /** Offset of the record's index in its queue. */
    public static final int INDEX_OFFSET = 8;
    /** Offset of the journal sequence. */
    public static final int SEQUENCE_OFFSET = 16;
    /** Bytes in front of the message. */
    public static final int HEADER_LENGTH = 24;
    /** The longest message that a record takes, in bytes. */
    public static final int MAX_MESSAGE_LENGTH = 128 * 1024;
    /** Version of this layout and of the journal directory around it. */
    public static final int FORMAT_VERSION = 1;

    private RecordFormat() {}

    /** Returns the checksum that the record at {@code offset} carries. */
    public static int crc(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + CRC_OFFSET, LITTLE_ENDIAN);
    }

    /** Returns the bytes of the message of the record at {@code offset}. */
    public static int length(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** Returns the index of the record at {@code offset} in its queue. */
    public static long index(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + INDEX_OFFSET, LITTLE_ENDIAN);
    }

    /** Returns the journal sequence of the record at {@code offset}. */
    public static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Writes length, index and sequence; the checksum is the caller's to add when the message stands.
     *
     * @param buffer to write to.
     * @param offset of the record.
     * @param length bytes of the message.
     * @param index of the record in its queue.
     * @param sequence journal sequence.
     */
    public static void putHeader(MutableDirectBuffer buffer, int offset, int length, long index, long sequence) {
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putLong(offset + INDEX_OFFSET, index, LITTLE_ENDIAN);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
    }

    /**
     * Computes the checksum of a record without allocating.
     *
     * @param crc a calculator of the caller's.
     * @param bytes holds the record; its position and limit are moved.
     * @param offset of the record in {@code bytes}.
     * @param length bytes of the message.
     * @return CRC32C of everything behind the checksum field.
     */
    public static int computeCrc(CRC32C crc, ByteBuffer bytes, int offset, int length) {
        crc.reset();
        bytes.limit(offset + HEADER_LENGTH + length).position(offset + LENGTH_OFFSET);
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
