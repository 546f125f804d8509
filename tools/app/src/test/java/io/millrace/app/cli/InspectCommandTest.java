package io.millrace.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final String SNAPSHOT =
            "1000 {\"rest\":\"depth\",\"symbol\":\"AUSDT\",\"data\":{\"lastUpdateId\":10,"
                    + "\"E\":1,\"T\":1,\"bids\":[[\"1.00\",\"5\"]],\"asks\":[[\"1.10\",\"7\"]]}}";

    @TempDir
    Path directory;

    @Test
    @Tag("slow")
    void shouldFindTheBookOfTheBtcCaptureRight() throws IOException {
        CliRun run =
                CliRun.of("inspect", "--json", SharedData.file(SharedData.BTC).toString());

        assertEquals(0, run.exitCode(), run.err());
        JsonNode file = new ObjectMapper().readTree(run.out()).get("files").get(0);
        assertEquals(6551, file.get("frames").get("depthUpdate").asLong());
        assertEquals(66_089, file.get("frames").get("bookTicker").asLong());
        assertEquals(21_313, file.get("frames").get("trade").asLong());
        assertTrue(file.get("nsPerFrame").asDouble() > 0);
        JsonNode btc = file.get("symbols").get(0);
        assertEquals("BTCUSDT", btc.get("symbol").asText());
        assertEquals(6547, btc.get("diffs").asLong());
        assertEquals(0, btc.get("gaps").asLong());
        assertEquals(0, btc.get("crossed").asLong());
        assertEquals(629, btc.get("tickersMatched").asLong());
        assertEquals(0, btc.get("tickersMismatched").asLong());
        assertEquals(503, btc.get("tickersMatchedTickerFirst").asLong());
        assertEquals(126, btc.get("tickersMatchedDiffFirst").asLong());
        assertEquals(5018, btc.get("bidLevels").asInt());
        assertEquals(4578, btc.get("askLevels").asInt());
        assertEquals(0, btc.get("errors").asLong());
        assertEquals("0.1", btc.get("tick").asText());
    }

    @Test
    void shouldUseTheSnapshotsOfAMultiSymbolCapture() throws IOException {
        String alts = SharedData.file(SharedData.ALTS).toString();
        CliRun found = CliRun.of("inspect", "--json", alts);
        assertEquals(0, found.exitCode(), found.err());
        JsonNode symbols =
                new ObjectMapper().readTree(found.out()).get("files").get(0).get("symbols");
        assertEquals(4, symbols.size());
        for (JsonNode symbol : symbols) {
            assertEquals("LIVE", symbol.get("state").asText());
            assertTrue(symbol.get("diffs").asLong() > 100, symbol.toString());
            assertTrue(symbol.get("tickersMatched").asLong() > 0, symbol.toString());
            assertEquals(0, symbol.get("tickersMismatched").asLong(), symbol.toString());
            assertEquals(0, symbol.get("gaps").asLong(), symbol.toString());
        }
    }

    @Test
    @Tag("slow")
    void shouldReportTheSnapshotThatIsOffTheGridGiven() throws IOException {
        // CTKUSDT's tick had been 0.00001 once; orders from then still stand in the snapshot, on no tick of 0.001.
        CliRun run = CliRun.of(
                "inspect",
                "--json",
                "--exchange-info",
                SharedData.file("rest/exchangeInfo-20210722.json.gz").toString(),
                SharedData.file(SharedData.ALTS).toString());

        assertEquals(1, run.exitCode(), run.err());
        JsonNode file = new ObjectMapper().readTree(run.out()).get("files").get(0);
        assertEquals(1, file.get("frames").get("error").asLong());
        for (JsonNode symbol : file.get("symbols")) {
            boolean isCtk = symbol.get("symbol").asText().equals("CTKUSDT");
            assertEquals(
                    isCtk ? "0.001" : symbol.get("tick").asText(),
                    symbol.get("tick").asText());
            assertEquals(!isCtk, symbol.get("state").asText().equals("LIVE"), symbol.toString());
        }
    }

    @Test
    void shouldEndWithOneWhenAnUpdateIsMissing() throws IOException {
        CliRun run = inspect(SNAPSHOT, diff(2000, 9, 11, 8), diff(3000, 15, 16, 14), ticker(4000, 11, "1.00", "5"));

        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("\"gaps\":1"), run.out());
    }

    @Test
    void shouldEndWithOneWhenATickerDiffers() throws IOException {
        CliRun run = inspect(SNAPSHOT, diff(2000, 9, 11, 8), ticker(3000, 11, "1.00", "6"));

        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("\"tickersMismatched\":1"), run.out());
    }

    @Test
    void shouldEndWithOneWhenAFrameIsBroken() throws IOException {
        CliRun run = inspect(SNAPSHOT, diff(2000, 9, 11, 8), "3000 {\"e\":\"trade\",\"s\":\"AUSDT\",\"p\":");

        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("\"error\":1"), run.out());
    }

    @Test
    void shouldEndWithThreeWhenTheFileIsMissing() {
        CliRun run = CliRun.of("inspect", directory.resolve("absent").toString());

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("does not exist"), run.err());
    }

    private CliRun inspect(String... lines) throws IOException {
        Path file = directory.resolve("capture.jsonl");
        Files.write(file, List.of(lines));
        return CliRun.of("inspect", "--json", file.toString());
    }

    private static String diff(long ns, long first, long last, long previous) {
        return ns + " {\"e\":\"depthUpdate\",\"E\":1,\"T\":1,\"s\":\"AUSDT\",\"U\":" + first + ",\"u\":" + last
                + ",\"pu\":" + previous + ",\"b\":[[\"0.90\",\"1\"]],\"a\":[]}";
    }

    private static String ticker(long ns, long id, String bid, String lots) {
        return ns + " {\"e\":\"bookTicker\",\"u\":" + id + ",\"s\":\"AUSDT\",\"b\":\"" + bid + "\",\"B\":\"" + lots
                + "\",\"a\":\"1.10\",\"A\":\"7\",\"T\":1,\"E\":1}";
    }
}
