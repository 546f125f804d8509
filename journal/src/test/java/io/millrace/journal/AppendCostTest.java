package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.port.OutletHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an append costs beside a bare append of the same bytes to Chronicle, in turns, pages prepared in both. Prints; asserts
 * only what no noise of a shared machine excuses.
 */
@Tag("slow")
class AppendCostTest {
    private static final int LENGTH = 300;
    private static final int ROUND = 20_000;
    private static final int ROUNDS = 31;

    @TempDir
    Path directory;

    @Test
    void shouldCostLittleMoreThanABareAppend() {
        UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        TestMessages messages = new TestMessages(7);
        message.putBytes(0, messages.buffer(), 0, messages.write(LENGTH));
        double[] ours = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        JournalSettings settings = TestJournals.settings().withSegments(256 << 20, 250 << 20);
        long sequence = 0;
        try (Journal journal = Journal.open(directory.resolve("journal"), settings);
                SingleChronicleQueue queue = SingleChronicleQueueBuilder.single(
                                directory.resolve("bare").toFile())
                        .rollCycle(RollCycles.FAST_HOURLY)
                        .blockSize(256 << 20)
                        .build()) {
            ExcerptAppender appender = queue.createAppender();
            OutletHandler handler = journal.inputAppender();
            touch(appender, 250 << 20);
            for (int round = 0; round < ROUNDS; round++) {
                long before = System.nanoTime();
                for (int i = 0; i < ROUND; i++) {
                    bareAppend(appender, message);
                }
                long between = System.nanoTime();
                for (int i = 0; i < ROUND; i++) {
                    handler.onMessage(sequence, message, 0, LENGTH);
                    if ((i & 15) == 15) {
                        handler.onBatchEnd(sequence);
                    }
                    sequence++;
                }
                long after = System.nanoTime();
                bare[round] = (between - before) / (double) ROUND;
                ours[round] = (after - between) / (double) ROUND;
            }
        }
        // The first rounds warm up.
        double bareNs = median(Arrays.copyOfRange(bare, 6, ROUNDS));
        double oursNs = median(Arrays.copyOfRange(ours, 6, ROUNDS));
        System.out.printf(
                "journal: append of %d bytes %.0f ns, bare Chronicle %.0f ns, ratio %.2f (median of %d rounds in turns)%n",
                LENGTH, oursNs, bareNs, oursNs / bareNs, ROUNDS - 6);
        assertTrue(oursNs / bareNs < 2.5, () -> "ratio " + oursNs / bareNs);
    }

    private static void bareAppend(ExcerptAppender appender, UnsafeBuffer message) {
        try (DocumentContext document = appender.writingDocument()) {
            var bytes = document.wire().bytes();
            OS.memory().copyMemory(message.addressOffset(), bytes.addressForWrite(bytes.writePosition()), LENGTH);
            bytes.writeSkip(LENGTH);
        }
    }

    /** Brings in the pages of the bare queue, as the journal does for its own. */
    private static void touch(ExcerptAppender appender, long length) {
        try (DocumentContext document = appender.writingDocument()) {
            var bytes = document.wire().bytes();
            long address = bytes.addressForWrite(bytes.writePosition());
            for (long at = 8; at < length - (1 << 20); at += 4096) {
                OS.memory().writeLong(address + at, 0);
            }
            bytes.writeSkip(8);
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
