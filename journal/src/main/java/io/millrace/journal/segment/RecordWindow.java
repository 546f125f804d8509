package io.millrace.journal.segment;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes one record to an address, checksum included. The JDK takes checksums of {@link ByteBuffer}s only; instead of one buffer for each mapped block, or a
 * copy of each record in a buffer of its own, one buffer is pointed at the record that was written.
 *
 * <p><b>Thread:</b> one at a time. <b>Allocation:</b> in the constructor only.
 */
final class RecordWindow {
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    /** Its own memory is never touched; it is given back by the address that its cleaner keeps. */
    private final ByteBuffer window =
            ByteBuffer.allocateDirect(RecordFormat.HEADER_LENGTH + RecordFormat.MAX_MESSAGE_LENGTH);

    /**
     * Writes a record.
     *
     * @param address of its first byte; {@link RecordFormat#HEADER_LENGTH} + {@code length} bytes from there are the caller's.
     * @param index of the record in its queue.
     * @param sequence journal sequence.
     * @param message holds the message.
     * @param offset of the message.
     * @param length bytes of the message, at most {@link RecordFormat#MAX_MESSAGE_LENGTH}.
     */
    void put(long address, long index, long sequence, DirectBuffer message, int offset, int length) {
        record.wrap(address, RecordFormat.HEADER_LENGTH + length);
        RecordFormat.putHeader(record, 0, length, index, sequence);
        record.putBytes(RecordFormat.HEADER_LENGTH, message, offset, length);
        UnsafeApi.putLong(window, BufferUtil.BYTE_BUFFER_ADDRESS_FIELD_OFFSET, address);
        record.putInt(RecordFormat.CRC_OFFSET, RecordFormat.computeCrc(crc, window, 0, length), LITTLE_ENDIAN);
    }
}
