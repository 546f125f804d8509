package io.millrace.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Recorded data beside the project; tests that need it fail without it where CI is set and are skipped elsewhere. */
public final class SharedData {
    private SharedData() {}

    public static Path file(String name) {
        Path file = Path.of(System.getProperty("millrace.shared", "../../../shared"), "data", name);
        if (!Files.exists(file)) {
            System.out.println("skipped: no " + file);
            if (System.getenv("CI") != null) {
                Assertions.fail("CI is set and " + file + " is missing");
            }
            Assumptions.abort("no " + file);
        }
        return file;
    }
}
