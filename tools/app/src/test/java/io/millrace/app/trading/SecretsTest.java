package io.millrace.app.trading;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.millrace.app.cli.Cli;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.gateway.orders.LinkCounters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Keys, secrets and signatures are in nothing that a run leaves or shows, however it is written. */
class SecretsTest {
    private static final long LIMIT_S = 300;
    private static final Pattern SIGNATURE =
            Pattern.compile("signature(=|\"\\s*:\\s*\")[A-Za-z0-9%+/=]{16,}|X-MBX-APIKEY", Pattern.CASE_INSENSITIVE);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream telemetry = new ByteArrayOutputStream();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private OutputStreamAppender<ILoggingEvent> appender;
    private Level before;

    @BeforeEach
    void logEverything() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %msg %mdc%n%ex");
        encoder.start();
        appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        Logger ours = context.getLogger("io.millrace");
        before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        ours.addAppender(appender);
    }

    @AfterEach
    void logAsBefore() {
        Logger ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.millrace");
        ours.detachAppender(appender);
        ours.setLevel(before);
        appender.stop();
    }

    @Test
    @Tag("slow")
    void shouldLeaveAndShowNothingSecret() throws Exception {
        ExchangeSettings settings =
                ExchangeSettings.synthetic(SyntheticSettings.of(2, 20240808).withEventsPerSecond(1_000));
        try (OwnAccount venue = new OwnAccount(settings, directory)) {
            Path config = config(venue, venue.keyFile);
            run(ConfigLoader.load(config));
            String journal = directory.resolve("journal").toString();
            print("config", "--config", config.toString());
            print("config", "--json", "--config", config.toString());
            print("orders", journal, "--all");
            print("positions", journal, "--json");
            print("replay", journal, "--print");
            print("reconcile", "--dry-run", "--config", config.toString());
            print("run", "--json", "--seconds", "1", "--config", config.toString());
            // A key that the venue refuses is talked about most.
            Path wrong = OwnAccount.keyFile(
                    directory.resolve("wrong.key"),
                    Files.readString(venue.readKeyFile).replaceFirst("secret = ..", "secret = zz"));
            Path wrongConfig = config(venue, wrong);
            print("run", "--seconds", "2", "--stacktrace", "--config", wrongConfig.toString());
            print("reconcile", "--dry-run", "--stacktrace", "--config", wrongConfig.toString());

            assertTrue(printed.toString(StandardCharsets.UTF_8).contains("PlaceOrder"), "orders were placed");
            assertTrue(log.size() > 0 && telemetry.size() > 0, "something was logged and told");
            check(venue.secrets);
        }
    }

    private void run(Config config) throws Exception {
        Progress silent = new Progress(new PrintWriter(printed, false, StandardCharsets.UTF_8), false);
        LiveRun.Options options = LiveRun.Options.of((stage, sequence, error) -> {}, silent);
        LiveRun run = LiveRun.open(config, Path.of(config.journal().directory()), "test", options);
        Map<String, String> none = Map.of();
        try (TradingSession session = new TradingSession(config, null, run, TradingKeys.of(config.trading(), none))) {
            session.start();
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
            while (session.orderStatus().counters().get(LinkCounters.ANSWERED) < 8) {
                assertTrue(
                        System.nanoTime() - deadlineNs < 0,
                        () -> "no orders within " + LIMIT_S + " s: " + HaltReasons.toText(run.haltReasonsNow()));
                run.engine()
                        .telemetry()
                        .poll(
                                (templateId, buffer, offset, length) -> {
                                    byte[] bytes = new byte[length];
                                    buffer.getBytes(offset, bytes);
                                    telemetry.writeBytes(bytes);
                                },
                                1024);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            session.stop(StopReason.ORDERLY);
        }
    }

    private void print(String... arguments) {
        PrintWriter out = new PrintWriter(printed, true, StandardCharsets.UTF_8);
        Cli.run(out, out, arguments);
    }

    private void check(List<byte[]> secrets) throws IOException {
        Map<String, byte[]> places = new LinkedHashMap<>();
        places.put("log", log.toByteArray());
        places.put("telemetry", telemetry.toByteArray());
        places.put("standard output and error", printed.toByteArray());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".key")) {
                    places.put(file.toString(), Files.readAllBytes(file));
                }
            }
        }
        assertTrue(places.keySet().stream().anyMatch(name -> name.endsWith(".cq4")), places.keySet()::toString);
        List<String> forms = new ArrayList<>();
        for (byte[] secret : secrets) {
            forms.addAll(forms(secret));
        }
        places.forEach((name, bytes) -> {
            // One character a byte, so that any byte can be looked for.
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (String form : forms) {
                assertFalse(text.contains(form), () -> "a secret is in " + name);
            }
            assertFalse(SIGNATURE.matcher(text).find(), () -> "a signature is in " + name);
        });
        // That what is looked for would be found.
        String keyFile = Files.readString(directory.resolve("reading.key"), StandardCharsets.ISO_8859_1);
        assertTrue(forms.stream().anyMatch(keyFile::contains));
    }

    /** Raw, hexadecimal, base 64 at any of its three phases; what is percent-encoded looks like one of these for such bytes. */
    private static List<String> forms(byte[] secret) {
        List<String> forms = new ArrayList<>();
        forms.add(new String(secret, StandardCharsets.ISO_8859_1));
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        StringBuilder percent = new StringBuilder();
        for (byte b : secret) {
            percent.append(String.format("%%%02X", b));
        }
        forms.add(percent.toString());
        for (int phase = 0; phase < 3; phase++) {
            int whole = (secret.length - phase) / 3 * 3;
            byte[] part = Arrays.copyOfRange(secret, phase, phase + whole);
            String plain = Base64.getEncoder().withoutPadding().encodeToString(part);
            forms.add(plain);
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(part));
            forms.add(plain.replace("+", "%2B").replace("/", "%2F"));
        }
        return forms;
    }

    private Path config(OwnAccount venue, Path tradingKey) throws IOException {
        return Files.writeString(directory.resolve(tradingKey.getFileName() + ".yaml"), """
                engine: {topology: single}
                journal:
                  directory: %s
                  blockMib: 1
                  prepareAheadMib: 1
                  lowWatermarkMib: 64
                  criticalWatermarkMib: 32
                  reserveMib: 1
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: [BTCUSDT, ETHUSDT]
                  connectIntervalMs: 0
                trading:
                  mode: testnet
                  privateUri: %s
                  wsApiUri: %s
                  keyFile: %s
                  readKeyFile: %s
                  lockDirectory: %s
                  ledgerFile: %s
                  maxTotalNotional: 5000
                  maxOrderNotional: 200
                  onStop: flat
                  probe: {everyTickers: 3, notional: 120, offsetTicks: 5, exitSeconds: 1, maxOpen: 4}
                """.formatted(
                        directory.resolve("journal"),
                        venue.exchange.restUri(),
                        venue.exchange.publicUri(),
                        venue.exchange.marketUri(),
                        venue.exchange.privateUri(),
                        venue.exchange.wsApiUri(),
                        tradingKey,
                        venue.readKeyFile,
                        directory.resolve("locks"),
                        directory.resolve("ledger")));
    }
}
