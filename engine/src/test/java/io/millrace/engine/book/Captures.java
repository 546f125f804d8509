package io.millrace.engine.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The recorded sessions: lines of receive time, space, frame. */
final class Captures {
    static final String BTC = "captures/usdm-btcusdt-20240808.jsonl.gz";
    static final String ALTS = "captures/usdm-4alts-20210722.jsonl.gz";

    private static final ObjectMapper JSON = new ObjectMapper();

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

        boolean isStream() {
            return new String(frame, 0, 9, StandardCharsets.UTF_8).startsWith("{\"stream");
        }

        JsonNode json() {
            try {
                return JSON.readTree(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Captures() {}

    static List<Line> read(String name) {
        Path path = Path.of(System.getProperty("millrace.shared", "../../shared"), "data", name);
        if (!Files.exists(path)) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("recorded data " + path + " is absent, and CI is set");
            }
            System.out.println("skipped 1 test: recorded data " + path + " is absent");
            Assumptions.abort("recorded data " + path + " is absent");
        }
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
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

    static InstrumentTable table() {
        InstrumentTable table = new InstrumentTable();
        table.put(spec(0, "BTCUSDT", "0.10", "0.001"));
        table.put(spec(1, "SUSHIUSDT", "0.0010", "1"));
        table.put(spec(2, "AKROUSDT", "0.00001", "1"));
        table.put(spec(3, "KEEPUSDT", "0.0001", "1"));
        table.put(spec(4, "CTKUSDT", "0.00001", "1"));
        return table;
    }

    /** Levels of a JSON array of pairs as ticks and lots. */
    static long[][] levels(JsonNode pairs, InstrumentSpec spec) {
        long[][] levels = new long[pairs.size()][];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new long[] {
                spec.tick().toUnits(new BigDecimal(pairs.get(i).get(0).asText())),
                spec.lot().toUnits(new BigDecimal(pairs.get(i).get(1).asText()))
            };
        }
        return levels;
    }

    private static InstrumentSpec spec(int id, String symbol, String tick, String lot) {
        return new InstrumentSpec(
                id,
                0,
                symbol,
                Grid.parse(tick),
                Grid.parse(lot),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                0,
                0xFF);
    }
}
