package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.RecordFormat;
import io.millrace.journal.segment.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    private final TestMessages messages = new TestMessages(1);

    @Test
    void shouldReadBackWhatWasAppendedOverSeveralRuns() {
        List<byte[]> expected = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            try (Journal journal = Journal.open(directory, TestJournals.settings())) {
                assertEquals(expected.size() - 1, journal.lastInputSequence());
                assertEquals(run == 0, journal.isNew());
                assertFalse(journal.isAfterCrash());
                expected.addAll(TestJournals.append(journal, messages, 1000));
            }
        }
        assertSame(expected, TestJournals.readInputs(directory));
    }

    @Test
    void shouldGoOnInNewSegmentsWhenTimePasses() {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        List<byte[]> expected = new ArrayList<>();
        JournalSettings settings = TestJournals.settings().withRollCycle("TEST_SECONDLY");
        for (int run = 0; run < 3; run++) {
            try (Journal journal = Journal.open(directory, settings, timeMs::get)) {
                assertEquals(expected.size() - 1, journal.lastInputSequence());
                for (int i = 0; i < 3; i++) {
                    expected.addAll(TestJournals.append(journal, messages, 50));
                    timeMs.addAndGet(run == 1 ? 5_000 : 1_000);
                }
            }
            if (run == 1) {
                // The wall clock may step back between runs; segments do not.
                timeMs.addAndGet(-60_000);
            }
        }
        assertSame(expected, TestJournals.readInputs(directory));
    }

    @Test
    void shouldFindRangesAndIndexesWithoutReadingWhatIsBefore() {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        List<byte[]> expected = new ArrayList<>();
        JournalSettings settings = TestJournals.settings().withRollCycle("TEST_SECONDLY");
        try (Journal journal = Journal.open(directory, settings, timeMs::get)) {
            for (int i = 0; i < 10; i++) {
                expected.addAll(TestJournals.append(journal, messages, 100));
                timeMs.addAndGet(1_000);
            }
        }
        for (int from = 0; from < 1000; from += 37) {
            try (JournalReader reader = JournalReader.inputs(directory).range(from, from + 120)) {
                assertSame(expected.subList(from, Math.min(1000, from + 121)), TestJournals.readAll(reader));
            }
        }
        try (JournalReader reader = JournalReader.inputs(directory).fromIndex(1000)) {
            assertEquals(0, TestJournals.readAll(reader).size());
        }
    }

    @Test
    void shouldKeepOutputsWithTheSequenceThatCausedThem() {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            TestJournals.append(journal, messages, 100);
            OutletHandler outputs = journal.outputAppender();
            for (int sequence = 0; sequence < 100; sequence += 10) {
                outputs.onMessage(sequence, messages.buffer(), 0, messages.writeRandom());
                outputs.onMessage(sequence, messages.buffer(), 0, messages.writeRandom());
                outputs.onBatchEnd(sequence);
            }
            assertEquals(19, journal.lastOutputIndex());
            assertEquals(90, journal.lastOutputSequence());
        }
        try (JournalReader reader = JournalReader.outputs(directory).range(30, 40)) {
            TestJournals.Collector collector = new TestJournals.Collector();
            assertEquals(4, reader.poll(collector, 100));
            assertEquals(List.of(30L, 30L, 40L, 40L), collector.sequences);
            assertEquals(9, reader.index());
        }
    }

    @Test
    void shouldRefuseASecondOpener() {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            JournalException e =
                    assertThrows(JournalException.class, () -> Journal.open(directory, TestJournals.settings()));
            assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
            assertTrue(e.getMessage().contains("pid=" + ProcessHandle.current().pid()), e.getMessage());
            assertEquals(-1, journal.lastInputSequence());
        }
        Journal.open(directory, TestJournals.settings()).close();
    }

    @Test
    void shouldRefuseASequenceThatDoesNotFollow() {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            TestJournals.append(journal, messages, 3);
            JournalException e = assertThrows(
                    JournalException.class,
                    () -> journal.inputAppender().onMessage(4, messages.buffer(), 0, messages.writeRandom()));
            assertTrue(e.getMessage().contains("sequence=4 does not follow 2"), e.getMessage());
        }
    }

    @Test
    void shouldRefuseAJournalOfANewerBuild() throws IOException {
        Journal.open(directory, TestJournals.settings()).close();
        Path file = directory.resolve("journal.properties");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceAll("schema.version=.*", "schema.version=99"));
        for (Runnable opening : List.<Runnable>of(
                () -> Journal.open(directory, TestJournals.settings()), () -> JournalReader.inputs(directory))) {
            JournalException e = assertThrows(JournalException.class, opening::run);
            assertTrue(e.getMessage().contains("schema.version=99 is newer than"), e.getMessage());
        }
    }

    @Test
    void shouldBeReadableByChronicleItself() {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        List<byte[]> expected = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            try (Journal journal = Journal.open(directory, TestJournals.settings(), timeMs::get)) {
                expected.addAll(TestJournals.append(journal, messages, 100));
                timeMs.addAndGet(3_600_000);
                expected.addAll(TestJournals.append(journal, messages, 100));
            }
        }
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.single(
                        directory.resolve(Journal.INPUTS).toFile())
                .rollCycle(RollCycles.FAST_HOURLY)
                .readOnly(true)
                .build()) {
            ExcerptTailer tailer = queue.createTailer();
            for (int i = 0; i < expected.size(); i++) {
                try (DocumentContext document = tailer.readingDocument()) {
                    assertTrue(document.isPresent(), "record " + i);
                    byte[] record = document.wire().bytes().toByteArray();
                    assertArrayEquals(
                            expected.get(i),
                            Arrays.copyOfRange(record, RecordFormat.HEADER_LENGTH, record.length),
                            "record " + i);
                }
            }
            try (DocumentContext document = tailer.readingDocument()) {
                assertFalse(document.isPresent());
            }
        }
    }

    @Test
    void shouldReportAMissingSegment() throws IOException {
        AtomicLong timeMs = new AtomicLong(1_800_000_000_000L);
        JournalSettings settings = TestJournals.settings().withRollCycle("TEST_SECONDLY");
        for (int run = 0; run < 3; run++) {
            try (Journal journal = Journal.open(directory, settings, timeMs::get)) {
                TestJournals.append(journal, messages, 50);
                timeMs.addAndGet(1_000);
            }
        }
        List<Path> segments = Segments.list(directory.resolve(Journal.INPUTS));
        Files.delete(segments.get(1));
        JournalException middle = assertThrows(JournalException.class, () -> TestJournals.readInputs(directory));
        assertTrue(middle.getMessage().contains("expected index=50 but found 100"), middle.getMessage());
        Files.delete(segments.get(0));
        JournalException first = assertThrows(JournalException.class, () -> TestJournals.readInputs(directory));
        assertTrue(first.getMessage().contains("expected index=0 but found 100"), first.getMessage());
    }

    @Test
    void shouldSyncByPolicy() {
        for (String policy : List.of("none", "batch", "interval:1")) {
            JournalSettings settings = TestJournals.settings().withSync(SyncPolicy.parse(policy));
            assertEquals(policy, settings.sync().toString());
            try (Journal journal = Journal.open(directory.resolve(policy.replace(':', '-')), settings)) {
                TestJournals.append(journal, messages, 20);
            }
            assertEquals(
                    20,
                    TestJournals.readInputs(directory.resolve(policy.replace(':', '-')))
                            .size());
        }
        JournalException e = assertThrows(JournalException.class, () -> SyncPolicy.parse("always"));
        assertTrue(e.getMessage().contains("use none, batch or interval:<ms>"), e.getMessage());
    }

    @Test
    void shouldRefuseSettingsOutOfRangeWithNameValueAndLimit() {
        JournalSettings settings = JournalSettings.defaults();
        for (Runnable wrong : List.<Runnable>of(
                () -> settings.withRollCycle("SOMETIMES"),
                () -> settings.withSegments(1_000_000, 1 << 20),
                () -> settings.withSegments(1 << 20, 100),
                () -> settings.withDisk(10, 20, 0),
                () -> settings.withBuild(" "))) {
            JournalException e = assertThrows(JournalException.class, wrong::run);
            assertTrue(e.getMessage().contains("="), e.getMessage());
        }
    }

    @Test
    void shouldTakeEventsFromAnOutlet() {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            int[] left = {10};
            JournalAgent agent = new JournalAgent(
                    (handler, limit) -> {
                        if (left[0] == 0) {
                            return 0;
                        }
                        long sequence = 10L - left[0]--;
                        handler.onMessage(sequence, messages.buffer(), 0, messages.writeRandom());
                        handler.onBatchEnd(sequence);
                        return 1;
                    },
                    journal);
            while (agent.doWork() > 0) {
                // Until the outlet is empty.
            }
            assertEquals(9, journal.lastInputSequence());
        }
    }

    @Test
    void shouldReadWhatIsBeingWritten() {
        try (Journal journal = Journal.open(directory, TestJournals.settings());
                JournalReader reader = JournalReader.followInputs(directory)) {
            TestJournals.Collector collector = new TestJournals.Collector();
            assertEquals(0, reader.poll(collector, 10));
            List<byte[]> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.addAll(TestJournals.append(journal, messages, i * 30));
                while (reader.poll(collector, 100) > 0) {
                    // Until the end.
                }
                assertSame(expected, collector.messages);
            }
        }
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "message " + i);
        }
    }
}
