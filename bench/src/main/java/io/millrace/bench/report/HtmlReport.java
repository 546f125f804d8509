package io.millrace.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes results as one page: the data stands in it, and a script in the page draws tables and charts of it. */
public final class HtmlReport {
    private static final String TEMPLATE = "report.html";
    private static final String DATA = "/*DATA*/";

    private HtmlReport() {}

    /**
     * Writes the page.
     *
     * @param results as {@link LatencyResults#toJson()} gives them.
     * @param file to write.
     */
    public static void write(JsonNode results, Path file) throws IOException {
        // A text in the data must not end the script that it stands in.
        String json = new ObjectMapper().writeValueAsString(results).replace("<", "\\u003c");
        Files.writeString(file, template().replace(DATA, json));
    }

    private static String template() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IOException(TEMPLATE + " is missing in the class path: build bench anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
