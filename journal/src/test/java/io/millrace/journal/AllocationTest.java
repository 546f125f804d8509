package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.testing.AllocationWindows;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final int WINDOW = 5_000;
    private static final int ROLLS = 8;
    /** Files, mappings and names of a segment; some 20 KiB were seen. */
    private static final long BYTES_PER_ROLL = 64 * 1024;

    private static final int READ_WINDOW = 5_000;
    private static final int READ_WINDOWS = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private final TestMessages messages = new TestMessages(6);
    private final UnsafeBuffer message = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(1024));

    private long sequence;

    @Test
    void shouldAllocateNothingPerAppendAndLittlePerSegment() throws Exception {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        JournalSettings settings =
                TestJournals.settings().withSegments(128 << 20, 112 << 20).withRollCycle("FIVE_MINUTELY");
        message.putBytes(0, messages.buffer(), 0, messages.write(300));
        try (Journal journal = Journal.open(directory, settings, timeMs::get)) {
            OutletHandler appender = journal.inputAppender();
            AllocationWindows.assertNothing(WINDOW + " appends", () -> append(appender, WINDOW));
            // Behind a roll the code of a roll has thrown compiled code away: the same claim once more.
            long rolls = 0;
            for (int i = 0; i < ROLLS; i++) {
                timeMs.addAndGet(300_000);
                awaitNextSegment(journal);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                append(appender, 2_000);
                rolls += THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            System.out.println("journal: bytes allocated by Chronicle per new segment: " + rolls / ROLLS);
            assertTrue(rolls / ROLLS < BYTES_PER_ROLL, "bytes allocated per segment: " + rolls / ROLLS);
            AllocationWindows.assertNothing(
                    WINDOW + " appends behind the last segment", () -> append(appender, WINDOW));
        }
    }

    /** So that the roll itself is measured, not the wait for the prepared file. */
    private static void awaitNextSegment(Journal journal) {
        long deadlineNs = System.nanoTime() + 120_000_000_000L;
        while (!journal.isNextSegmentReady()) {
            assertTrue(System.nanoTime() < deadlineNs, "next segment is not prepared");
            LockSupport.parkNanos(100_000);
        }
    }

    private void append(OutletHandler appender, int count) {
        for (int i = 0; i < count; i++) {
            appender.onMessage(sequence, message, 0, 300);
            appender.onBatchEnd(sequence);
            sequence++;
        }
    }

    @Test
    void shouldReadWithoutAllocating() throws Exception {
        message.putBytes(0, messages.buffer(), 0, messages.write(300));
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            append(journal.inputAppender(), READ_WINDOWS * READ_WINDOW);
        }
        long[] sum = new long[1];
        OutletHandler handler = (at, buffer, offset, length) -> sum[0] += buffer.getInt(offset);
        try (JournalReader reader = JournalReader.inputs(directory)) {
            AllocationWindows.assertNothing("reading " + READ_WINDOW + " records", () -> {
                long end = reader.count() + READ_WINDOW;
                while (reader.count() < end) {
                    assertTrue(reader.poll(handler, 100) > 0, "no more records");
                }
            });
        }
        assertTrue(sum[0] != 0, "nothing was read");
    }
}
