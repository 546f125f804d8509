package io.millrace.bench.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run beside the recorded ones of the same machine and set. The rule: of the last {@value #RUNS} of them that have the value, the median
 * m and the median distance d from it are taken; a change is outside noise if it is more than three times 1.4826 d and
 * more than 5 % of m. Fewer than {@value #FEWEST} recorded runs tell nothing.
 */
public final class Comparison {
    /** Recorded runs that are looked at. */
    public static final int RUNS = 10;
    /** Recorded runs that it takes. */
    public static final int FEWEST = 3;

    /** Makes the median distance comparable with a standard deviation. */
    private static final double NORMAL = 1.4826;

    private static final double WIDTHS = 3;
    private static final double LEAST = 0.05;

    private final List<Row> rows;

    /** How a value stands to the recorded ones. */
    public enum Change {
        /** Too few recorded runs. */
        UNKNOWN("too few recorded runs"),
        /** Within noise. */
        NOISE("within noise"),
        /** Outside noise, the good way. */
        BETTER("BETTER"),
        /** Outside noise, the bad way. */
        WORSE("WORSE");

        private final String words;

        Change(String words) {
            this.words = words;
        }
    }

    /**
     * One value.
     *
     * @param name of it.
     * @param value measured now.
     * @param median of the recorded ones, NaN if there are none.
     * @param spread median distance of the recorded ones from it, NaN if there are none.
     * @param runs recorded ones that were looked at.
     * @param change what the rule says.
     */
    public record Row(String name, double value, double median, double spread, int runs, Change change) {}

    private Comparison(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * Compares.
     *
     * @param recorded oldest first.
     * @param results of the run.
     */
    public static Comparison of(List<History.Entry> recorded, JsonNode results) {
        History.Entry now = History.of(results);
        List<Row> rows = new ArrayList<>();
        now.values().forEach((name, value) -> {
            double[] before = recorded.stream()
                    .filter(entry -> entry.machine().equals(now.machine())
                            && entry.set().equals(now.set())
                            && !entry.when().equals(now.when())
                            && entry.values().containsKey(name))
                    .mapToDouble(entry -> entry.values().get(name).value())
                    .toArray();
            rows.add(row(name, value, Arrays.copyOfRange(before, Math.max(0, before.length - RUNS), before.length)));
        });
        return new Comparison(rows);
    }

    private static Row row(String name, History.Value now, double[] before) {
        double median = median(before);
        double spread = median(
                Arrays.stream(before).map(value -> Math.abs(value - median)).toArray());
        if (before.length < FEWEST) {
            return new Row(name, now.value(), median, spread, before.length, Change.UNKNOWN);
        }
        double change = now.value() - median;
        boolean isOutside = Math.abs(change) > WIDTHS * NORMAL * spread && Math.abs(change) > LEAST * Math.abs(median);
        Change verdict = Change.NOISE;
        if (isOutside) {
            verdict = change < 0 == now.isLowerBetter() ? Change.BETTER : Change.WORSE;
        }
        return new Row(name, now.value(), median, spread, before.length, verdict);
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the values, in the order of the run's goals and figures. */
    public List<Row> rows() {
        return rows;
    }

    /** Prints a table and the rule. */
    public void print(PrintWriter out) {
        out.printf(
                "%n| what | now | median before | spread | change | runs | verdict |%n|---|---|---|---|---|---|---|%n");
        for (Row row : rows) {
            out.printf(
                    "| %s | %.3f | %.3f | %.3f | %+.1f %% | %d | %s |%n",
                    row.name(),
                    row.value(),
                    row.median(),
                    row.spread(),
                    100 * (row.value() - row.median()) / row.median(),
                    row.runs(),
                    row.change().words);
        }
        out.printf(
                "%nRecorded runs of this machine and set, the last %d. Outside noise: further from their median than"
                        + " three times %.4f times their median distance from it, and further than %.0f %% of it.%n",
                RUNS, NORMAL, 100 * LEAST);
    }
}
