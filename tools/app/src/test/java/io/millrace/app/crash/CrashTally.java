package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of the runs, by how they were to end. */
final class CrashTally {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Row all = new Row();
    /** Ends since trading was enabled last: the next restart that comes so far is theirs. */
    private final List<String> pending = new ArrayList<>();

    private static final class Row {
        int runs;
        int hits;
        final List<Long> enabledMs = new ArrayList<>();
        final List<Long> equalMs = new ArrayList<>();
    }

    /** Counts a run that ended, or was stopped because it did not come by there. */
    void ended(Crash crash, boolean isHit) {
        Row row = rows.computeIfAbsent(crash.kind(), kind -> new Row());
        row.runs++;
        all.runs++;
        if (isHit) {
            row.hits++;
            all.hits++;
            pending.add(crash.kind());
        }
    }

    /** Counts a restart after which trading was enabled, and the account equal to the venue's. */
    void enabled(long enabledMs, long equalMs) {
        all.enabledMs.add(enabledMs);
        all.equalMs.add(equalMs);
        for (String kind : pending) {
            rows.get(kind).enabledMs.add(enabledMs);
            rows.get(kind).equalMs.add(equalMs);
        }
        pending.clear();
    }

    /** Requires that every kind was hit in two runs of three, and trading enabled again after each. */
    void requireHits() {
        rows.forEach((kind, row) -> {
            assertTrue(
                    row.hits * 3 >= row.runs * 2, () -> kind + " was hit in " + row.hits + " of " + row.runs + " runs");
            assertTrue(
                    row.enabledMs.size() == row.hits,
                    () -> "trading was enabled again after " + row.enabledMs.size() + " of " + row.hits + " of "
                            + kind);
        });
    }

    /** Returns the table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder(
                        "| end | runs | hit | enabled again, ms: median | most | equal, ms: most |\n")
                .append("|---|---|---|---|---|---|\n");
        rows.forEach((kind, row) -> add(table, "`" + kind + "`", row));
        add(table, "all", all);
        return table.toString();
    }

    private static void add(StringBuilder table, String name, Row row) {
        table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %s | %s |%n",
                name,
                row.runs,
                row.hits,
                at(row.enabledMs, 0.5),
                at(row.enabledMs, 1),
                at(row.equalMs, 1)));
    }

    private static String at(List<Long> values, double share) {
        if (values.isEmpty()) {
            return "-";
        }
        List<Long> sorted = values.stream().sorted().toList();
        return String.valueOf(sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()))));
    }
}
