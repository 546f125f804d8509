package io.millrace.app.features;

import java.io.PrintWriter;
import java.util.List;

/** Writes rows as CSV with a heading, or as one line of JSON each. A missing value is an empty cell, or null. */
public final class TextSink implements RowSink {
    private final PrintWriter out;
    private final boolean isJson;
    private final StringBuilder line = new StringBuilder();
    private List<String> columns = List.of();

    /**
     * Makes a sink.
     *
     * @param out is written to.
     * @param isJson whether as JSON.
     */
    public TextSink(PrintWriter out, boolean isJson) {
        this.out = out;
        this.isJson = isJson;
    }

    @Override
    public void begin(List<String> columns) {
        this.columns = List.copyOf(columns);
        if (!isJson) {
            out.println("time,symbol," + String.join(",", columns));
        }
    }

    @Override
    public void row(long timeMs, String symbol, double[] values) {
        line.setLength(0);
        if (isJson) {
            line.append("{\"time\":")
                    .append(timeMs)
                    .append(",\"symbol\":\"")
                    .append(symbol)
                    .append('"');
            for (int i = 0; i < values.length; i++) {
                line.append(",\"")
                        .append(columns.get(i))
                        .append("\":")
                        .append(Double.isNaN(values[i]) ? "null" : text(values[i]));
            }
            line.append('}');
        } else {
            line.append(timeMs).append(',').append(symbol);
            for (double value : values) {
                line.append(',').append(Double.isNaN(value) ? "" : text(value));
            }
        }
        out.println(line);
    }

    /** What came as a float is written as one: its shortest text reads back as the same float. */
    private static String text(double value) {
        float narrow = (float) value;
        return narrow == value ? Float.toString(narrow) : Double.toString(value);
    }
}
