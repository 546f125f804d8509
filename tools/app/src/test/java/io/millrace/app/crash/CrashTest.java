package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.replay.JournalPrinter;
import io.millrace.app.runtime.Replay;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.AccountPicture;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.server.ServerSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with the probe strategy is ended without warning at every {@link CrashPoint} and by {@code kill -9}, on one journal,
 * against one exchange that goes on trading. After each restart trading is enabled and every position has its stop at the
 * venue; in the end all is flat, the journal's wallet is the venue's to the last digit, the venue has no order that the journal
 * does not know, and the journal replays to identical outputs.
 *
 * <p>The build runs a sample; {@code -Dlong} all of it, {@code -Dmillrace.crash.runs} restarts (200 by default) from {@code
 * -Dmillrace.crash.seed}.
 */
class CrashTest {
    private static final long LIMIT_S = 120;
    private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT"};

    @TempDir
    Path directory;

    /** Kills the process from outside at some time after trading was enabled. */
    private static final CrashPoint KILLED = null;

    private record Crash(CrashPoint point, int occurrence) {
        @Override
        public String toString() {
            return point == KILLED ? "KILL after " + occurrence + " ms" : point + " #" + occurrence;
        }
    }

    @Test
    @Tag("slow")
    void shouldLoseNothingWhenItIsEndedWithoutWarning() throws Exception {
        run(List.of(
                new Crash(CrashPoint.AFTER_SENT, 3),
                new Crash(CrashPoint.BEFORE_INPUT_APPEND, 4),
                new Crash(CrashPoint.AFTER_OUTPUT_APPEND, 5),
                new Crash(CrashPoint.AFTER_FILL, 1),
                new Crash(KILLED, 700)));
    }

    @Test
    @Tag("long")
    void shouldLoseNothingHoweverOftenItIsEnded() throws Exception {
        int runs = Integer.getInteger("millrace.crash.runs", 200);
        long seed = Long.getLong("millrace.crash.seed", 20261121);
        Random random = new Random(seed);
        List<Crash> crashes = new ArrayList<>();
        CrashPoint[] points = CrashPoint.values();
        for (int i = 0; i < runs; i++) {
            boolean isKill = i % 8 == 7;
            crashes.add(
                    isKill
                            ? new Crash(KILLED, random.nextInt(3_000))
                            : new Crash(points[i % points.length], 1 + random.nextInt(6)));
        }
        run(crashes);
    }

    private void run(List<Crash> crashes) throws Exception {
        ExchangeSettings settings = ExchangeSettings.synthetic(
                        SyntheticSettings.of(4, 20240808).withEventsPerSecond(1_000))
                .withServer(ServerSettings.loopback()
                        .withLimits(ServerSettings.Limits.VENUE.withWeightPerMinute(1_000_000)));
        try (VenueAccount venue = new VenueAccount(settings, directory)) {
            Path config = writeConfig(venue);
            List<Long> enabledMs = new ArrayList<>();
            int crashed = 0;
            for (Crash crash : crashes) {
                try (Child child = new Child(config, venue.keyFile, crash)) {
                    boolean isEnabled = child.awaitEnabled();
                    if (isEnabled) {
                        enabledMs.add(child.enabledMs);
                        awaitProtected(venue, child, crash);
                    }
                    crashed += child.awaitCrash(crash) ? 1 : 0;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s: enabled after %s ms%n",
                        crash,
                        enabledMs.isEmpty() ? "-" : enabledMs.get(enabledMs.size() - 1));
            }
            try (Child child = new Child(config, venue.keyFile, new Crash(CrashPoint.AROUND_ROLL, Integer.MAX_VALUE))) {
                assertTrue(child.awaitEnabled(), "never enabled: " + child.lines);
                awaitProtected(venue, child, null);
                child.stop();
            }
            assertTrue(crashed >= crashes.size() * 2 / 3, crashed + " of " + crashes.size() + " crash points were hit");
            compare(venue);
            enabledMs.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%d crashes of %d runs; trading enabled after %d ms (median), %d ms (most)%n",
                    crashed,
                    crashes.size(),
                    enabledMs.get(enabledMs.size() / 2),
                    enabledMs.get(enabledMs.size() - 1));
        }
    }

    private Path writeConfig(VenueAccount venue) throws IOException {
        Path config = directory.resolve("config.yaml");
        Files.writeString(config, """
                engine: {topology: single}
                journal:
                  directory: %s
                  segment: minute
                  blockMib: 1
                  prepareAheadMib: 1
                  lowWatermarkMib: 64
                  criticalWatermarkMib: 32
                  reserveMib: 1
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: []
                  streams: [depth, bookTicker, aggTrade, markPrice]
                  connectIntervalMs: 0
                  weightPerMinute: 100000
                trading:
                  mode: testnet
                  privateUri: %s
                  wsApiUri: %s
                  keyFile: %s
                  maxTotalNotional: 5000
                  maxOrderNotional: 200
                  auditSeconds: 2
                  onStop: flat
                  probe: {everyTickers: 30, notional: 120, offsetTicks: 5, exitSeconds: 1, maxOpen: 4}
                """.formatted(
                        directory.resolve("journal"),
                        venue.exchange.restUri(),
                        venue.exchange.publicUri(),
                        venue.exchange.marketUri(),
                        venue.exchange.privateUri(),
                        venue.exchange.wsApiUri(),
                        venue.keyFile));
        return config;
    }

    /** A stop may be on its way when trading is enabled, and when the run goes on trading; it has to arrive. */
    private static void awaitProtected(VenueAccount venue, Child child, Crash crash) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        List<String> unprotected = venue.unprotected();
        while (!unprotected.isEmpty() && child.process.isAlive()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "without a stop after " + crash + ": " + unprotected);
            unprotected = venue.unprotected();
        }
    }

    private void compare(VenueAccount venue) throws Exception {
        Path journal = directory.resolve("journal");
        assertEquals(Map.of(), venue.positions());
        assertEquals(0, venue.ask("/fapi/v1/openOrders", "").size());
        assertEquals(0, venue.ask("/fapi/v1/openAlgoOrders", "").size());
        Progress silent =
                new Progress(new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
        AccountPicture picture = AccountPicture.of(journal, ConfigLoader.defaults(), silent);
        assertEquals(
                List.of(),
                picture.orders().stream().filter(AccountPicture.Order::isOpen).toList());
        for (AccountPicture.Position position : picture.positions()) {
            assertEquals(0, new BigDecimal(position.qty()).signum(), position.toString());
        }
        assertEquals(
                0,
                venue.wallet().compareTo(new BigDecimal(picture.wallets().get(0).ours())),
                () -> "wallet " + picture.wallets());
        Set<String> known = orderNames(journal);
        for (String symbol : SYMBOLS) {
            List<String> there = venue.orders(symbol);
            assertEquals(there.size(), new HashSet<>(there).size(), "an order is there twice: " + there);
            for (String id : there) {
                assertTrue(known.contains(id), "the venue has order " + id + ", the journal has not");
            }
        }
        assertTrue(new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity())
                .run(Long.MAX_VALUE, silent)
                .identical());
    }

    private static Set<String> orderNames(Path journal) {
        StringWriter text = new StringWriter();
        new JournalPrinter(new PrintWriter(text)).print(journal, 0, Long.MAX_VALUE);
        Set<String> names = new HashSet<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : text.toString().lines().toList()) {
            if (line.contains("\"type\":\"PlaceOrder\"") || line.contains("\"type\":\"PlaceAlgo\"")) {
                try {
                    JsonNode command = mapper.readTree(line);
                    names.add(ClientOrderId.text(
                            command.path("clientTag").asInt(),
                            command.path("clientKey").asLong()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return names;
    }

    /** A {@link CrashingRun} in a JVM of its own. */
    private static final class Child implements AutoCloseable {
        final Process process;
        final BlockingQueue<String> output = new LinkedBlockingQueue<>();
        final List<String> lines = new ArrayList<>();
        long enabledMs;

        Child(Path config, Path keyFile, Crash crash) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
                    command.add(option);
                }
            }
            command.addAll(Arrays.asList(
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashingRun.class.getName(),
                    config.toString(),
                    keyFile.toString(),
                    crash.point() == KILLED ? "NONE" : crash.point().name(),
                    String.valueOf(crash.occurrence())));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reader = new Thread(this::read, "child");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = in.readLine();
                while (line != null) {
                    output.add(line);
                    line = in.readLine();
                }
            } catch (IOException e) {
                output.add("reading its output failed: " + e);
            }
        }

        /** Returns false if it crashed before. */
        boolean awaitEnabled() throws InterruptedException {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
            while (System.nanoTime() - deadlineNs < 0) {
                String line = output.poll(100, TimeUnit.MILLISECONDS);
                if (line == null && !process.isAlive()) {
                    assertEquals(Crasher.EXIT_CODE, process.exitValue(), () -> "ended with " + lines);
                    return false;
                }
                if (line != null) {
                    lines.add(line);
                    if (line.startsWith("ENABLED ")) {
                        enabledMs = Long.parseLong(line.substring("ENABLED ".length()));
                        return true;
                    }
                }
            }
            throw new AssertionError("trading was not enabled within " + LIMIT_S + " s: " + lines);
        }

        /** Returns whether it crashed where it should; one that does not come by there is stopped in order. */
        boolean awaitCrash(Crash crash) throws Exception {
            if (crash.point() == KILLED) {
                process.waitFor(crash.occurrence(), TimeUnit.MILLISECONDS);
                process.destroyForcibly();
                process.waitFor();
                return true;
            }
            if (process.waitFor(crash.point() == CrashPoint.AROUND_ROLL ? 65 : 30, TimeUnit.SECONDS)) {
                output.drainTo(lines);
                assertEquals(Crasher.EXIT_CODE, process.exitValue(), () -> crash + " ended with " + lines);
                return true;
            }
            stop();
            return false;
        }

        void stop() throws Exception {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "does not stop: " + lines);
            output.drainTo(lines);
            assertEquals(0, process.exitValue(), () -> "ended with " + lines);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
