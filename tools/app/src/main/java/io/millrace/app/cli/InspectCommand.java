package io.millrace.app.cli;

import io.millrace.app.inspect.CaptureInspection;
import io.millrace.app.inspect.CaptureReport;
import io.millrace.app.inspect.CaptureReport.SymbolReport;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code inspect}: recorded captures through decoder and book. */
@Command(
        name = "inspect",
        description = {
            "Runs recorded captures through decoder and book as fast as possible and says what is in them.",
            "",
            "A capture has one frame a line: receive time in epoch nanoseconds, a space, the frame; .gz is unpacked. "
                    + "Depth snapshots may stand among the frames. The ticker check compares each bookTicker whose "
                    + "update id is the last one of an applied diff with the book at that id."
        },
        footer = {
            "",
            "Exit code 1 if there is a gap, a crossed book, a mismatch or an error.",
            "",
            "Examples:",
            "  millrace inspect capture.jsonl.gz",
            "  millrace inspect --json a.jsonl.gz b.jsonl.gz | jq '.files[].symbols[].tickersMismatched'",
            "  millrace inspect --exchange-info exchangeInfo.json capture.jsonl.gz"
        })
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Captures.")
    List<Path> files;

    @Option(
            names = "--exchange-info",
            paramLabel = "FILE",
            description = "The venue's exchangeInfo; without it each symbol's grid is found in the capture.")
    Path exchangeInfo;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        List<CaptureReport> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(CaptureInspection.of(file, exchangeInfo, parent.progress()));
        }
        if (parent.options.json) {
            out.println(Json.line(Map.of("files", reports)));
        } else {
            reports.forEach(report -> print(out, report));
        }
        boolean isSound = reports.stream()
                .allMatch(report -> !report.frames().containsKey("error")
                        && report.symbols().stream().allMatch(SymbolReport::isSound));
        return isSound ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }

    private static void print(PrintWriter out, CaptureReport report) {
        out.println(report.file());
        StringBuilder frames = new StringBuilder("frames  ");
        report.frames().forEach((type, count) -> frames.append(String.format(Locale.ROOT, "  %s %,d", type, count)));
        out.println(frames);
        out.printf(Locale.ROOT, "decode + book  %,.1f ns per frame%n%n", report.nsPerFrame());
        TextTable books = new TextTable(
                "symbol", "diffs", "gaps", "crossed", "errors", "bid levels", "ask levels", "book", "tick", "lot");
        TextTable tickers =
                new TextTable("ticker check", "matched", "ticker first", "diff first", "mismatched", "tickers");
        for (SymbolReport symbol : report.symbols()) {
            books.row(
                    symbol.symbol(),
                    symbol.diffs(),
                    symbol.gaps(),
                    symbol.crossed(),
                    symbol.errors(),
                    symbol.bidLevels(),
                    symbol.askLevels(),
                    symbol.state(),
                    symbol.tick(),
                    symbol.lot());
            tickers.row(
                    symbol.symbol(),
                    symbol.tickersMatched(),
                    symbol.tickersMatchedTickerFirst(),
                    symbol.tickersMatchedDiffFirst(),
                    symbol.tickersMismatched(),
                    symbol.frames().getOrDefault("bookTicker", 0L));
        }
        out.println(books);
        out.println(tickers);
    }
}
