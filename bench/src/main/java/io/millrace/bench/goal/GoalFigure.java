package io.millrace.bench.goal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured figure, a side of a ratio.
 *
 * @param name of the variant, as in the table of figures.
 * @param value measured; a median over the rounds where there are several.
 * @param unit of the value, for example {@code ns/message}.
 */
public record GoalFigure(String name, double value, String unit) {
    /** Returns the figure as a JSON object. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("value", value);
        json.put("unit", unit);
        return json;
    }
}
