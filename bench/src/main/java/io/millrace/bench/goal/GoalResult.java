package io.millrace.bench.goal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one run measured of a goal. A run may have several results of one goal, told apart by their figures' names.
 *
 * @param goal that was measured.
 * @param measured value in the goal's unit.
 * @param numerator the figure, or the upper side of a ratio.
 * @param denominator the lower side of a ratio; empty if the goal is absolute.
 */
public record GoalResult(Goal goal, double measured, GoalFigure numerator, Optional<GoalFigure> denominator) {
    /**
     * Divides two figures of one run.
     *
     * @throws IllegalArgumentException if the goal is absolute, or the units differ.
     */
    public static GoalResult ofRatio(Goal goal, GoalFigure numerator, GoalFigure denominator) {
        if (!goal.isRatio()) {
            throw new IllegalArgumentException(
                    "goal " + goal.row() + " is measured in " + goal.unit() + ", give one figure instead of a ratio");
        }
        if (!numerator.unit().equals(denominator.unit())) {
            throw new IllegalArgumentException("goal " + goal.row() + " divides " + numerator.unit() + " by "
                    + denominator.unit() + ", give both in one unit");
        }
        return new GoalResult(goal, numerator.value() / denominator.value(), numerator, Optional.of(denominator));
    }

    /**
     * Takes a figure as it is.
     *
     * @throws IllegalArgumentException if the goal is a ratio, or in another unit.
     */
    public static GoalResult ofValue(Goal goal, GoalFigure figure) {
        if (!goal.unit().equals(figure.unit())) {
            throw new IllegalArgumentException("goal " + goal.row() + " is measured in " + goal.unit()
                    + ", the figure is in " + figure.unit() + ": give it in " + goal.unit());
        }
        return new GoalResult(goal, figure.value(), figure, Optional.empty());
    }

    /** Returns how the measured value stands to the goal's bounds. */
    public Verdict verdict() {
        if (goal.holds(measured, goal.moonshot())) {
            return Verdict.MOONSHOT;
        }
        if (goal.holds(measured, goal.target())) {
            return Verdict.TARGET;
        }
        return goal.holds(measured, goal.gate()) ? Verdict.GATE : Verdict.MISSED;
    }

    /** Returns the first lines of a Markdown table of results. */
    public static String tableHead() {
        return "| goal | what | measured | of | gate | target | moonshot | verdict |%n|---|---|---|---|---|---|---|---|"
                .formatted();
    }

    /** Returns the result as one line of a Markdown table. */
    public String tableLine() {
        String sides = side(numerator)
                + denominator.map(figure -> " / " + side(figure)).orElse("");
        return "| %d | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        goal.row(),
                        goal.text(),
                        number(measured),
                        sides,
                        number(goal.gate()),
                        number(goal.target()),
                        number(goal.moonshot()),
                        verdict().words());
    }

    private static String side(GoalFigure figure) {
        return figure.name() + " " + number(figure.value()) + " " + figure.unit();
    }

    /** Three significant digits or all before the point, no trailing zeros. */
    private static String number(double value) {
        double size = Math.abs(value);
        String text = String.format(
                Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /**
     * Returns the result as a JSON object: {@code goal} (row), {@code text}, {@code unit}, {@code gate}, {@code target},
     * {@code moonshot}, {@code isLowerBetter}, {@code measured}, {@code numerator}, {@code denominator} (absent if the goal is absolute) and
     * {@code verdict}.
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("goal", goal.row());
        json.put("text", goal.text());
        json.put("unit", goal.unit());
        json.put("gate", goal.gate());
        json.put("target", goal.target());
        json.put("moonshot", goal.moonshot());
        json.put("isLowerBetter", goal.isLowerBetter());
        json.put("measured", measured);
        json.put("numerator", numerator.toJson());
        denominator.ifPresent(figure -> json.put("denominator", figure.toJson()));
        json.put("verdict", verdict().words());
        return json;
    }
}
