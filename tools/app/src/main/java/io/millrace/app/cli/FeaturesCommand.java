package io.millrace.app.cli;

import io.millrace.app.features.IndicatorCatalogue;
import io.millrace.app.features.KlineFeatures;
import io.millrace.app.features.ParquetWriter;
import io.millrace.app.features.Period;
import io.millrace.app.features.RowSink;
import io.millrace.app.features.SvgPlot;
import io.millrace.app.features.TextSink;
import io.millrace.app.inspect.CaptureVectors;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import io.millrace.engine.feature.vector.VectorFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code features}: indicators over recorded bars, feature vectors over recorded captures. */
@Command(
        name = "features",
        description = {
            "Works out indicators over recorded bars, or the features of the vector over recorded captures, and prints, writes or plots them.",
            "",
            "Bars: lines of timestamp (opening time, epoch ms), open, high, low, close, volume in .csv or .csv.gz; a row "
                    + "per bar. Captures: as for inspect, in .jsonl or .jsonl.gz; a row per symbol and second of recorded time.",
            "A missing value is an empty cell, in JSON null."
        },
        footer = {
            "",
            "Examples:",
            "  millrace features --list",
            "  millrace features --select close,rsi14,bollinger --from 2025-10-10T20:00:00Z BTCUSDT.csv.gz",
            "  millrace features --select spreadBps,orderFlow10s --plot flow.svg capture.jsonl.gz",
            "  millrace features --json --every 0 capture.jsonl.gz | jq .imbalance1"
        })
final class FeaturesCommand implements Callable<Integer> {
    private static final String PARQUET = ".parquet";

    @ParentCommand
    MillraceCommand parent;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Bars or captures, one kind at a time.")
    List<Path> files = List.of();

    @Option(
            names = "--select",
            split = ",",
            paramLabel = "NAME",
            description = "Features or indicators; all if not given.")
    List<String> select = List.of();

    @Option(names = "--list", description = "Lists what can be selected, and ends.")
    boolean isList;

    @Option(
            names = "--every",
            paramLabel = "MS",
            description =
                    "Captures: distance of rows in recorded time, 0 for a row per event. Default: ${DEFAULT-VALUE}.")
    long everyMs = 1_000;

    @Option(names = "--from", paramLabel = "TIME", description = "First row: epoch ms, or as 2025-10-10T21:15:00Z.")
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the rows, itself excluded.")
    String to;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes the rows there instead of printing them; as Parquet if the name ends in .parquet.")
    Path out;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Plots the first symbol as SVG instead of printing rows.")
    Path plot;

    @Override
    public Integer call() throws IOException {
        if (isList) {
            list();
            return ExitCodes.OK;
        }
        boolean isBars = check();
        Period period = new Period(time("--from", from, Long.MIN_VALUE), time("--to", to, Long.MAX_VALUE));
        if (plot != null) {
            SvgPlot svg = new SvgPlot();
            pass(isBars, period, svg);
            Files.writeString(plot, svg.svg());
        }
        if (out != null && out.toString().endsWith(PARQUET)) {
            ParquetWriter.requireDriver();
            Path rows = Files.createTempFile("millrace-features", ".csv");
            try {
                write(rows, isBars, period, false);
                ParquetWriter.convert(rows, out);
            } finally {
                Files.deleteIfExists(rows);
            }
        } else if (out != null) {
            write(out, isBars, period, parent.options.json);
        } else if (plot == null) {
            pass(isBars, period, new TextSink(parent.spec.commandLine().getOut(), parent.options.json));
        }
        return ExitCodes.OK;
    }

    private void write(Path file, boolean isBars, Period period, boolean isJson) throws IOException {
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            pass(isBars, period, new TextSink(writer, isJson));
            if (writer.checkError()) {
                throw new CommandFailure(ExitCodes.ENVIRONMENT, "cannot write " + file + ": is the disk full?");
            }
        }
    }

    private boolean check() {
        if (files.isEmpty()) {
            throw wrong("which file? Name bars (.csv, .csv.gz) or captures (.jsonl, .jsonl.gz)");
        }
        if (everyMs < 0) {
            throw wrong("--every=" + everyMs + " is below 0, use 0 or more");
        }
        boolean isBars = isBars(files.get(0));
        for (Path file : files) {
            if (isBars(file) != isBars) {
                throw wrong(files.get(0) + " and " + file + " are of two kinds: give bars or captures, not both");
            }
            if (!Files.isReadable(file)) {
                throw new CommandFailure(ExitCodes.ENVIRONMENT, "cannot read " + file + ": name a file that is there");
            }
        }
        return isBars;
    }

    private ParameterException wrong(String text) {
        return new ParameterException(parent.spec.subcommands().get("features"), text);
    }

    private static boolean isBars(Path file) {
        return file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz");
    }

    private long time(String option, String text, long absent) {
        if (text == null) {
            return absent;
        }
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? Long.parseLong(text)
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | NumberFormatException e) {
            throw wrong(option + "=" + text + " is no time: give epoch ms, or as 2025-10-10T21:15:00Z");
        }
    }

    private void pass(boolean isBars, Period period, RowSink sink) {
        RowSink once = new Once(sink);
        for (Path file : files) {
            if (isBars) {
                new KlineFeatures(select).pass(file, period, once);
            } else {
                new CaptureVectors(select).pass(file, everyMs, period, once, parent.progress());
            }
        }
    }

    private void list() {
        PrintWriter printer = parent.spec.commandLine().getOut();
        if (parent.options.json) {
            List<Map<String, String>> vector = new ArrayList<>();
            for (VectorFeature feature : VectorFeature.all()) {
                vector.add(Map.of("name", feature.key(), "unit", feature.unit(), "formula", feature.formula()));
            }
            printer.println(Json.line(Map.of(
                    "captures",
                    vector,
                    "bars",
                    List.copyOf(IndicatorCatalogue.all().keySet()))));
            return;
        }
        TextTable table = new TextTable("over captures", "unit", "formula");
        for (VectorFeature feature : VectorFeature.all()) {
            table.row(feature.key(), feature.unit(), feature.formula());
        }
        printer.println(table);
        printer.println("over bars: open, high, low, close, volume, "
                + String.join(", ", IndicatorCatalogue.all().keySet()));
    }

    /** One heading, however many files. */
    private static final class Once implements RowSink {
        private final RowSink sink;
        private boolean isBegun;

        Once(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void begin(List<String> columns) {
            if (!isBegun) {
                isBegun = true;
                sink.begin(columns);
            }
        }

        @Override
        public void row(long timeMs, String symbol, double[] values) {
            sink.row(timeMs, symbol, values);
        }
    }
}
