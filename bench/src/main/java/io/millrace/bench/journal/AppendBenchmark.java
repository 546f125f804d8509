package io.millrace.bench.journal;

import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Appends of {@value #LENGTH} bytes to the journal (header, CRC, index and sequence included) and of the same bytes to bare
 * Chronicle, pages prepared in both. One invocation is {@value #APPENDS} appends; the files lie in the directory for temporary
 * files and are deleted at the end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = AppendBenchmark.WARMUP)
@Measurement(iterations = AppendBenchmark.MEASURED)
public class AppendBenchmark {
    /** Bare Chronicle. */
    public static final String FLOOR = "bareAppend";
    /** The product's journal. */
    public static final String OURS = "journalAppend";
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS = List.of(FLOOR, OURS);
    /** Appends of one invocation. */
    public static final int APPENDS = 20_000;
    /** Invocations before the measured ones. */
    public static final int WARMUP = 6;
    /** Measured invocations: with the warm-up 31 x 20,000 x 300 bytes fit the prepared pages. */
    public static final int MEASURED = 25;

    private static final int LENGTH = 300;
    private static final int BATCH = 16;
    private static final int PREPARED = 250 << 20;

    private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));
    private Path directory;
    private Journal journal;
    private OutletHandler appender;
    private SingleChronicleQueue queue;
    private ExcerptAppender bare;
    private long sequence;

    /** Opens both. */
    @Setup
    public void setUp() throws IOException {
        EventHeader.length(message, 0, LENGTH);
        directory = Files.createTempDirectory("millrace-bench");
        journal = Journal.open(
                directory.resolve("journal"),
                JournalSettings.defaults()
                        .withSegments(256 << 20, PREPARED)
                        .withDisk(0, 0, 0)
                        .withBuild("bench"));
        appender = journal.inputAppender();
        queue = SingleChronicleQueueBuilder.single(directory.resolve("bare").toFile())
                .rollCycle(RollCycles.FAST_HOURLY)
                .blockSize(256 << 20)
                .build();
        bare = queue.createAppender();
        prepare();
    }

    /** Closes both and deletes their files. */
    @TearDown
    public void tearDown() throws IOException {
        journal.close();
        queue.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Appends to Chronicle and does nothing else. */
    @Benchmark
    public void bareAppend() {
        for (int i = 0; i < APPENDS; i++) {
            try (DocumentContext document = bare.writingDocument()) {
                var bytes = document.wire().bytes();
                OS.memory().copyMemory(message.addressOffset(), bytes.addressForWrite(bytes.writePosition()), LENGTH);
                bytes.writeSkip(LENGTH);
            }
        }
    }

    /** Appends as the engine's journal stage does. */
    @Benchmark
    public void journalAppend() {
        for (int i = 0; i < APPENDS; i++) {
            appender.onMessage(sequence, message, 0, LENGTH);
            if (i % BATCH == BATCH - 1) {
                appender.onBatchEnd(sequence);
            }
            sequence++;
        }
    }

    /** Brings in the pages of the bare queue, as the journal does for its own. */
    private void prepare() {
        try (DocumentContext document = bare.writingDocument()) {
            var bytes = document.wire().bytes();
            long address = bytes.addressForWrite(bytes.writePosition());
            for (long at = Long.BYTES; at < PREPARED - (1 << 20); at += OS.pageSize()) {
                OS.memory().writeLong(address + at, 0);
            }
            bytes.writeSkip(Long.BYTES);
        }
    }
}
