package io.millrace.gateway.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a ledger keeps its counts: in memory for the agents of one process, or in a file for all processes on an address. A
 * fresh file is all zeros, which is a ledger that has counted nothing, so it does not matter who opens it first.
 *
 * <p><b>Thread:</b> any; close it when no view is used any more.
 */
public final class LedgerMemory implements AutoCloseable {
    /** Bytes of a ledger: one value to a cache line. */
    static final int LENGTH = 1024;

    private static final int MAGIC_OFFSET = 0;
    /** "MRLEDG" and the version of the layout. */
    private static final long MAGIC = 0x4D52_4C45_4447_0001L;

    private final AtomicBuffer buffer;
    private final MappedByteBuffer mapped;

    private LedgerMemory(AtomicBuffer buffer, MappedByteBuffer mapped) {
        this.buffer = buffer;
        this.mapped = mapped;
    }

    /** Makes memory of this process's own. */
    public static LedgerMemory inProcess() {
        return new LedgerMemory(new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH)), null);
    }

    /**
     * Opens memory that processes share, and makes the file if there is none.
     *
     * @param file on a local disk; it may be deleted when no process uses it.
     * @return the memory.
     * @throws IllegalArgumentException if the file is something else.
     * @throws UncheckedIOException if it cannot be opened.
     */
    public static LedgerMemory shared(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            if (size != 0 && size != LENGTH) {
                throw foreign(file, size + " bytes long");
            }
            MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, LENGTH);
            UnsafeBuffer buffer = new UnsafeBuffer(mapped);
            if (!buffer.compareAndSetLong(MAGIC_OFFSET, 0, MAGIC) && buffer.getLongVolatile(MAGIC_OFFSET) != MAGIC) {
                IoUtil.unmap(mapped);
                throw foreign(file, "of another kind or version");
            }
            return new LedgerMemory(buffer, mapped);
        } catch (IOException e) {
            throw new UncheckedIOException("limits.sharedFile=" + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    AtomicBuffer buffer() {
        return buffer;
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }

    private static IllegalArgumentException foreign(Path file, String what) {
        return new IllegalArgumentException("limits.sharedFile=" + file + " is no ledger of this version but " + what
                + ": name another file, or delete this one while no process uses it");
    }
}
