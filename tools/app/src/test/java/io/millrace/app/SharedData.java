package io.millrace.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Recorded market data beside the project; absent on most machines. */
public final class SharedData {
    /** BTCUSDT, 345 s. */
    public static final String BTC = "captures/usdm-btcusdt-20240808.jsonl.gz";
    /** Four small contracts, 30 s. */
    public static final String ALTS = "captures/usdm-4alts-20210722.jsonl.gz";

    private SharedData() {}

    /** Returns a file; skips the test where there is none, fails it in CI. */
    public static Path file(String name) {
        Path path = Path.of(System.getProperty("millrace.shared", "../../../shared"), "data", name);
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
