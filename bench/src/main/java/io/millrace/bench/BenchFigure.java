package io.millrace.bench;

import io.millrace.bench.goal.GoalFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one variant cost over all rounds.
 *
 * @param name of the variant.
 * @param medianNs median over the rounds, nanoseconds per message.
 * @param minNs best round.
 * @param maxNs worst round.
 * @param bytesPerMessage allocated on the heap per message, median over the rounds.
 * @param rounds how many forks were measured.
 */
record BenchFigure(String name, double medianNs, double minNs, double maxNs, double bytesPerMessage, int rounds) {

    /**
     * One fork's result.
     *
     * @param name of the variant.
     * @param nsPerMessage mean of the fork's measured iterations.
     * @param bytesPerMessage allocated per message.
     */
    record Sample(String name, double nsPerMessage, double bytesPerMessage) {}

    static List<BenchFigure> summarise(List<Sample> samples) {
        Map<String, List<Sample>> byName = new LinkedHashMap<>();
        for (Sample sample : samples) {
            byName.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
        }
        List<BenchFigure> figures = new ArrayList<>();
        byName.forEach((name, ofName) -> {
            double[] ns =
                    ofName.stream().mapToDouble(Sample::nsPerMessage).sorted().toArray();
            double[] bytes = ofName.stream()
                    .mapToDouble(Sample::bytesPerMessage)
                    .sorted()
                    .toArray();
            figures.add(new BenchFigure(name, median(ns), ns[0], ns[ns.length - 1], median(bytes), ns.length));
        });
        return figures;
    }

    /** Returns the median as a side of a goal's ratio. */
    GoalFigure toGoalFigure() {
        return new GoalFigure(name, medianNs, "ns");
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
