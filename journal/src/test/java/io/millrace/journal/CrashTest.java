package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.tool.JournalEditor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashTest {
    private static final long SEED = 20260101;

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void name() {
        directory = temp.resolve("journal");
    }

    private final TestMessages messages = new TestMessages(4);

    /** Appends without end, printing what was acknowledged, until it is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            TestMessages messages = new TestMessages(5);
            Journal journal = Journal.open(directory, TestJournals.settings().withRollCycle("TEST_SECONDLY"));
            OutletHandler inputs = journal.inputAppender();
            OutletHandler outputs = journal.outputAppender();
            System.out.println("last " + journal.lastInputSequence());
            for (long sequence = journal.lastInputSequence() + 1; ; sequence++) {
                int length = messages.writeRandom();
                inputs.onMessage(sequence, messages.buffer(), 0, length);
                inputs.onBatchEnd(sequence);
                outputs.onMessage(sequence, messages.buffer(), 0, length);
                outputs.onBatchEnd(sequence);
                if ((sequence & 255) == 0) {
                    System.out.println("ack " + sequence);
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void shouldLoseNothingAcknowledgedWhenKilledInMidAppendAgainAndAgain() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        long acknowledged = -1;
        for (int round = 0; round < 4; round++) {
            Path output = temp.resolve("output-" + round);
            Process process = victim(output);
            int wanted = 1 + random.nextInt(120);
            long deadlineNs = System.nanoTime() + 120_000_000_000L;
            while (lines(output).size() < wanted) {
                assertTrue(process.isAlive() && System.nanoTime() < deadlineNs, "round " + round + " " + lines(output));
                LockSupport.parkNanos(1_000_000);
            }
            process.destroyForcibly();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            List<String> lines = lines(output);
            long last = Long.parseLong(lines.get(0).substring(5));
            assertTrue(last >= acknowledged, "round " + round + ": began at " + last + " behind " + acknowledged);
            acknowledged =
                    Math.max(last, Long.parseLong(lines.get(lines.size() - 1).replaceAll("[a-z ]", "")));
            JournalScan scan = JournalScanner.scan(directory);
            assertTrue(scan.lastInputSequence() >= acknowledged, "seed " + SEED + " round " + round + " " + scan);
            scan.requireOutputsNotAhead();
        }
        try (Journal journal = Journal.open(directory, TestJournals.settings().withRollCycle("TEST_SECONDLY"))) {
            assertTrue(journal.isAfterCrash());
            TestJournals.append(journal, messages, 100);
        }
        JournalScan scan = JournalScanner.scan(directory);
        assertTrue(scan.tornTails().isEmpty(), scan::toString);
        assertTrue(scan.lastInputSequence() >= acknowledged + 100);
    }

    /** Whole lines of what a victim printed. */
    private static List<String> lines(Path output) throws IOException {
        String text = Files.exists(output) ? Files.readString(output) : "";
        int end = text.lastIndexOf('\n');
        return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n"));
    }

    private Process victim(Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--") || (option.startsWith("-D") && !option.contains("surefire"))) {
                command.add(option);
            }
        }
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), Victim.class.getName()));
        command.add(directory.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
    }

    private List<byte[]> write(int count) {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            return TestJournals.append(journal, messages, count);
        }
    }

    /** Position and file of an input. */
    private static long[] locate(Path directory, long index, Path[] file) {
        try (JournalReader reader = JournalReader.inputs(directory).fromIndex(index)) {
            reader.poll((sequence, buffer, offset, length) -> {}, 1);
            file[0] = reader.file();
            return new long[] {reader.position(), reader.bytes()};
        }
    }

    private static void overwrite(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "incomplete", "payload", "half"})
    void shouldEndReadingAtATornTailAndGoOnBehindIt(String kind) throws IOException {
        List<byte[]> expected = write(200);
        Path[] file = new Path[1];
        long[] last = locate(directory, 199, file);
        switch (kind) {
            case "header" -> overwrite(file[0], last[0], new byte[4]);
            case "incomplete" -> overwrite(file[0], last[0], new byte[] {0, 0, 0, (byte) 0x80});
            case "payload" -> overwrite(file[0], last[0] + 40, new byte[] {1, 2, 3, 4});
            default -> overwrite(file[0], last[0] + 28, new byte[(int) last[1]]);
        }
        try (JournalReader reader = JournalReader.inputs(directory)) {
            List<byte[]> read = TestJournals.readAll(reader);
            assertEquals(199, read.size());
            assertTrue(reader.tornTail().isPresent());
            assertEquals(last[0], reader.tornTail().get().position());
            assertEquals(file[0], reader.tornTail().get().file());
        }
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            assertEquals(198, journal.lastInputSequence());
            assertEquals(1, journal.repairs().size());
            assertEquals(last[0], journal.repairs().get(0).position());
            expected.remove(199);
            expected.addAll(TestJournals.append(journal, messages, 300));
        }
        List<byte[]> read = TestJournals.readInputs(directory);
        assertEquals(499, read.size());
        for (int i = 0; i < read.size(); i++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(expected.get(i), read.get(i));
        }
        assertTrue(JournalScanner.scan(directory).tornTails().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"crc", "header", "incomplete", "length", "zeros"})
    void shouldRefuseDamageInFrontOfIntactRecords(String kind) throws IOException {
        write(200);
        Path[] file = new Path[1];
        long position = locate(directory, 100, file)[0];
        switch (kind) {
            case "crc" -> assertEquals(position, JournalEditor.damage(directory.resolve(Journal.INPUTS), 100, 20));
            case "header" -> overwrite(file[0], position, new byte[4]);
            case "incomplete" -> overwrite(file[0], position + 3, new byte[] {(byte) 0x80});
            case "length" -> overwrite(file[0], position, new byte[] {99, 99});
            default -> overwrite(file[0], position, new byte[1000]);
        }
        TestJournals.Collector collector = new TestJournals.Collector();
        try (JournalReader reader = JournalReader.inputs(directory)) {
            JournalException e = assertThrows(JournalException.class, () -> {
                while (reader.poll(collector, 1) > 0) {
                    // Until the damage.
                }
            });
            assertTrue(e.getMessage().contains("file=" + file[0]), e.getMessage());
            assertTrue(e.getMessage().contains("position=" + position), e.getMessage());
            assertTrue(e.getMessage().contains("sequence=100"), e.getMessage());
        }
        assertEquals(100, collector.messages.size());
        JournalException e =
                assertThrows(JournalException.class, () -> Journal.open(directory, TestJournals.settings()));
        assertTrue(e.getMessage().contains("position=" + position), e.getMessage());
        // The refused opening gave the lock back.
        assertThrows(JournalException.class, () -> Journal.open(directory, TestJournals.settings()));
    }

    @Test
    void shouldHaltWhenOutputsAreAheadOfInputs() {
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            TestJournals.append(journal, messages, 10);
            journal.outputAppender().onMessage(10, messages.buffer(), 0, messages.writeRandom());
        }
        JournalException e =
                assertThrows(JournalException.class, () -> Journal.open(directory, TestJournals.settings()));
        assertTrue(e.getMessage().contains("outputs ahead of inputs"), e.getMessage());
        assertThrows(JournalException.class, JournalScanner.scan(directory)::requireOutputsNotAhead);
    }

    @Test
    void shouldNotAppendBehindAHoleThatALostPageLeft() throws IOException {
        List<byte[]> expected = write(200);
        Path[] file = new Path[1];
        long position = locate(directory, 150, file)[0];
        // Chronicle's own write position survived, the last fifty records did not.
        overwrite(file[0], position, new byte[1 << 16]);
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            assertEquals(149, journal.lastInputSequence());
            expected = new ArrayList<>(expected.subList(0, 150));
            expected.addAll(TestJournals.append(journal, messages, 100));
        }
        List<byte[]> read = TestJournals.readInputs(directory);
        assertEquals(250, read.size());
        for (int i = 0; i < read.size(); i++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(expected.get(i), read.get(i));
        }
        assertFalse(JournalScanner.scan(directory).directory().toString().isEmpty());
    }
}
