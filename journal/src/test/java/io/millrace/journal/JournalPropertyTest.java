package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.journal.segment.JournalException;
import io.millrace.journal.tool.JournalEditor;
import io.millrace.journal.tool.JournalRepair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;

class JournalPropertyTest {
    @Property(tries = 15)
    void shouldReadWhatWasAppendedWhateverTheRunsAndTheClock(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 300) Integer> runs,
            @ForAll long seed,
            @ForAll @LongRange(min = -5_000, max = 5_000) long clockStepMs)
            throws IOException {
        Path directory = Files.createTempDirectory("journal-property");
        try {
            TestMessages messages = new TestMessages(seed);
            long[] timeMs = {1_800_000_000_000L};
            List<byte[]> expected = new ArrayList<>();
            for (int count : runs) {
                try (Journal journal = Journal.open(
                        directory, TestJournals.settings().withRollCycle("TEST_SECONDLY"), () -> timeMs[0])) {
                    assertEquals(expected.size() - 1, journal.lastInputSequence());
                    expected.addAll(TestJournals.append(journal, messages, count));
                    timeMs[0] += clockStepMs;
                    expected.addAll(TestJournals.append(journal, messages, count / 2));
                }
                timeMs[0] += clockStepMs;
            }
            List<byte[]> read = TestJournals.readInputs(directory);
            assertEquals(expected.size(), read.size());
            for (int i = 0; i < read.size(); i++) {
                assertArrayEquals(expected.get(i), read.get(i), "message " + i);
            }
        } finally {
            delete(directory);
        }
    }

    @Property(tries = 20)
    void shouldNeverHandOverADamagedRecord(
            @ForAll long seed, @ForAll @IntRange(max = 99) int record, @ForAll @IntRange(max = 47) int offset)
            throws IOException {
        Path directory = Files.createTempDirectory("journal-property");
        try {
            TestMessages messages = new TestMessages(seed);
            List<byte[]> expected;
            try (Journal journal = Journal.open(directory, TestJournals.settings())) {
                expected = TestJournals.append(journal, messages, 100);
            }
            JournalEditor.damage(directory.resolve(Journal.INPUTS), record, offset);
            TestJournals.Collector collector = new TestJournals.Collector();
            try (JournalReader reader = JournalReader.inputs(directory)) {
                while (reader.poll(collector, 7) > 0) {
                    // Until the end or the damage.
                }
                assertEquals(99, record, "only the last record may look torn");
            } catch (JournalException e) {
                Assertions.assertTrue(e.getMessage().contains("sequence=" + record), e.getMessage());
            }
            assertEquals(record, collector.messages.size());
            JournalRepair.cutAt(directory, record);
            try (Journal journal = Journal.open(directory, TestJournals.settings())) {
                assertEquals(record - 1, journal.lastInputSequence());
                expected = new ArrayList<>(expected.subList(0, record));
                expected.addAll(TestJournals.append(journal, messages, 20));
            }
            List<byte[]> read = TestJournals.readInputs(directory);
            assertEquals(expected.size(), read.size());
            for (int i = 0; i < read.size(); i++) {
                assertArrayEquals(expected.get(i), read.get(i), "message " + i);
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
