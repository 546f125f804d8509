package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.demo.Demo;
import io.millrace.app.demo.DemoReport;
import io.millrace.app.demo.DemoSettings;
import io.millrace.app.demo.DemoTrading;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import io.millrace.engine.status.LatencySeries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/** {@code demo}: everything at once, without a key, a network or a file. */
@Command(
        name = "demo",
        description = {
            "Runs the engine against a simulated exchange in the same process, over real loopback sockets, with a live "
                    + "view and with orders: the probe strategy trades on an account of the exchange's. Then replays "
                    + "its own journal in a JVM of its own and says whether every output was identical. Needs no key, "
                    + "no network and no file; a capture is played without orders."
        },
        footer = {
            "",
            "Exit code 1 if the replay differs, if the market messages journaled are not the frames sent, or if",
            "positions or wallet are not the exchange's.",
            "",
            "Examples:",
            "  millrace demo --seconds 30",
            "  millrace demo --symbols 200 --topology fused",
            "  millrace demo --capture capture.jsonl.gz          a recorded market, as fast as the engine reads",
            "  millrace demo --capture capture.jsonl.gz --speed 1 --seconds 60",
            "  millrace demo --seconds 5 --json | jq .replay.identical"
        })
final class DemoCommand implements Callable<Integer> {
    private static final Integer OPEN_WEIGHT = 100_000;
    private static final Integer MAX_IN_FLIGHT = 16;
    private static final Integer AUDIT_SECONDS = 5;
    private static final Integer PROBE_TICKERS = 20;
    private static final Integer PROBE_NOTIONAL = 120;
    private static final Integer PROBE_LIMIT = 200;
    private static final Integer PROBE_OFFSET = 5;
    private static final Integer PROBE_EXIT_SECONDS = 1;

    @ParentCommand
    MillraceCommand parent;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to run. Default: 20; with --capture until its end.")
    Integer seconds;

    @Option(names = "--symbols", paramLabel = "N", description = "Symbols of the synthetic market (exchange.symbols).")
    Integer symbols;

    @Option(names = "--capture", paramLabel = "FILE", description = "Play a recorded market instead.")
    Path capture;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Speed of the capture: 1 as recorded, 10 ten times as fast, 0 as fast as the engine reads "
                    + "(the default).",
            defaultValue = "0")
    double speed;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the synthetic market (exchange.seed).")
    Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events/s of the synthetic market (exchange.eventsPerSecond).")
    Integer rate;

    @Option(names = "--topology", paramLabel = "T", description = "auto, single, fused or pipelined (engine.topology).")
    String topology;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "Keep the journal here; an existing one is continued. Default: a temporary directory.")
    Path journal;

    @Option(names = "--tls", description = "Speak TLS to the exchange, with a certificate made for the occasion.")
    boolean tls;

    @Option(names = "--no-replay", description = "Leave the replay out.")
    boolean noReplay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = parent.spec.commandLine().getOut();
        // With --json standard output belongs to the result.
        PrintWriter view = parent.options.json ? parent.spec.commandLine().getErr() : out;
        boolean isTerminal = parent.options.json ? Terminal.isError() : Terminal.isOutput();
        if (speed < 0) {
            throw new ParameterException(
                    parent.spec.subcommands().get("demo"), "--speed=" + speed + " is below 0, use 0 for full speed");
        }
        int runSeconds = seconds != null ? seconds : capture == null ? 20 : 0;
        DemoSettings settings = new DemoSettings(config(), runSeconds, capture, speed, journal, !noReplay);
        Demo demo = new Demo(settings, view, isTerminal, "millrace " + Version.text());
        DemoReport report = Interrupts.during(demo::interrupt, demo::run);
        if (parent.options.json) {
            out.println(Json.line(report));
        } else {
            print(out, report);
        }
        if (!report.halted().equals("none")) {
            return ExitCodes.FAULT;
        }
        boolean isGood = report.countsEqual()
                && (report.trading() == null || report.trading().isGood())
                && (report.replay() == null || report.replay().identical());
        return isGood ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }

    private Config config() {
        Config given = parent.options.load();
        // The exchange here is nobody else's: books need not queue for request weight, unless somebody says so.
        boolean isOpen =
                given.engine().books().equals(ConfigLoader.defaults().engine().books());
        boolean isProbeOff = given.trading().probe().everyTickers() == 0;
        boolean isSampled = given.telemetry().equals(ConfigLoader.defaults().telemetry());
        return Overrides.on(given)
                // Whatever the configuration trades on: here it is the exchange inside this process.
                .set("trading.mode", capture == null ? "paper" : "none")
                .set("trading.onStop", "flat")
                .set("trading.auditSeconds", AUDIT_SECONDS)
                .set("trading.maxOrderNotional", isProbeOff ? PROBE_LIMIT : null)
                .set("trading.probe.everyTickers", isProbeOff ? PROBE_TICKERS : null)
                .set("trading.probe.notional", isProbeOff ? PROBE_NOTIONAL : null)
                .set("trading.probe.offsetTicks", isProbeOff ? PROBE_OFFSET : null)
                .set("trading.probe.exitSeconds", isProbeOff ? PROBE_EXIT_SECONDS : null)
                .set("telemetry.latencySampleEvery", isSampled ? 1 : null)
                .set("engine.books.snapshotWeightPerMinute", isOpen ? OPEN_WEIGHT : null)
                .set("engine.books.snapshotBurstWeight", isOpen ? OPEN_WEIGHT : null)
                .set("engine.books.snapshotsInFlight", isOpen ? MAX_IN_FLIGHT : null)
                .set("venue.weightPerMinute", isOpen ? OPEN_WEIGHT : null)
                .set("engine.topology", topology)
                .set("exchange.symbols", symbols)
                .set("exchange.seed", seed)
                .set("exchange.eventsPerSecond", rate)
                .set("exchange.tls", tls ? Boolean.TRUE : null)
                .config();
    }

    private void print(PrintWriter out, DemoReport report) {
        out.println();
        out.printf(
                Locale.ROOT,
                "ran %.1f s on topology %s: %,d events, %d of %d books live%s, %,d gaps, %,d resyncs%n%n",
                report.seconds(),
                report.topology(),
                report.events(),
                report.booksLive(),
                report.symbols(),
                report.booksEqual() == null ? "" : ", " + report.booksEqual() + " equal to the exchange's",
                report.gaps(),
                report.resyncs());
        TextTable frames = new TextTable("market messages", "sent", "journaled");
        TreeSet<String> types = new TreeSet<>(report.framesSent().keySet());
        types.addAll(report.framesJournaled().keySet());
        for (String type : types) {
            frames.row(
                    type,
                    report.framesSent().getOrDefault(type, 0L),
                    report.framesJournaled().getOrDefault(type, 0L));
        }
        out.println(frames);
        printLatencies(out, "latency of events, us", report.latencyNs().get(LatencySeries.EVENTS));
        printLatencies(out, "latency of orders, us", report.latencyNs().get(LatencySeries.ORDERS));
        if (report.trading() != null) {
            print(out, report.trading());
        }
        out.println("messages: " + (report.countsEqual() ? "every frame sent is in the journal" : "COUNTS DIFFER"));
        if (!report.halted().equals("none")) {
            out.println("engine: HALTED, " + report.halted());
        }
        if (journal != null) {
            out.println("journal: " + report.journal());
        }
        if (report.replay() != null) {
            out.printf(
                    Locale.ROOT,
                    "replay: %s (%,d events in a JVM of its own, %.1f s, outputs %s)%n",
                    report.replay().identical()
                            ? "identical"
                            : "DIFFERENT at " + report.replay().firstDifference(),
                    report.replay().events(),
                    report.replay().seconds(),
                    report.replay().stateHash());
        }
    }

    private static void printLatencies(PrintWriter out, String title, Map<String, Map<String, Long>> latencies) {
        if (latencies == null) {
            return;
        }
        TextTable latency = new TextTable(title, "p50", "p90", "p99", "p99.9", "max", "samples");
        latencies.forEach((hop, ns) -> latency.row(
                hop,
                us(ns.get("p50")),
                us(ns.get("p90")),
                us(ns.get("p99")),
                us(ns.get("p99.9")),
                us(ns.get("max")),
                ns.get("count")));
        out.println(latency);
    }

    private static void print(PrintWriter out, DemoTrading trading) {
        out.printf(
                Locale.ROOT,
                "orders: %,d orders, %,d stops, %,d cancels; %,d requests sent, %,d answered, %,d failed, %,d unknown"
                        + " at first, %,d not sent; %,d fills%n",
                trading.orders(),
                trading.stops(),
                trading.cancels(),
                trading.sent(),
                trading.answered(),
                trading.failed(),
                trading.unknown(),
                trading.notSent(),
                trading.fills());
        if (!trading.entriesHalted().equals("none")) {
            out.println("orders: no entries at the end, " + trading.entriesHalted());
        }
        if (trading.isWoundUp()) {
            out.printf(
                    Locale.ROOT,
                    "account: positions %s, wallet %s USDT, %s%n",
                    trading.positionsEqual() ? "equal to the exchange's" : "DIFFER from the exchange's",
                    trading.walletUsdt(),
                    trading.walletEqual()
                            ? "equal to the exchange's"
                            : "the exchange has " + trading.venueWalletUsdt());
        } else {
            out.println("account: not compared, orders were still under way when the time for closing was over");
        }
    }

    private static String us(long ns) {
        return String.format(Locale.ROOT, "%,.1f", ns / 1e3);
    }
}
