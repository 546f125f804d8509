package io.millrace.bench;

import io.millrace.bench.footprint.HourCloseBenchmark;
import io.millrace.bench.goal.GoalFigure;
import io.millrace.bench.goal.GoalResult;
import io.millrace.bench.goal.Goals;
import io.millrace.bench.goal.Verdict;
import io.millrace.bench.hop.HopBench;
import io.millrace.bench.journal.AppendBenchmark;
import io.millrace.bench.market.BurstBench;
import io.millrace.bench.market.FeatureBenchmark;
import io.millrace.bench.market.MarketPathBenchmark;
import io.millrace.bench.market.PeerBenchmark;
import io.millrace.bench.market.ReplayBenchmark;
import io.millrace.bench.model.ModelBenchmark;
import io.millrace.bench.startup.StartupBench;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures as a table, and what they say of the goals. Ratios are taken between medians of one run. */
final class BenchReport {
    /** Below this a fork's allocation is the harness's own, spread over its messages. */
    private static final double HARNESS_BYTES = 0.05;

    private static final double NS_PER_MS = 1e6;

    private final List<BenchFigure> figures;
    private final List<GoalResult> results = new ArrayList<>();

    BenchReport(List<BenchFigure> figures) {
        this.figures = List.copyOf(figures);
        String ours = MarketPathBenchmark.OURS;
        addRatio(1, ours, MarketPathBenchmark.FLOOR);
        addRatio(2, PeerBenchmark.CONNECTOR, ours);
        addRatio(3, PeerBenchmark.XCHANGE, ours);
        addRatio(4, MarketPathBenchmark.JACKSON, ours);
        find(ours).ifPresent(figure -> {
            double bytes = figure.bytesPerMessage() < HARNESS_BYTES ? 0 : figure.bytesPerMessage();
            results.add(GoalResult.ofValue(Goals.row(5), new GoalFigure(ours, bytes, "B")));
        });
        addRatio(6, BurstBench.OURS + BurstBench.TAIL, BurstBench.JACKSON + BurstBench.TAIL);
        for (String idle : HopBench.IDLE_STRATEGIES) {
            addRatio(7, HopBench.OURS + " " + idle + HopBench.MEDIAN, HopBench.FLOOR + " " + idle + HopBench.MEDIAN);
        }
        addRatio(11, AppendBenchmark.OURS, AppendBenchmark.FLOOR);
        addRatio(12, ReplayBenchmark.DECODE, ReplayBenchmark.OURS);
        addRatio(13, FeatureBenchmark.SCRATCH, FeatureBenchmark.OURS);
        addRatio(15, ModelBenchmark.OURS, quickest(ModelBenchmark.PEERS));
        addRatio(16, StartupBench.OURS, StartupBench.PEER);
        find(HourCloseBenchmark.HOUR).ifPresent(figure -> {
            GoalFigure close = new GoalFigure(HourCloseBenchmark.HOUR, figure.medianNs() / NS_PER_MS, "ms");
            results.add(GoalResult.ofValue(Goals.row(18), close));
        });
    }

    /** Returns the name of the quickest of some variants; any of them if none was measured. */
    private String quickest(List<String> names) {
        return figures.stream()
                .filter(figure -> names.contains(figure.name()))
                .min(Comparator.comparingDouble(BenchFigure::medianNs))
                .map(BenchFigure::name)
                .orElse(names.get(0));
    }

    /** Adds the result of a goal if both of its sides were measured. */
    private void addRatio(int row, String numerator, String denominator) {
        Optional<BenchFigure> upper = find(numerator);
        Optional<BenchFigure> lower = find(denominator);
        if (upper.isPresent() && lower.isPresent()) {
            results.add(GoalResult.ofRatio(
                    Goals.row(row), upper.get().toGoalFigure(), lower.get().toGoalFigure()));
        }
    }

    private Optional<BenchFigure> find(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    boolean areGatesMet() {
        return results.stream().noneMatch(result -> result.verdict() == Verdict.MISSED);
    }

    void print(PrintWriter out) {
        out.printf("%n%s%n%n", machine());
        out.printf("| variant | ns, median | min | max | B | rounds |%n|---|---|---|---|---|---|%n");
        for (BenchFigure figure : figures) {
            out.printf(
                    "| %s | %.1f | %.1f | %.1f | %.2f | %d |%n",
                    figure.name(),
                    figure.medianNs(),
                    figure.minNs(),
                    figure.maxNs(),
                    figure.bytesPerMessage(),
                    figure.rounds());
        }
        if (!results.isEmpty()) {
            out.printf("%n%s%n", GoalResult.tableHead());
            results.forEach(result -> out.println(result.tableLine()));
        }
        out.flush();
    }

    private static String machine() {
        return "%d cores, %s %s, JDK %s, fork options %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        ManagementFactory.getRuntimeMXBean().getVmVersion(),
                        String.join(" ", BenchSettings.FORK_OPTIONS));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine());
        json.put("figures", figures);
        json.put("goals", results.stream().map(GoalResult::toJson).toList());
        return json;
    }
}
