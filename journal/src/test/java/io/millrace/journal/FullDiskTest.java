package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DiskLevel;
import io.millrace.journal.segment.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 24 MiB in memory that is really full. Needs the right to mount; skips with a line where it lacks. */
class FullDiskTest {
    private static final long MIB = 1L << 20;
    private static final int DISK_MIB = 24;

    @TempDir
    Path mountPoint;

    private final TestMessages messages = new TestMessages(3);
    private boolean isMounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", mountPoint.toString());
        if (!isMounted) {
            System.out.println("FullDiskTest skipped: no right to mount a tmpfs here");
        }
        Assumptions.assumeTrue(isMounted);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (isMounted) {
            run("umount", "-l", mountPoint.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static JournalSettings settings() {
        return TestJournals.settings().withDisk(8 * MIB, 2 * MIB, 2 * MIB);
    }

    private static void await(Journal journal, DiskLevel level) {
        await(journal, () -> journal.diskLevel() == level);
    }

    private static void await(Journal journal, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 120_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadlineNs,
                    () -> "level is " + journal.diskLevel() + ", free " + journal.freeBytes() + ", reserve "
                            + journal.reserveLeftBytes());
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void shouldSurviveAFullDiskAndReadBackWhatWasAcknowledged() throws IOException {
        Path directory = mountPoint.resolve("journal");
        List<byte[]> expected;
        try (Journal journal = Journal.open(directory, settings())) {
            assertEquals(DiskLevel.AMPLE, journal.diskLevel());
            assertEquals(2 * MIB, journal.reserveLeftBytes());
            expected = TestJournals.append(journal, messages, 100);
            fill(mountPoint.resolve("others"), mountPoint.toFile().getUsableSpace() - 5 * MIB);
            await(journal, DiskLevel.LOW);
            fill(mountPoint.resolve("more"), mountPoint.toFile().getUsableSpace());
            await(journal, DiskLevel.CRITICAL);
            JournalException e = assertThrows(JournalException.class, () -> {
                for (int i = 0; i < 100_000; i++) {
                    expected.addAll(TestJournals.append(journal, messages, 1));
                }
            });
            assertTrue(e.getMessage().contains("no room on disk: file=" + directory), e.getMessage());
            assertTrue(e.getMessage().contains("position="), e.getMessage());
            assertTrue(e.getMessage().contains("free=0"), e.getMessage());
            // The reserve was there to be used: more than what was prepared could still be written.
            assertTrue(journal.reserveLeftBytes() < MIB / 2, () -> "reserve " + journal.reserveLeftBytes());
            assertEquals(expected.size() - 1, journal.lastInputSequence());
            // A second attempt is refused as well, and when there is room again the journal goes on.
            assertThrows(JournalException.class, () -> TestJournals.append(journal, messages, 10_000));
        }
        long acknowledged = JournalScanner.scan(directory).lastInputSequence();
        assertTrue(acknowledged >= expected.size() - 1);
        List<byte[]> read = TestJournals.readInputs(directory);
        for (int i = 0; i < expected.size(); i++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(expected.get(i), read.get(i));
        }
    }

    @Test
    void shouldGoOnWhenRoomBecomesFree() throws IOException {
        Path directory = mountPoint.resolve("journal");
        try (Journal journal = Journal.open(directory, settings())) {
            TestJournals.append(journal, messages, 10);
            fill(mountPoint.resolve("others"), mountPoint.toFile().getUsableSpace());
            await(journal, DiskLevel.CRITICAL);
            assertThrows(JournalException.class, () -> TestJournals.append(journal, messages, 100_000));
            Files.delete(mountPoint.resolve("others"));
            await(journal, DiskLevel.AMPLE);
            TestJournals.append(journal, messages, 1_000);
            // The level is told first, the reserve is filled then.
            await(journal, () -> journal.reserveLeftBytes() == 2 * MIB);
        }
        assertTrue(TestJournals.readInputs(directory).size() > 1_000);
    }

    @Test
    void shouldRefuseToOpenWithoutRoom() throws IOException {
        Path directory = mountPoint.resolve("journal");
        fill(mountPoint.resolve("others"), mountPoint.toFile().getUsableSpace() - MIB / 2);
        JournalException e = assertThrows(JournalException.class, () -> Journal.open(directory, settings()));
        assertTrue(e.getMessage().contains("no room on disk"), e.getMessage());
        Files.delete(mountPoint.resolve("others"));
        Journal.open(directory, settings()).close();
    }

    private static void fill(Path file, long bytes) throws IOException {
        byte[] chunk = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        } catch (IOException e) {
            // Full, which is what is wanted.
            return;
        }
    }
}
