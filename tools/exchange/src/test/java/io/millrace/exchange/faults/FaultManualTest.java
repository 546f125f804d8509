package io.millrace.exchange.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The table of all faults in the manual is the one that the code gives. */
class FaultManualTest {
    private static final Path PAGE = Path.of("../../docs/exchange-faults.md");
    private static final String BEGIN = "<!-- faults: generated -->\n";
    private static final String END = "<!-- end -->";
    /** Set to {@code true}, rewrites the table in place of comparing it. */
    private static final String WRITE_PROPERTY = "millrace.faults.write";

    private static final String COMMAND = "mvn -Dfast -pl tools/exchange -am test -Dtest=FaultManualTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE_PROPERTY + "=true";

    private static String table() {
        StringBuilder table = new StringBuilder("| happens to | kind | effect | parameters |\n|---|---|---|---|\n");
        for (FaultKind kind : FaultKind.values()) {
            StringJoiner parameters = new StringJoiner("; ");
            kind.parameters().forEach(parameter -> parameters.add(describe(parameter)));
            table.append("| ")
                    .append(kind.target()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '));
            table.append(" | `")
                    .append(kind)
                    .append("` | ")
                    .append(kind.effect())
                    .append(" | ");
            table.append(parameters).append(" |\n");
        }
        return table.toString();
    }

    private static String describe(FaultParameter parameter) {
        StringBuilder text = new StringBuilder("`" + parameter.name() + "` ");
        text.append('(').append(parameter.usual()).append("): ").append(parameter.meaning());
        if (!parameter.choices().isEmpty()) {
            text.append(", ").append(String.join(", ", parameter.choices()));
        }
        return text.toString();
    }

    @Test
    void shouldStandInDocsAsGenerated() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, () -> PAGE + " has lost its marks " + BEGIN + END);
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertEquals(
                table(),
                page.substring(begin, end),
                () -> PAGE + " is stale, run in the project's directory: " + COMMAND);
    }
}
