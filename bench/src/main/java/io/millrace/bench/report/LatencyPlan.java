package io.millrace.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run measures, in which order. The full set is cut so that it ends within twenty minutes on two cores: rows whose ratios stand close to a bound
 * have two forks of each side, by turns; what is slow or stands far from its bounds has one, and shorter ones where no row hangs on it.
 */
final class LatencyPlan {
    /** Frames; more follow until the compilers rest. */
    private static final String SHORT_WARM_UP = "100000";

    /** The step of wire to wire by which goals are judged. */
    private static final String JUDGED = "wire";

    private final List<Step> steps;

    /** What measures a step. */
    enum Kind {
        /** From a frame on the wire to the order that answers it. */
        WIRE,
        /** Memory of the whole market. */
        FOOTPRINT,
        /** Parts of {@code bench --only}. */
        BENCHMARKS
    }

    /**
     * One step.
     *
     * @param kind what measures it.
     * @param parts what {@code --only} chooses it by; of the benchmarks several parts in one run, by turns.
     * @param arguments of what measures it, capture and parts left out.
     * @param seconds it takes about, on the machine that docs/performance.md speaks of.
     */
    record Step(Kind kind, List<String> parts, List<String> arguments, int seconds) {
        /** Returns whether goals are judged by it. */
        boolean isJudged() {
            return kind != Kind.WIRE || parts.contains(JUDGED);
        }

        /** Returns whether it is measured on recorded frames only. */
        boolean needsCapture() {
            return kind == Kind.BENCHMARKS;
        }

        private Step of(Set<String> chosen) {
            List<String> left = parts.stream().filter(chosen::contains).toList();
            return new Step(kind, left, arguments, seconds * left.size() / parts.size());
        }
    }

    private LatencyPlan(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Returns what a run without {@code --full} measures. */
    static LatencyPlan ofShortSet() {
        return new LatencyPlan(List.of(
                wire(JUDGED, 100, "--rounds", "1", "--warmup", SHORT_WARM_UP), benchmarks("path", 60, 1, 3, 2)));
    }

    /** Returns what a run with {@code --full} measures. */
    static LatencyPlan ofFullSet() {
        return new LatencyPlan(List.of(
                wire(JUDGED, 240, "--rounds", "2"),
                // A quarter of the rate, and TLS, are reported apart: no goal is stated of them.
                wire("quiet", 80, "--rounds", "1", "--rate", "5000", "--frames", "25000", "--ways", "echo,off"),
                wire("tls", 80, "--rounds", "1", "--tls", "--ways", "echo,off"),
                new Step(Kind.FOOTPRINT, List.of("footprint"), List.of(), 20),
                benchmarks("path,peers,replay", 270, 2, 3, 2),
                benchmarks("append,hop", 80, 2, 3, 2),
                benchmarks("features,bars,model,burst,startup", 220, 1, 3, 2),
                benchmarks("types,book,sbe,hash,orders", 200, 1, 2, 1)));
    }

    private static Step wire(String name, int seconds, String... arguments) {
        return new Step(Kind.WIRE, List.of(name), List.of(arguments), seconds);
    }

    private static Step benchmarks(String parts, int seconds, int rounds, int warmup, int iterations) {
        List<String> arguments = List.of(
                "--rounds", String.valueOf(rounds),
                "--warmup", String.valueOf(warmup),
                "--iterations", String.valueOf(iterations));
        return new Step(Kind.BENCHMARKS, List.of(parts.split(",", -1)), arguments, seconds);
    }

    /**
     * Leaves out all parts but some.
     *
     * @param chosen names of parts, all if empty.
     * @throws IllegalArgumentException if a part is not in the plan.
     */
    LatencyPlan only(List<String> chosen) {
        Set<String> names = new TreeSet<>();
        steps.forEach(step -> names.addAll(step.parts()));
        for (String part : chosen) {
            if (!names.contains(part)) {
                throw new IllegalArgumentException("--only " + part + " is not in this set, choose of " + names);
            }
        }
        Set<String> kept = chosen.isEmpty() ? names : Set.copyOf(chosen);
        List<Step> left = new ArrayList<>();
        for (Step step : steps) {
            if (step.parts().stream().anyMatch(kept::contains)) {
                left.add(step.of(kept));
            }
        }
        return new LatencyPlan(left);
    }

    /** Returns what can be measured without a capture. */
    LatencyPlan withoutCapture() {
        return new LatencyPlan(
                steps.stream().filter(step -> !step.needsCapture()).toList());
    }

    /** Returns the steps in their order. */
    List<Step> steps() {
        return steps;
    }

    /** Returns how long all of it takes about. */
    int seconds() {
        return steps.stream().mapToInt(Step::seconds).sum();
    }
}
