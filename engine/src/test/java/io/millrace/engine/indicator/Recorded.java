package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/** Recorded 5-minute bars, six months of each contract. */
public final class Recorded {
    public static final List<String> CONTRACTS = List.of("TRUMPUSDT", "BTCUSDT", "DOGEUSDT", "1000PEPEUSDT");
    public static final long BAR_NS = 300_000_000_000L;

    private static final long CRASH_MS = 1_760_130_900_000L; // 2025-10-10 21:15 UTC
    private static final int BEFORE = 2_500;
    private static final int AFTER = 1_500;
    private static final Map<String, Series> SLICES = new ConcurrentHashMap<>();

    private Recorded() {}

    /** 4,000 bars with the crash of 2025-10-10 among them. */
    public static Series around(String contract) {
        return SLICES.computeIfAbsent(contract, Recorded::load);
    }

    private static Series load(String contract) {
        Path file = Path.of(System.getProperty("millrace.shared", "../shared"))
                .resolve("data/klines-5m")
                .resolve(contract + ".csv.gz");
        if (!Files.exists(file)) {
            if (System.getenv("CI") != null) {
                fail("recorded bars are missing: " + file);
            }
            System.out.println("skipped, recorded bars are missing: " + file);
            abort("no " + file);
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Series read(BufferedReader reader) throws IOException {
        Series series = new Series(BEFORE + AFTER);
        long firstMs = CRASH_MS - BEFORE * (BAR_NS / 1_000_000);
        int size = 0;
        reader.readLine();
        for (String line = reader.readLine(); line != null && size < series.size(); line = reader.readLine()) {
            int comma = line.indexOf(',');
            if (Long.parseLong(line.substring(0, comma)) >= firstMs) {
                double[] row = Arrays.stream(line.substring(comma + 1).split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                series.open[size] = row[0];
                series.high[size] = row[1];
                series.low[size] = row[2];
                series.close[size] = row[3];
                series.volume[size++] = row[4];
            }
        }
        assertEquals(series.size(), size, "bars around the crash");
        return series;
    }
}
