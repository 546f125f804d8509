package io.millrace.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.bench.history.Comparison.Change;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final String RATIO = "8: engine p50 / echo p50";
    private static final String SPEEDUP = "4: jackson / ours";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("history.jsonl");
    }

    @Test
    void shouldReadWhatItAppended() throws IOException {
        History.append(file, results(0, "short", 1.5, 6));
        History.append(file, results(1, "full", 1.25, 7));
        List<History.Entry> entries = History.read(file);
        assertEquals(2, entries.size());
        assertEquals("a cpu, 2 cores, JDK 17", entries.get(0).machine());
        assertEquals("full", entries.get(1).set());
        assertEquals(new History.Value(1.25, true), entries.get(1).values().get(RATIO));
        assertEquals(new History.Value(7, false), entries.get(1).values().get(SPEEDUP));
        assertTrue(History.read(directory.resolve("none.jsonl")).isEmpty());
    }

    @Test
    void shouldRecordFiguresThatNoGoalIsStatedOf() throws IOException {
        JsonNode results = new ObjectMapper().readTree("""
            {"when":"2024-08-08T12:00:00Z","machine":{"cpu":"a cpu","cores":2,"jdk":"17","set":"full"},"goals":[],
             "figures":[{"name":"bookUpdate far","unit":"ns","median":21.5},{"name":"footprint","unit":"MiB","median":345}],
             "wire":[{"label":"echo, TLS","ns":{"p50":41000,"p99":5652000}}]}
            """);
        History.append(file, results);
        assertEquals(
                Map.of(
                        "bookUpdate far, ns", new History.Value(21.5, true),
                        "footprint, MiB", new History.Value(345, true),
                        "echo, TLS p50, us", new History.Value(41, true),
                        "echo, TLS p99, us", new History.Value(5652, true)),
                History.read(file).get(0).values());
    }

    @Test
    void shouldNameTheLineThatItCannotRead() throws IOException {
        Files.writeString(file, "{\"when\":\"a\"}\nnot json\n");
        IOException error = assertThrows(IOException.class, () -> History.read(file));
        assertTrue(error.getMessage().contains("line 2"), error.getMessage());
    }

    @Test
    void shouldCallAChangeNoiseUpToThreeTimesTheSpread() throws IOException {
        // Median 1.5, distances 0, 0.1, 0.1, 0.2, 0.2: median distance 0.1, so that 3 x 1.4826 x 0.1 = 0.445 is the
        // bound.
        plant(1.3, 1.4, 1.5, 1.6, 1.7);
        assertEquals(Change.NOISE, compare(1.94).change());
        assertEquals(Change.WORSE, compare(1.95).change());
        assertEquals(Change.BETTER, compare(1.05).change());
        Comparison.Row row = compare(1.2);
        assertEquals(1.5, row.median(), 1e-9);
        assertEquals(0.1, row.spread(), 1e-9);
        assertEquals(5, row.runs());
    }

    @Test
    void shouldNotCallAChangeOfAFewPercentMoreThanNoiseWhereAllRunsWereAlike() throws IOException {
        plant(1.5, 1.5, 1.5);
        assertEquals(Change.NOISE, compare(1.57).change());
        assertEquals(Change.WORSE, compare(1.58).change());
    }

    @Test
    void shouldKnowWhichWayIsProgress() throws IOException {
        for (int run = 0; run < 4; run++) {
            History.append(file, results(run, "short", 1.5, 6));
        }
        Comparison comparison = Comparison.of(History.read(file), results(9, "short", 3, 12));
        assertEquals(
                List.of(Change.BETTER, Change.WORSE),
                comparison.rows().stream().map(Comparison.Row::change).toList());
        StringWriter out = new StringWriter();
        comparison.print(new PrintWriter(out, true));
        assertTrue(
                out.toString().contains("| " + RATIO + " | 3.000 | 1.500 | 0.000 | +100.0 % | 4 | WORSE |"),
                out.toString());
    }

    @Test
    void shouldSayNothingOfTooFewRunsOrOfAnotherMachineOrSet() throws IOException {
        plant(1.5, 1.5);
        History.append(file, results(7, "full", 1.5, 6));
        JsonNode other = new ObjectMapper()
                .readTree(results(8, "short", 1.5, 6).toString().replace("a cpu", "another cpu"));
        History.append(file, other);
        assertEquals(Change.UNKNOWN, compare(9).change());
        assertEquals(2, compare(9).runs());
    }

    @Test
    void shouldLookAtTheLastTenRunsOnly() throws IOException {
        plant(9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(1, compare(1).median(), 1e-9);
        assertEquals(10, compare(1).runs());
    }

    private void plant(double... ratios) throws IOException {
        for (int run = 0; run < ratios.length; run++) {
            History.append(file, results(run, "short", ratios[run], 6));
        }
    }

    private Comparison.Row compare(double ratio) throws IOException {
        return Comparison.of(History.read(file), results(99, "short", ratio, 6)).rows().stream()
                .filter(row -> row.name().equals(RATIO))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode results(int run, String set, double ratio, double speedup) throws IOException {
        String json = String.format(Locale.ROOT, """
            {"when":"2024-08-08T12:00:%02dZ","machine":{"cpu":"a cpu","cores":2,"jdk":"17","set":"%s"},"goals":[
             {"goal":4,"measured":%f,"isLowerBetter":false,"numerator":{"name":"jackson"},"denominator":{"name":"ours"}},
             {"goal":8,"measured":%f,"isLowerBetter":true,"numerator":{"name":"engine p50"},"denominator":{"name":"echo p50"}}]}
            """, run, set, speedup, ratio);
        return new ObjectMapper().readTree(json);
    }
}
