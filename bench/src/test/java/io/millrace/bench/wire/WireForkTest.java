package io.millrace.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness on real sockets, with processes of its own; how fast they are, no test says. */
@Tag("slow")
class WireForkTest {
    private static final int EVERY = 5;
    private static final int WARM_UP = 800;
    private static final int MEASURED = 600;

    @Test
    void shouldGetAnOrderOrAnEchoForTheTickersThatAskForOne(@TempDir Path directory)
            throws IOException, InterruptedException {
        WireTape tape = WireTape.synthetic(WARM_UP + MEASURED, 1);
        WireSettings engine = settings();
        WireSuite suite = new WireSuite(
                List.of(engine.withSubject(WireSettings.Subject.ECHO), engine.withJournal(true)),
                tape,
                new PrintWriter(Writer.nullWriter()));
        suite.run(1);
        int asked = 0;
        int tickers = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            boolean isAsking = tape.isTicker(i) && ++tickers % EVERY == 0;
            asked += isAsking && i >= WARM_UP ? 1 : 0;
        }
        WireFigures echo = suite.figures().get(0);
        WireFigures orders = suite.figures().get(1);
        assertEquals(asked, echo.merged().getTotalCount(), "the echo answers all");
        assertEquals(asked, orders.merged().getTotalCount() + orders.missing());
        assertTrue(orders.merged().getTotalCount() > 0, "no order came: " + orders.toJson());
        assertEquals("none", orders.forks().get(0).report().path("halted").asText());
        assertEquals(
                List.of(8, 9, 5),
                suite.goals().stream().map(result -> result.goal().row()).toList());
        Path log = directory.resolve("wire.hlog");
        suite.writeLog(log);
        String text = Files.readString(log);
        assertTrue(text.contains("Tag=echo-300/s#1,") && text.contains("Tag=engine-single-journal-on-300/s#2,"), text);
    }

    private static WireSettings settings() {
        List<String> options =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        options.removeIf(option -> option.startsWith("-agentlib") || option.startsWith("-javaagent"));
        assertFalse(options.isEmpty(), "the JVM options of this test are those of its children");
        return new WireSettings(
                WireSettings.Subject.ENGINE,
                "single",
                "backoff",
                false,
                false,
                new WireSettings.Pace(300, WARM_UP, 800, 0, MEASURED),
                EVERY,
                new WireSettings.Cores(-1, -1),
                new WireSettings.Jvm(SubjectProcess.ownJava(), options));
    }
}
