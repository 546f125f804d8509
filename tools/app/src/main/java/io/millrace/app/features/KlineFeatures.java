package io.millrace.app.features;

import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.engine.indicator.Bar;
import io.millrace.engine.indicator.BarIndicator;
import io.millrace.engine.indicator.Indicator;
import io.millrace.engine.indicator.ValueIndicator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.zip.GZIPInputStream;

/**
 * Indicators over a file of bars: lines of timestamp (opening time in epoch ms), open, high, low, close and volume, with a heading, {@code .gz}
 * unpacked. Columns besides indicators: open, high, low, close, volume.
 */
public final class KlineFeatures {
    private static final List<String> PLAIN = List.of("open", "high", "low", "close", "volume");
    private static final int FIELDS = 6;

    private final List<String> names;
    private final List<String> columns = new ArrayList<>();
    private final List<Indicator> indicators = new ArrayList<>();
    private final Bar bar = new Bar();
    private double[] values = new double[0];

    /**
     * Makes a pass.
     *
     * @param names of indicators, of single outputs as {@code macd.signal}, and plain columns; all indicators and the close if there are none.
     */
    public KlineFeatures(List<String> names) {
        List<String> all = new ArrayList<>(List.of("close"));
        all.addAll(IndicatorCatalogue.all().keySet());
        this.names = names.isEmpty() ? all : List.copyOf(names);
        for (String name : this.names) {
            if (!PLAIN.contains(name) && !isIndicator(name)) {
                throw new CommandFailure(
                        ExitCodes.USAGE, "there is no indicator '" + name + "' over bars: --list shows all of them");
            }
        }
    }

    /**
     * Passes all bars of a file.
     *
     * @param file of bars.
     * @param period which rows are wanted.
     * @param sink gets a row per bar, at the time it closed.
     */
    public void pass(Path file, Period period, RowSink sink) {
        String symbol = symbolOf(file);
        List<String> lines = readAll(file);
        long barMs = lines.size() < 2 ? 1 : number(file, 2, lines.get(1), 0) - number(file, 1, lines.get(0), 0);
        begin(TimeUnit.MILLISECONDS.toNanos(Math.max(1, barMs)));
        sink.begin(columns);
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", -1);
            if (fields.length < FIELDS) {
                throw wrong(file, i + 1, lines.get(i));
            }
            try {
                bar.set(
                        Double.parseDouble(fields[1]),
                        Double.parseDouble(fields[2]),
                        Double.parseDouble(fields[3]),
                        Double.parseDouble(fields[4]),
                        Double.parseDouble(fields[5]),
                        0);
            } catch (IllegalArgumentException e) {
                throw wrong(file, i + 1, lines.get(i));
            }
            long closeMs = number(file, i + 1, lines.get(i), 0) + barMs;
            update();
            if (period.holds(closeMs)) {
                sink.row(closeMs, symbol, values);
            }
        }
    }

    private void begin(long barNs) {
        columns.clear();
        indicators.clear();
        for (String name : names) {
            if (PLAIN.contains(name)) {
                columns.add(name);
                indicators.add(null);
                continue;
            }
            String base = baseOf(name);
            Indicator indicator = IndicatorCatalogue.all().get(base).apply(barNs);
            indicators.add(indicator);
            List<String> outputs = indicator.outputNames();
            for (String output : outputs) {
                if (isWanted(name, base, output)) {
                    columns.add(outputs.size() == 1 ? base : base + "." + output);
                }
            }
        }
        values = new double[columns.size()];
    }

    private void update() {
        int at = 0;
        for (int i = 0; i < names.size(); i++) {
            Indicator indicator = indicators.get(i);
            if (indicator == null) {
                values[at++] = plain(names.get(i));
                continue;
            }
            if (indicator instanceof BarIndicator ofBars) {
                ofBars.update(bar);
            } else {
                ((ValueIndicator) indicator).update(bar.close());
            }
            List<String> outputs = indicator.outputNames();
            for (int output = 0; output < outputs.size(); output++) {
                if (isWanted(names.get(i), baseOf(names.get(i)), outputs.get(output))) {
                    values[at++] = indicator.output(output);
                }
            }
        }
    }

    /** Either the indicator, which stands for all its outputs, or one of them. */
    private static boolean isWanted(String name, String base, String output) {
        return name.equals(base) || name.equals(base + "." + output);
    }

    private static String baseOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static boolean isIndicator(String name) {
        LongFunction<Indicator> maker = IndicatorCatalogue.all().get(baseOf(name));
        if (maker == null) {
            return false;
        }
        return maker.apply(1).outputNames().stream().anyMatch(output -> isWanted(name, baseOf(name), output));
    }

    private double plain(String name) {
        return switch (name) {
            case "open" -> bar.open();
            case "high" -> bar.high();
            case "low" -> bar.low();
            case "close" -> bar.close();
            default -> bar.volume();
        };
    }

    private static List<String> readAll(Path file) {
        List<String> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            for (; line != null; line = reader.readLine()) {
                if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.ENVIRONMENT, "cannot read " + file + ": " + e.getMessage());
        }
        if (lines.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    file + " holds no bar: lines of timestamp,open,high,low,close,volume are read");
        }
        return lines;
    }

    private static long number(Path file, int row, String line, int field) {
        try {
            return Long.parseLong(line.split(",", -1)[field]);
        } catch (NumberFormatException e) {
            throw wrong(file, row, line);
        }
    }

    private static CommandFailure wrong(Path file, int row, String line) {
        return new CommandFailure(
                ExitCodes.ENVIRONMENT,
                file + ", bar " + row + ": '" + line + "' is not timestamp,open,high,low,close,volume of a bar");
    }

    private static String symbolOf(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
