package io.millrace.exchange.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExchangeCoverageTest {
    private static final String LIST = "exchange-coverage.yaml";
    /** Set to {@code true}, rewrites the page in place of comparing it. */
    private static final String WRITE_PROPERTY = "millrace.coverage.write";

    private static final String COMMAND = "mvn -Dfast -pl tools/exchange -am test -Dtest=ExchangeCoverageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE_PROPERTY + "=true";

    private final CoveringTests tests;
    private final Coverage coverage;

    ExchangeCoverageTest() throws Exception {
        tests = CoveringTests.ofThisModule();
        try (InputStream list = ExchangeCoverageTest.class.getResourceAsStream('/' + LIST)) {
            coverage = new Coverage(new String(list.readAllBytes(), StandardCharsets.UTF_8), tests.testsByItem());
        }
    }

    @Test
    void shouldStandInDocsAsGenerated() throws IOException {
        // Surefire runs in the module's directory.
        Path page = Path.of("../../docs/exchange-coverage.md");
        // A page with holes is never written.
        shouldListEveryNameThatTestsCarry();
        shouldCoverEveryItemOrSayWhyNot();
        String generated = coverage.markdown(COMMAND);
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.writeString(page, generated);
        }

        assertTrue(
                Files.exists(page), "docs/exchange-coverage.md is missing, run in the project's directory: " + COMMAND);
        assertEquals(
                generated,
                Files.readString(page),
                "docs/exchange-coverage.md is stale, run in the project's directory: " + COMMAND);
    }

    @Test
    void shouldListEveryNameThatTestsCarry() {
        assertEquals(
                Map.of(),
                coverage.unlisted(),
                "@Covers names what " + LIST + " has not: correct the name, or add it to the list");
    }

    @Test
    void shouldCoverEveryItemOrSayWhyNot() {
        assertEquals(
                List.of(),
                coverage.unexplained(),
                LIST + " has items without test and reason: annotate a test with @Covers, or give the reason");
    }

    @Test
    void shouldFindAnnotationsOnTestsOnly() {
        assertEquals(new TreeSet<>(), tests.notTests(), "@Covers stands where no test is, move it to one");
    }

    @Test
    void shouldJoinListAndTests() throws IOException {
        Coverage small =
                new Coverage("REST:\n  GET /a:\n  GET /b: not built yet\n", byItem("GET /a", "XTest#one", "XTest#two"));

        String page = small.markdown("run it");

        assertEquals(Map.of(), small.unlisted());
        assertEquals(List.of(), small.unexplained());
        assertTrue(page.contains("`run it`"), page);
        assertTrue(page.contains("2 items: 1 covered, 1 left out."), page);
        assertTrue(page.endsWith("""

                ## REST

                | item | covered by |
                |---|---|
                | `GET /a` | `XTest#one`<br>`XTest#two` |
                | `GET /b` | left out: not built yet |
                """), page);
    }

    @Test
    void shouldNameWhatIsNotListedAndWhatHasNoReason() throws IOException {
        Coverage small = new Coverage("REST:\n  GET /a:\n  GET /b: ' '\n", byItem("GET /aa", "XTest#one"));

        assertEquals(byItem("GET /aa", "XTest#one"), small.unlisted());
        assertEquals(List.of("GET /a", "GET /b"), small.unexplained());
    }

    @Test
    void shouldPreferTestsToAReason() throws IOException {
        Coverage small = new Coverage("REST:\n  GET /a: not built yet\n", byItem("GET /a", "XTest#one"));

        assertTrue(small.markdown("").endsWith("| `GET /a` | `XTest#one` |\n"));
    }

    @Test
    void shouldRefuseAnItemThatIsListedTwice() {
        assertThrows(IOException.class, () -> new Coverage("REST:\n  GET /a:\n  GET /a:\n", new TreeMap<>()));
        assertThrows(IOException.class, () -> new Coverage("REST:\n  GET /a:\nWS:\n  GET /a:\n", new TreeMap<>()));
    }

    private static SortedMap<String, SortedSet<String>> byItem(String item, String... tests) {
        return new TreeMap<>(Map.of(item, new TreeSet<>(List.of(tests))));
    }
}
