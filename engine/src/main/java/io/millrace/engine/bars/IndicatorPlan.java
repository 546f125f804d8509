package io.millrace.engine.bars;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which indicators are kept on which timeframe.
 *
 * @param kinds one list for each timeframe, shortest first; an empty list for none.
 */
public record IndicatorPlan(List<List<IndicatorKind>> kinds) {
    /** Those that look back over hundreds of bars with an ordered window: they need more memory than all others together. */
    private static final List<IndicatorKind> LARGE =
            List.of(IndicatorKind.VOLATILITY_CONE, IndicatorKind.VOLATILITY_REGIME, IndicatorKind.CLOSE_RANK);

    /** Checks that there is a list for each timeframe and copies them. */
    public IndicatorPlan {
        if (kinds.size() != Timeframe.COUNT) {
            throw new IllegalArgumentException("a plan of indicators has " + kinds.size() + " lists, give "
                    + Timeframe.COUNT + ": one for each timeframe, empty for none");
        }
        List<List<IndicatorKind>> copies = new ArrayList<>();
        for (List<IndicatorKind> list : kinds) {
            if (list.stream().distinct().count() != list.size()) {
                throw new IllegalArgumentException(
                        "a plan of indicators names one twice: " + list + ", name each once");
            }
            copies.add(List.copyOf(list));
        }
        kinds = List.copyOf(copies);
    }

    /** Returns the plan with all indicators on all timeframes, those with large windows on 1h, 4h and 1d only. */
    public static IndicatorPlan defaults() {
        List<List<IndicatorKind>> kinds = new ArrayList<>();
        for (Timeframe timeframe : Timeframe.values()) {
            List<IndicatorKind> list = new ArrayList<>(List.of(IndicatorKind.values()));
            if (timeframe.index() < Timeframe.H1.index()) {
                list.removeAll(LARGE);
            }
            kinds.add(list);
        }
        return new IndicatorPlan(kinds);
    }

    /** Returns the plan without any indicator. */
    public static IndicatorPlan none() {
        return everywhere(List.of());
    }

    /** Returns the plan with the same indicators on all timeframes. */
    public static IndicatorPlan everywhere(List<IndicatorKind> kinds) {
        return new IndicatorPlan(Collections.nCopies(Timeframe.COUNT, kinds));
    }

    /** Returns the indicators of a timeframe. */
    public List<IndicatorKind> of(Timeframe timeframe) {
        return kinds.get(timeframe.index());
    }
}
