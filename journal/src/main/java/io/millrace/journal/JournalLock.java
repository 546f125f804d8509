package io.millrace.journal;

import io.millrace.journal.segment.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The exclusive lock on a journal directory. The lock file is locked and never read, because closing any second handle on
 * it would give up the lock of the process; who holds it stands in a file of its own beside it.
 */
final class JournalLock implements AutoCloseable {
    private static final String LOCK_FILE = "journal.lock";
    private static final String OWNER_FILE = "journal.owner";

    private final Path directory;
    private final FileChannel channel;
    private final boolean isAfterCrash;

    private JournalLock(Path directory, FileChannel channel, boolean isAfterCrash) {
        this.directory = directory;
        this.channel = channel;
        this.isAfterCrash = isAfterCrash;
    }

    static JournalLock acquire(Path directory) {
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel =
                    FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new JournalException("journal directory=" + directory + " is in use by " + owner(directory)
                        + ": stop that process, or use another directory; one process per journal");
            }
            isLocked = true;
            boolean isAfterCrash = Files.exists(directory.resolve(OWNER_FILE));
            Files.writeString(
                    directory.resolve(OWNER_FILE), ProcessHandle.current().pid() + "\n");
            return new JournalLock(directory, channel, isAfterCrash);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot lock journal directory=" + directory + ": check that it is writable and not full", e);
        } finally {
            if (!isLocked) {
                closeQuietly(channel);
            }
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    private static String owner(Path directory) {
        try {
            return "pid=" + Files.readString(directory.resolve(OWNER_FILE)).strip();
        } catch (IOException e) {
            return "a process that did not leave its pid";
        }
    }

    /** Returns whether the holder before this one did not close the journal. */
    boolean isAfterCrash() {
        return isAfterCrash;
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The exception on its way says what matters.
                return;
            }
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(OWNER_FILE));
            channel.close();
        } catch (IOException e) {
            throw new JournalException("cannot unlock journal directory=" + directory, e);
        }
    }
}
