package io.millrace.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    @Test
    void shouldStandInDocsAsGenerated() throws IOException {
        // Surefire runs in the module's directory.
        Path page = Path.of("../../docs/configuration.md");

        assertEquals(
                ConfigReference.markdown(),
                Files.readString(page),
                "docs/configuration.md is stale, run: tools/millrace config --reference > docs/configuration.md");
    }
}
