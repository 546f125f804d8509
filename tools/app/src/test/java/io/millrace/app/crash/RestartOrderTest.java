package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.replay.JournalPrinter;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.TradingSession;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.KeySource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In which order a run with an account begins: the journal, the account held against the venue's, its stream, once more the
 * account as it is since the stream is up, and only then entries. Over real sockets, as the journal tells it.
 */
@Tag("slow")
class RestartOrderTest {
    private static final long LIMIT_S = 120;
    private static final Set<String> SHOWN = Set.of(
            "RunStarted",
            "Audit",
            "PrivateStatus",
            "ReconcileDone",
            "TradingStatus",
            "IntentRefused",
            "PlaceOrder",
            "RunStopped");

    @TempDir
    Path directory;

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void shouldTakeNoEntryBeforeTheAccountIsReconciledAndItsStreamUp() throws Exception {
        Path journal = directory.resolve("journal");
        try (VenueAccount venue = new VenueAccount(200, directory)) {
            // So every ticker asks for an entry, from the first on.
            Config config =
                    ConfigLoader.parse(venue.config(journal).replace("everyTickers: 10", "everyTickers: 1"), "test");
            trade(venue, config, 1);
            trade(venue, config, 2);
        }

        List<JsonNode> second = recordsOfLastRun(journal);
        int enabled = first(
                second,
                0,
                row -> isOf(row, "TradingStatus") && row.path("after").asInt() == 0);
        int streamUp = first(
                second,
                0,
                row -> isOf(row, "PrivateStatus") && row.path("state").asText().equals("UP"));
        int firstAudit = first(second, 0, row -> isOf(row, "Audit"));
        int auditSinceStream = first(second, streamUp, row -> isOf(row, "Audit"));
        int cleanSinceStream = first(
                second,
                auditSinceStream,
                row -> isOf(row, "ReconcileDone") && row.path("clean").asText().equals("YES"));
        assertTrue(firstAudit < streamUp, "the account was asked for at once: " + second);
        assertTrue(cleanSinceStream < enabled, "and once more since the stream is up: " + second);
        assertTrue(enabled < first(second, 0, RestartOrderTest::isEntry), "only then an entry: " + second);
        List<JsonNode> refused = second.subList(0, enabled).stream()
                .filter(row -> isOf(row, "IntentRefused")
                        && row.path("action").asText().equals("PLACE"))
                .toList();
        assertFalse(refused.isEmpty(), "entries were wanted before: " + second);
        for (JsonNode row : refused) {
            assertEquals("HALTED", row.path("reason").asText(), row.toString());
            assertNotEquals(0, row.path("haltReasons").asInt(), row.toString());
        }
        assertTrue(
                HaltReasons.toText(refused.get(0).path("haltReasons").asInt()).contains("not-reconciled"),
                () -> refused.get(0).toString());
    }

    /** Runs until an entry of the run is at the venue, and ends leaving everything as it is. */
    private static void trade(VenueAccount venue, Config config, int epoch) throws Exception {
        ApiKey key = KeySource.fromFile(Path.of(config.trading().keyFile()));
        LiveRun run = LiveRun.open(
                config,
                Path.of(config.journal().directory()),
                "test",
                LiveRun.Options.of(
                        (stage, sequence, error) -> {}, new Progress(new PrintWriter(Writer.nullWriter()), false)));
        try (TradingSession session = new TradingSession(config, null, run, new OrderAgent.Keys(key, key))) {
            session.start();
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
            String name = "-" + epoch + "-1E-";
            while (!isAtVenue(venue, name)) {
                assertTrue(run.isRunning() && System.nanoTime() - deadlineNs < 0, "no entry of run " + epoch);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            run.stop(StopReason.ORDERLY);
        }
    }

    private static boolean isAtVenue(VenueAccount venue, String name) throws Exception {
        for (String symbol : VenueAccount.SYMBOLS) {
            List<String> fresh = venue.newOrders("/fapi/v1/allOrders", "orderId", "clientOrderId", symbol);
            if (fresh.stream().anyMatch(id -> id.contains(name))) {
                return true;
            }
        }
        return false;
    }

    private List<JsonNode> recordsOfLastRun(Path journal) {
        StringWriter text = new StringWriter();
        new JournalPrinter(new PrintWriter(text)).print(journal, 0, Long.MAX_VALUE);
        List<JsonNode> records = text.toString()
                .lines()
                .map(this::parse)
                .filter(row -> SHOWN.contains(row.path("type").asText()))
                .toList();
        int begin = 0;
        for (int i = 0; i < records.size(); i++) {
            begin = isOf(records.get(i), "RunStarted") ? i : begin;
        }
        return records.subList(begin, records.size());
    }

    private JsonNode parse(String line) {
        try {
            return mapper.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + line, e);
        }
    }

    private static boolean isOf(JsonNode row, String type) {
        return row.path("type").asText().equals(type);
    }

    private static boolean isEntry(JsonNode row) {
        return isOf(row, "PlaceOrder")
                && ClientOrderId.role(row.path("clientKey").asLong()) == ClientOrderId.ENTRY;
    }

    private static int first(List<JsonNode> records, int from, Predicate<JsonNode> isMeant) {
        for (int i = from; i < records.size(); i++) {
            if (isMeant.test(records.get(i))) {
                return i;
            }
        }
        throw new AssertionError("not found from " + from + " on: " + records);
    }
}
