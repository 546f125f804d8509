package io.millrace.exchange.coverage;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The list of what the venue has, joined with the tests that hold the exchange to it. */
final class Coverage {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String INTRODUCTION = """
            # Coverage of the venue's protocol

            What the venue has, and the tests that hold the simulated exchange to it. Tests are classes of
            `io.millrace.exchange`, each with the method that says so.

            This page is written from the tests' annotations, `@Covers`, and from the list of items in
            `tools/exchange/src/test/resources/exchange-coverage.yaml`, where each item that no test covers has its reason:
            `%s`.

            %d items: %d covered, %d left out.
            """;

    private final Map<String, Map<String, String>> reasonsByGroup;
    private final SortedMap<String, SortedSet<String>> testsByItem;

    /**
     * Joins list and tests.
     *
     * @param yaml groups by their titles, in each the items with their reasons, empty where there is none.
     * @param testsByItem the tests of each item that an annotation names.
     * @throws IOException if the list cannot be read, or names an item twice.
     */
    Coverage(String yaml, SortedMap<String, SortedSet<String>> testsByItem) throws IOException {
        this.reasonsByGroup =
                MAPPER.readValue(yaml, new TypeReference<LinkedHashMap<String, Map<String, String>>>() {});
        this.testsByItem = testsByItem;
        SortedSet<String> known = new TreeSet<>();
        for (Map<String, String> items : reasonsByGroup.values()) {
            for (String item : items.keySet()) {
                if (!known.add(item)) {
                    throw new IOException(item + " is in two groups, keep it in one");
                }
            }
        }
    }

    /** Returns the names that annotations carry and the list has not, each with its tests. */
    SortedMap<String, SortedSet<String>> unlisted() {
        SortedMap<String, SortedSet<String>> unlisted = new TreeMap<>(testsByItem);
        reasonsByGroup.values().forEach(items -> unlisted.keySet().removeAll(items.keySet()));
        return unlisted;
    }

    /** Returns the items with neither a test nor a reason, in the list's order. */
    List<String> unexplained() {
        List<String> unexplained = new ArrayList<>();
        for (Map<String, String> items : reasonsByGroup.values()) {
            items.forEach((item, reason) -> {
                if (!testsByItem.containsKey(item) && (reason == null || reason.isBlank())) {
                    unexplained.add(item);
                }
            });
        }
        return unexplained;
    }

    /**
     * Returns the page as Markdown.
     *
     * @param command that writes the page.
     */
    String markdown(String command) {
        StringBuilder tables = new StringBuilder();
        int itemCount = 0;
        int coveredCount = 0;
        for (Map.Entry<String, Map<String, String>> group : reasonsByGroup.entrySet()) {
            tables.append("\n## ").append(group.getKey()).append("\n\n| item | covered by |\n|---|---|\n");
            for (Map.Entry<String, String> item : group.getValue().entrySet()) {
                SortedSet<String> tests = testsByItem.get(item.getKey());
                itemCount++;
                coveredCount += tests == null ? 0 : 1;
                tables.append("| `").append(item.getKey()).append("` | ");
                tables.append(
                        tests == null ? "left out: " + item.getValue() : '`' + String.join("`<br>`", tests) + '`');
                tables.append(" |\n");
            }
        }
        return INTRODUCTION.formatted(command, itemCount, coveredCount, itemCount - coveredCount) + tables;
    }
}
