package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.codecs.port.OutletHandler;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private final TestMessages messages = new TestMessages(6);
    private final UnsafeBuffer message = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(1024));

    private long sequence;

    @Test
    void shouldAllocateNothingPerAppendAndLittlePerSegment() {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        JournalSettings settings =
                TestJournals.settings().withSegments(64 << 20, 56 << 20).withRollCycle("FIVE_MINUTELY");
        message.putBytes(0, messages.buffer(), 0, messages.write(300));
        try (Journal journal = Journal.open(directory, settings, timeMs::get)) {
            append(journal, 60_000);
            long steady = append(journal, 60_000);
            assertEquals(0, steady, "bytes allocated by 60000 appends");
            long segments = 0;
            int count = 8;
            for (int i = 0; i < count; i++) {
                timeMs.addAndGet(300_000);
                awaitNextSegment(journal);
                segments += append(journal, 2_000);
            }
            System.out.println("journal: bytes allocated by Chronicle per new segment: " + segments / count);
            assertTrue(segments / count < 256 * 1024, "bytes allocated per segment: " + segments / count);
            assertEquals(0, append(journal, 20_000), "bytes allocated by appends behind the last segment");
        }
    }

    /** So that the roll itself is measured, not the wait for the prepared file. */
    private static void awaitNextSegment(Journal journal) {
        long deadlineNs = System.nanoTime() + 5_000_000_000L;
        while (!journal.isNextSegmentReady()) {
            assertTrue(System.nanoTime() < deadlineNs, "next segment is not prepared");
            LockSupport.parkNanos(100_000);
        }
    }

    private long append(Journal journal, int count) {
        OutletHandler appender = journal.inputAppender();
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < count; i++) {
            appender.onMessage(sequence, message, 0, 300);
            appender.onBatchEnd(sequence);
            sequence++;
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }

    @Test
    void shouldReadWithoutAllocating() {
        message.putBytes(0, messages.buffer(), 0, messages.write(300));
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            append(journal, 50_000);
        }
        long[] sum = new long[1];
        OutletHandler handler = (at, buffer, offset, length) -> sum[0] += buffer.getInt(offset);
        long thread = Thread.currentThread().getId();
        long allocated = -1;
        for (int round = 0; round < 10; round++) {
            try (JournalReader reader = JournalReader.inputs(directory)) {
                assertEquals(100, reader.poll(handler, 100));
                long before = THREADS.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 499; i++) {
                    reader.poll(handler, 100);
                }
                allocated = THREADS.getThreadAllocatedBytes(thread) - before;
                assertEquals(50_000, reader.count());
            }
        }
        assertEquals(0, allocated, "bytes allocated by reading 50000 records");
    }
}
