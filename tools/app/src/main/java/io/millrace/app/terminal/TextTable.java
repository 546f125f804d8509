package io.millrace.app.terminal;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: the first column to the left, the others to the right. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Makes a table.
     *
     * @param head one text per column.
     */
    public TextTable(String... head) {
        rows.add(head.clone());
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns.
     */
    public TextTable row(Object... cells) {
        String[] row = new String[rows.get(0).length];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells[i] instanceof Long || cells[i] instanceof Integer
                    ? String.format(java.util.Locale.ROOT, "%,d", ((Number) cells[i]).longValue())
                    : String.valueOf(cells[i]);
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String pad = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? row[i] + pad : "  " + pad + row[i]);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
