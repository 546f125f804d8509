package io.millrace.codecs.binance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Recorded frames: each line is a receive time in epoch nanoseconds, a space, and the frame. */
final class CaptureFile {
    static final String BTC = "captures/usdm-btcusdt-20240808.jsonl.gz";
    static final String ALTS = "captures/usdm-4alts-20210722.jsonl.gz";

    private CaptureFile() {}

    /** One line of a capture. */
    static final class Line {
        private final long receivedNs;
        private final byte[] frame;

        private Line(long receivedNs, byte[] frame) {
            this.receivedNs = receivedNs;
            this.frame = frame;
        }

        long receivedNs() {
            return receivedNs;
        }

        byte[] frame() {
            return frame;
        }

        String text() {
            return new String(frame, StandardCharsets.UTF_8);
        }

        /** Whether the line is a stream frame and not a REST body that was recorded among them. */
        boolean isStream() {
            return text().startsWith("{\"stream\"");
        }
    }

    /** Reads the first lines of a file, or skips the test where there are no recorded data. */
    static List<Line> read(String name, int limit) {
        Path path = locate(name);
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && lines.size() < limit; line = in.readLine()) {
                int space = line.indexOf(' ');
                lines.add(new Line(
                        Long.parseLong(line.substring(0, space)),
                        line.substring(space + 1).getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    static List<Line> read(String name) {
        return read(name, Integer.MAX_VALUE);
    }

    /** Reads a file that is not a capture. */
    static byte[] bytes(String name) {
        Path path = locate(name);
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (!name.endsWith(".gz")) {
                return bytes;
            }
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path locate(String name) {
        Path path = Path.of(System.getProperty("millrace.shared", "../../shared"), "data", name);
        if (!Files.exists(path)) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("recorded data " + path + " is absent, and CI is set");
            }
            System.out.println("skipped 1 test: recorded data " + path + " is absent");
            Assumptions.abort("recorded data " + path + " is absent");
        }
        return path;
    }
}
