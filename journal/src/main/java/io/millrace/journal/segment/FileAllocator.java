package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.PosixAPI;

/**
 * Really allocates blocks of files: with {@code fallocate} where the file system has it, else by writing zeros. That a disk
 * is full comes back as a result here, where a store to a sparse mapping would be a signal that ends the process.
 */
final class FileAllocator {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 64;
    private static final int MODE = 0644;
    private static final int ZEROS = 256 * 1024;
    private static final int PROBE_BYTES = 4096;

    private final boolean isNative;

    /**
     * Finds out what the file system can do.
     *
     * @param directory on the file system, writable.
     */
    FileAllocator(Path directory) {
        Path probe = directory.resolve("allocation.probe");
        boolean works;
        try {
            works = fallocate(probe, 0, PROBE_BYTES);
            Files.deleteIfExists(probe);
        } catch (LinkageError | IOException e) {
            works = false;
        }
        this.isNative = works;
    }

    FileAllocator(boolean isNative) {
        this.isNative = isNative;
    }

    /** Returns whether {@code fallocate} is used. */
    boolean isNative() {
        return isNative;
    }

    /**
     * Allocates a range; bytes that were there keep their values with fallocate, and are overwritten with zeros without it.
     *
     * @param file made if it does not exist.
     * @param offset first byte.
     * @param length bytes.
     * @return false if the file system has no room.
     */
    boolean allocate(Path file, long offset, long length) {
        return length <= 0 || (isNative ? fallocate(file, offset, length) : writeZeros(file, offset, length));
    }

    private static boolean fallocate(Path file, long offset, long length) {
        PosixAPI posix = PosixAPI.posix();
        int fd = posix.open(file.toString(), O_RDWR | O_CREAT, MODE);
        if (fd < 0) {
            return false;
        }
        try {
            return posix.fallocate(fd, 0, offset, length) == 0;
        } finally {
            posix.close(fd);
        }
    }

    private static boolean writeZeros(Path file, long offset, long length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
            for (long at = offset; at < offset + length; ) {
                zeros.clear().limit((int) Math.min(ZEROS, offset + length - at));
                at += channel.write(zeros, at);
            }
            return true;
        } catch (IOException e) {
            // No space left: the caller asks how much there is and says so.
            return false;
        }
    }

    /**
     * Cuts a file off.
     *
     * @param file the file.
     * @param length bytes to keep.
     */
    static void truncate(Path file, long length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > length) {
                channel.truncate(length);
            }
        } catch (IOException e) {
            throw new JournalException("cannot cut file=" + file + " to " + length + " bytes", e);
        }
    }
}
