package io.millrace.bench;

import io.millrace.bench.journal.AppendBenchmark;
import io.millrace.bench.market.FeatureBenchmark;
import io.millrace.bench.market.MarketPathBenchmark;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures as a table, and what they say of the goals. Ratios are taken between medians of one run. */
final class BenchReport {
    /** Below this a fork's allocation is the harness's own, spread over its messages. */
    private static final double HARNESS_BYTES = 0.05;

    private final List<BenchFigure> figures;
    private final List<Verdict> verdicts = new ArrayList<>();

    /** One goal: its number in the goals table, what it says, the measured value, gate and target. */
    private record Verdict(int goal, String text, double value, double gate, double target, boolean isLowerBetter) {
        boolean holds(double bound) {
            return isLowerBetter ? value <= bound : value >= bound;
        }
    }

    BenchReport(List<BenchFigure> figures) {
        this.figures = List.copyOf(figures);
        Optional<BenchFigure> ours = find(MarketPathBenchmark.OURS);
        Optional<BenchFigure> floor = find(MarketPathBenchmark.FLOOR);
        Optional<BenchFigure> jackson = find(MarketPathBenchmark.JACKSON);
        if (ours.isPresent() && floor.isPresent() && jackson.isPresent()) {
            double oursNs = ours.get().medianNs();
            verdicts.add(new Verdict(
                    1, "decode + book / plain byte scan", oursNs / floor.get().medianNs(), 2.5, 1.8, true));
            verdicts.add(new Verdict(
                    4, "Jackson + TreeMap / decode + book", jackson.get().medianNs() / oursNs, 4, 7, false));
            double bytes = ours.get().bytesPerMessage();
            verdicts.add(new Verdict(5, "bytes per message", bytes < HARNESS_BYTES ? 0 : bytes, 0, 0, true));
        }
        Optional<BenchFigure> features = find(FeatureBenchmark.OURS);
        Optional<BenchFigure> scratch = find(FeatureBenchmark.SCRATCH);
        if (features.isPresent() && scratch.isPresent()) {
            double ratio = scratch.get().medianNs() / features.get().medianNs();
            verdicts.add(new Verdict(13, "features from scratch / incremental", ratio, 20, 50, false));
        }
        Optional<BenchFigure> journal = find(AppendBenchmark.OURS);
        Optional<BenchFigure> chronicle = find(AppendBenchmark.FLOOR);
        if (journal.isPresent() && chronicle.isPresent()) {
            double ratio = journal.get().medianNs() / chronicle.get().medianNs();
            verdicts.add(new Verdict(11, "journal append / bare Chronicle append", ratio, 1.5, 1.2, true));
        }
    }

    private Optional<BenchFigure> find(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    boolean areGatesMet() {
        return verdicts.stream().allMatch(verdict -> verdict.holds(verdict.gate()));
    }

    void print(PrintWriter out) {
        out.printf("%n%s%n%n", machine());
        out.printf("| variant | ns/message, median | min | max | B/message | rounds |%n|---|---|---|---|---|---|%n");
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
        if (!verdicts.isEmpty()) {
            out.printf("%n| goal | ratio | measured | gate | target | verdict |%n|---|---|---|---|---|---|%n");
        }
        for (Verdict verdict : verdicts) {
            out.printf(
                    "| %d | %s | %.2f | %.1f | %.1f | %s |%n",
                    verdict.goal(), verdict.text(), verdict.value(), verdict.gate(), verdict.target(), word(verdict));
        }
        out.flush();
    }

    private static String word(Verdict verdict) {
        if (verdict.holds(verdict.target())) {
            return "target met";
        }
        return verdict.holds(verdict.gate()) ? "gate holds" : "GATE MISSED";
    }

    private static String machine() {
        return "%d cores, %s %s, JDK %s, fork options %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        ManagementFactory.getRuntimeMXBean().getVmVersion(),
                        String.join(" ", BenchMain.FORK_OPTIONS));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine());
        json.put("figures", figures);
        json.put(
                "goals",
                verdicts.stream()
                        .map(verdict -> Map.of(
                                "goal", verdict.goal(),
                                "ratio", verdict.text(),
                                "measured", verdict.value(),
                                "gate", verdict.gate(),
                                "target", verdict.target(),
                                "verdict", word(verdict)))
                        .toList());
        return json;
    }
}
