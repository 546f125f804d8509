package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.SharedData;
import io.millrace.app.cli.Cli;
import io.millrace.engine.status.OrderLatencies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoTest {
    @Test
    void shouldEndIdenticalOnASyntheticMarket() throws IOException {
        JsonNode report = demo("--seconds", "5", "--symbols", "4");

        assertEquals(4, report.get("booksLive").asInt(), report.toString());
        assertEquals(4, report.get("booksEqual").asInt(), report.toString());
        assertEquals("none", report.get("halted").asText());
        JsonNode trading = report.get("trading");
        assertTrue(trading.get("orders").asLong() > 0, report.toString());
        assertTrue(
                trading.get("positionsEqual").asBoolean()
                        || !trading.get("isWoundUp").asBoolean(),
                report.toString());
        JsonNode orders = report.get("latencyNs").get("orders");
        for (int hop = 0; hop < OrderLatencies.hops(); hop++) {
            assertTrue(orders.get(OrderLatencies.name(hop)).get("count").asLong() > 0, report.toString());
        }
    }

    @Test
    void shouldEndIdenticalOverTls() throws IOException {
        JsonNode report = demo("--seconds", "8", "--symbols", "2", "--tls", "--topology", "fused");

        assertEquals(2, report.get("booksEqual").asInt(), report.toString());
    }

    @Test
    void shouldJournalEveryFrameOfACaptureAtFullSpeed() throws IOException {
        JsonNode report = demo("--capture", SharedData.file(SharedData.BTC).toString());

        assertEquals(66_089, report.get("framesJournaled").get("bookTicker").asLong());
        assertEquals(6551, report.get("framesJournaled").get("depthUpdate").asLong());
        assertEquals(21_313, report.get("framesJournaled").get("trade").asLong());
    }

    private static JsonNode demo(String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] line = new String[arguments.length + 2];
        line[0] = "demo";
        line[1] = "--json";
        System.arraycopy(arguments, 0, line, 2, arguments.length);

        int exitCode = Cli.run(new PrintWriter(out), new PrintWriter(err), line);

        assertEquals(0, exitCode, out + System.lineSeparator() + err);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertEquals(report.get("framesSent"), report.get("framesJournaled"));
        assertTrue(report.get("countsEqual").asBoolean());
        assertTrue(report.get("replay").get("identical").asBoolean());
        assertEquals(
                report.get("events").asLong(),
                report.get("replay").get("events").asLong());
        return report;
    }
}
