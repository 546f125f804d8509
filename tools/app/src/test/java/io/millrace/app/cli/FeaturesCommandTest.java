package io.millrace.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
    private static final String BARS = """
            timestamp,open,high,low,close,volume
            0,10,12,9,11,5
            60000,11,13,10,12,6
            120000,12,14,11,14,0
            """;

    @TempDir
    Path directory;

    @Test
    void shouldPrintBarsAndIndicatorsAsCsvWhenAskedForThem() throws IOException {
        Path bars = Files.writeString(directory.resolve("AUSDT.csv"), BARS);
        CliRun run = CliRun.of("features", "--select", "close,roc10.rocPercent,bollinger", bars.toString());
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).startsWith("time,symbol,close,roc10.rocPercent,bollinger.middle,"), lines.get(0));
        assertTrue(lines.get(1).startsWith("60000,AUSDT,11.0,,"), lines.get(1));
        CliRun json = CliRun.of("features", "--json", "--select", "close,rsi14", "--from", "120001", bars.toString());
        JsonNode row = new ObjectMapper().readTree(json.out());
        assertEquals(180_000, row.get("time").asLong());
        assertEquals(14, row.get("close").asDouble());
        assertTrue(row.get("rsi14").isNull());
    }

    @Test
    void shouldWriteAndPlotWhenFilesAreNamed() throws IOException {
        Path bars = Files.writeString(directory.resolve("AUSDT.csv"), BARS);
        Path csv = directory.resolve("rows.csv");
        Path svg = directory.resolve("plot.svg");
        CliRun run = CliRun.of(
                "features",
                "--select",
                "close,volume",
                "--out",
                csv.toString(),
                "--plot",
                svg.toString(),
                bars.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertEquals(4, Files.readAllLines(csv).size());
        String plot = Files.readString(svg);
        assertTrue(plot.startsWith("<svg") && plot.endsWith("</svg>\n") && plot.contains("<path"), plot);
    }

    @Test
    void shouldSayWhatIsWrongInOneLineWhenTheCommandLineIs() throws IOException {
        Path bars = Files.writeString(directory.resolve("AUSDT.csv"), BARS);
        Path broken = Files.writeString(directory.resolve("BUSDT.csv"), BARS + "180000,1,2\n");
        assertEquals(2, CliRun.of("features").exitCode());
        assertEquals(
                2, CliRun.of("features", "--select", "nothing", bars.toString()).exitCode());
        assertEquals(2, CliRun.of("features", bars.toString(), "x.jsonl").exitCode());
        assertEquals(2, CliRun.of("features", "--from", "noon", bars.toString()).exitCode());
        assertEquals(
                3,
                CliRun.of("features", directory.resolve("absent.csv").toString())
                        .exitCode());
        CliRun run = CliRun.of("features", broken.toString());
        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("bar 4"), run.err());
    }

    @Test
    void shouldWriteParquetWhenTheDriverIsThereAndSayItIsNotElse() throws IOException {
        Path bars = Files.writeString(directory.resolve("AUSDT.csv"), BARS);
        Path parquet = directory.resolve("rows.parquet");
        CliRun run = CliRun.of("features", "--select", "close,rsi14", "--out", parquet.toString(), bars.toString());
        if (isDriverThere()) {
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("PAR1", new String(Files.readAllBytes(parquet), 0, 4, StandardCharsets.US_ASCII));
        } else {
            assertEquals(3, run.exitCode());
            assertTrue(run.err().contains("-Pparquet"), run.err());
        }
    }

    private static boolean isDriverThere() {
        try {
            Class.forName("org.duckdb.DuckDBDriver");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void shouldListEverythingWhenAsked() {
        CliRun run = CliRun.of("features", "--list");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("orderFlow10s") && run.out().contains("superTrend"), run.out());
    }

    @Test
    void shouldTellTheVectorsOfACaptureWhenItHasBooks() throws IOException {
        CliRun run = CliRun.of(
                "features",
                "--json",
                "--select",
                "spreadBps,imbalance20,orderFlow10s,buyCostBps,rsi14m1",
                SharedData.file(SharedData.ALTS).toString());
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.size() > 60, lines.size() + " rows");
        JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertTrue(last.get("spreadBps").asDouble() > 0, last.toString());
        assertFalse(last.get("imbalance20").isNull(), last.toString());
        assertFalse(last.get("orderFlow10s").isNull(), last.toString());
        assertFalse(last.get("buyCostBps").isNull(), last.toString());
        assertTrue(last.get("rsi14m1").isNull(), last.toString());
    }
}
