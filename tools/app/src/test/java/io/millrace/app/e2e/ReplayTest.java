package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.Replay;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.journal.Comparison;
import io.millrace.journal.tool.JournalEditor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReplayTest {
    @TempDir
    static Path directory;

    private static Path journal;
    private static JournalEditor recorded;

    @BeforeAll
    static void recordTwoRuns() throws IOException {
        journal = directory.resolve("journal");
        assertEquals(0, TestRuns.record(journal, 2000, UnaryOperator.identity()));
        assertEquals(0, TestRuns.record(journal, 1000, UnaryOperator.identity()));
        recorded = new JournalEditor(journal);
    }

    @Test
    void shouldGiveTheSameBytesOnEveryTopologyAndJdkInAFreshJvm() throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        for (Path home : jdks()) {
            for (String topology : List.of("single", "fused", "pipelined")) {
                JsonNode verdict = replayInFreshJvm(home, topology);

                assertTrue(verdict.get("identical").asBoolean(), verdict.toString());
                assertEquals(recorded.inputCount(), verdict.get("events").asInt());
                assertTrue(verdict.get("firstDifference").isNull());
                hashes.put(home + " " + topology, verdict.get("stateHash").asText());
            }
        }
        assertEquals(1, hashes.values().stream().distinct().count(), hashes.toString());
    }

    @Test
    void shouldNameTheSequenceWhenOneLotInOneFarLevelDiffers() {
        // The last level of a diff is the worst of its asks.
        long sequence = last(DepthDiffDecoder.TEMPLATE_ID);

        assertDifferenceAt(
                sequence, new JournalEditor(journal).addLots(sequence, recorded.levels(sequence) - 1, 1), "far-level");
    }

    @Test
    void shouldNameTheSequenceWhenOneDiffIsLeftOut() {
        long sequence = last(DepthDiffDecoder.TEMPLATE_ID);

        assertDifferenceAt(sequence, new JournalEditor(journal).omitInput(sequence, true), "omitted");
    }

    @Test
    void shouldNameTheSequenceWhenTwoNeighboursAreSwapped() {
        long sequence = last(DepthDiffDecoder.TEMPLATE_ID);

        assertDifferenceAt(sequence, new JournalEditor(journal).swapInputs(sequence), "swapped");
    }

    @Test
    void shouldNameTheSequenceWhenOneByteOfAnOutputDiffers() {
        int index = recorded.outputCount() / 2;
        // The last byte of a record: of a hash, a digest or a command's last field.
        Comparison result = replay(new JournalEditor(journal)
                .flipOutputByte(index, recorded.output(index).length - 1)
                .writeTo(directory.resolve("output-byte")));

        assertFalse(result.identical());
        assertEquals(index, result.firstDifference().outputIndex());
    }

    @Test
    void shouldStopWhereAskedTo() {
        Comparison result =
                new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity()).run(500, TestRuns.silent());

        assertTrue(result.identical());
        assertEquals(501, result.events());
    }

    private static void assertDifferenceAt(long sequence, JournalEditor edited, String name) {
        Comparison result = replay(edited.writeTo(directory.resolve(name)));

        assertFalse(result.identical());
        assertNotNull(result.firstDifference());
        assertEquals(
                sequence,
                result.firstDifference().sequence(),
                result.firstDifference().toString());
    }

    private static Comparison replay(Path edited) {
        return new Replay(edited, ConfigLoader.defaults(), UnaryOperator.identity())
                .run(Long.MAX_VALUE, TestRuns.silent());
    }

    /** Returns the last event of a template that has levels. */
    private static long last(int templateId) {
        for (long sequence = recorded.inputCount() - 1L; sequence >= 0; sequence--) {
            if (EventHeader.templateId(new UnsafeBuffer(recorded.input(sequence)), 0) == templateId
                    && recorded.levels(sequence) > 0) {
                return sequence;
            }
        }
        throw new AssertionError("no event of template " + templateId);
    }

    private static List<Path> jdks() throws IOException, InterruptedException {
        Path own = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(List.of(own));
        Process finder = new ProcessBuilder("bash", "../../.build/find-jdk", "25", own.toString()).start();
        String found = new String(finder.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, finder.waitFor());
        if (found.isEmpty()) {
            System.out.println("no JDK 25 found: replayed on this JDK only");
        } else {
            homes.add(Path.of(found));
        }
        return homes;
    }

    private JsonNode replayInFreshJvm(Path home, String topology) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.add("@src/main/launcher/jvm-options");
        if (Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25")) {
            command.add("@src/main/launcher/jvm-options-25");
        }
        command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), "io.millrace.app.Main"));
        command.addAll(List.of("replay", journal.toString(), "--json", "--topology", topology));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return new ObjectMapper().readTree(out);
    }
}
