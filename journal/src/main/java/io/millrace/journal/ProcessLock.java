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
 * An exclusive lock of this process on something that only one may use: a journal, an account. The lock file is locked and
 * never read, because closing any second handle on it would give up the lock of the process; who holds it stands in a file of its
 * own beside it. The system gives the lock up when the process ends, however it ends.
 *
 * <p><b>Thread:</b> any.
 */
public final class ProcessLock implements AutoCloseable {
    private final Path owner;
    private final String what;
    private final FileChannel channel;
    private final boolean isAfterCrash;

    private ProcessLock(Path owner, String what, FileChannel channel, boolean isAfterCrash) {
        this.owner = owner;
        this.what = what;
        this.channel = channel;
        this.isAfterCrash = isAfterCrash;
    }

    /**
     * Takes the lock.
     *
     * @param directory of the files {@code name.lock} and {@code name.owner}; it exists.
     * @param name of the files.
     * @param what is locked, for messages.
     * @param cure what to do when it is in use, for the message.
     * @return the lock.
     * @throws JournalException if another process holds it, or this one already does, or the directory cannot be written.
     */
    public static ProcessLock acquire(Path directory, String name, String what, String cure) {
        Path owner = directory.resolve(name + ".owner");
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel = FileChannel.open(
                    directory.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new JournalException(what + " is in use by " + pidIn(owner) + ": " + cure);
            }
            isLocked = true;
            boolean isAfterCrash = Files.exists(owner);
            Files.writeString(owner, ProcessHandle.current().pid() + "\n");
            return new ProcessLock(owner, what, channel, isAfterCrash);
        } catch (IOException e) {
            throw new JournalException(
                    "cannot lock " + what + ": check that " + directory + " is writable and not full", e);
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

    private static String pidIn(Path owner) {
        try {
            return "pid=" + Files.readString(owner).strip();
        } catch (IOException e) {
            return "a process that did not leave its pid";
        }
    }

    /** Returns whether the holder before this one ended without giving it up. */
    public boolean isAfterCrash() {
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

    /** Gives the lock up; once is enough. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(owner);
            channel.close();
        } catch (IOException e) {
            throw new JournalException("cannot unlock " + what, e);
        }
    }
}
