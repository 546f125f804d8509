package io.millrace.app.features;

import java.util.List;

/** Takes a table row by row. */
public interface RowSink {
    /**
     * The table begins.
     *
     * @param columns names of the values.
     */
    void begin(List<String> columns);

    /**
     * Takes a row.
     *
     * @param timeMs epoch milliseconds.
     * @param symbol whose values they are.
     * @param values one per column, NaN for a missing one; not kept.
     */
    void row(long timeMs, String symbol, double[] values);
}
