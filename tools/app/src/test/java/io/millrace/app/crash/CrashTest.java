package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.Replay;
import io.millrace.app.terminal.Progress;
import io.millrace.app.trading.AccountPicture;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run with the probe strategy is ended without warning at every {@link CrashPoint} and by {@code kill -9}, up to fifty times on
 * one journal, against one exchange that goes on trading. When trading is enabled after a restart, before anything new is sent, the account
 * has to be the venue's ({@link AccountCheck}). In the end all is flat and the journal replays to identical outputs.
 *
 * <p>The build runs a sample; {@code -Dlong} all of it, {@code -Dmillrace.crash.runs} restarts (250 by default: ten of each
 * point, and kills) from {@code -Dmillrace.crash.seed}.
 */
class CrashTest {
    private static final int EVENTS_PER_SECOND = 400;
    /** From this second of a minute on its end is near enough to wait for. */
    private static final int ROLL_SECOND = 30;
    /** Ends on one journal: a start replays all of it, so that the time of all grows with the square. */
    private static final int PER_JOURNAL = 50;

    @TempDir
    Path directory;

    private final CrashTally tally = new CrashTally();

    @Test
    @Tag("slow")
    void shouldLoseNothingWhenItIsEndedWithoutWarning() throws Exception {
        run(
                directory,
                List.of(
                        Crash.at(CrashPoint.AFTER_SOCKET_WRITE, 3),
                        Crash.at(CrashPoint.BEFORE_INPUT_APPEND, 4),
                        Crash.at(CrashPoint.AFTER_OUTPUT_APPEND, 5),
                        Crash.at(CrashPoint.AFTER_FILL, 1),
                        Crash.kill(700)));
    }

    @Test
    @Tag("long")
    void shouldLoseNothingHoweverOftenItIsEnded() throws Exception {
        long seed = Long.getLong("millrace.crash.seed", 20261121);
        List<Crash> crashes = plan(Integer.getInteger("millrace.crash.runs", 250), new Random(seed));
        System.out.println("seed " + seed + ", " + crashes.size() + " runs");
        List<String> journals = new ArrayList<>();
        for (int from = 0; from < crashes.size(); from += PER_JOURNAL) {
            Path home = Files.createDirectories(directory.resolve("from-" + from));
            journals.add(run(home, crashes.subList(from, Math.min(from + PER_JOURNAL, crashes.size()))));
            System.out.printf("%d of %d, %s%n", from + PER_JOURNAL, crashes.size(), journals.get(journals.size() - 1));
        }
        String result = String.join(" ", journals) + "\n\n" + tally.table();
        System.out.print(result);
        Path page = Path.of("target", "crash-test.md");
        Files.createDirectories(page.getParent());
        Files.writeString(
                page,
                String.format(
                        Locale.ROOT,
                        "Seed %d, %s, JDK %s, %d processors. %s",
                        seed,
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        result));
        System.out.println("the table is in " + page.toAbsolutePath());
        tally.requireHits();
    }

    /** Every point in turn, a third of them counted from the start of the run, and two kills after them. */
    private static List<Crash> plan(int runs, Random random) {
        CrashPoint[] points = CrashPoint.values();
        List<Crash> crashes = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            int kind = i % (points.length + 2);
            if (kind < points.length) {
                boolean isFromStart = random.nextInt(3) == 0;
                int occurrence = 1 + random.nextInt(points[kind].occurrences());
                crashes.add(new Crash(points[kind], occurrence, isFromStart));
            } else {
                crashes.add(
                        kind == points.length
                                ? Crash.kill(random.nextInt(3_000))
                                : Crash.killEarly(200 + random.nextInt(5_000)));
            }
        }
        return crashes;
    }

    /** Runs all of them and returns what came of it. */
    private String run(Path home, List<Crash> crashes) throws Exception {
        try (VenueAccount venue = new VenueAccount(EVENTS_PER_SECOND, home)) {
            Path config = home.resolve("config.yaml");
            Path journal = home.resolve("journal");
            Files.writeString(config, venue.config(journal));
            AccountCheck check = new AccountCheck(venue, journal);
            Deque<Crash> left = new ArrayDeque<>(crashes);
            while (!left.isEmpty()) {
                runOne(venue, config, check, next(left));
            }
            String recovery;
            try (ChildRun child = new ChildRun(config, venue.keyFile, Crash.at(null, 0))) {
                assertTrue(child.awaitEnabled(), () -> "never enabled: " + child.lines());
                tally.enabled(child.enabledMs(), check.awaitEqual(child));
                recovery = child.recoveredEvents() + " events were replayed at the last start, " + child.recoveredMs()
                        + " ms after it";
                child.stop();
            }
            check.requireKnownOrders();
            compare(venue, journal);
            return "The venue took " + check.venueOrders() + "; " + recovery + ".";
        }
    }

    /** Takes the next in turn, but ends that belong to a roll of the journal when the minute is about to end. */
    private static Crash next(Deque<Crash> left) {
        boolean isRollNear = LocalTime.now(ZoneOffset.UTC).getSecond() >= ROLL_SECOND;
        for (Crash crash : left) {
            if (crash.isRoll() == isRollNear) {
                left.remove(crash);
                return crash;
            }
        }
        return left.removeFirst();
    }

    private void runOne(VenueAccount venue, Path config, AccountCheck check, Crash crash) throws Exception {
        try (ChildRun child = new ChildRun(config, venue.keyFile, crash)) {
            long equalMs = -1;
            if (child.awaitEnabled()) {
                // A new journal has no instruments yet to speak of, and no order.
                equalMs = child.recoveredEvents() == 0 ? 0 : check.awaitEqual(child);
                if (equalMs >= 0) {
                    tally.enabled(child.enabledMs(), equalMs);
                }
                child.go();
                if (crash.point() == CrashPoint.DURING_RESYNC) {
                    loseDiffs(venue, crash.occurrence());
                }
            }
            boolean isHit = child.awaitCrash();
            tally.ended(crash, isHit);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s, recovered %d events in %d ms, enabled after %d ms, equal %d ms later %s%n",
                    crash,
                    isHit ? "hit" : "not hit",
                    child.recoveredEvents(),
                    child.recoveredMs(),
                    child.enabledMs(),
                    equalMs,
                    child.lines());
        }
    }

    /** Makes so many books lose their place. */
    private static void loseDiffs(VenueAccount venue, int books) {
        for (int i = 0; i < books; i++) {
            venue.exchange
                    .faults()
                    .inject(Fault.of(FaultKind.GAP)
                            .on(VenueAccount.SYMBOLS.get(i % VenueAccount.SYMBOLS.size()))
                            .times(1));
        }
    }

    private static void compare(VenueAccount venue, Path journal) throws Exception {
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
        assertTrue(new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity())
                .run(Long.MAX_VALUE, silent)
                .identical());
    }
}
