package io.millrace.app.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final EventPrinter printer = new EventPrinter();

    @Test
    void shouldPrintFieldsAndGroupsByName() throws IOException {
        DepthDiffEncoder diff = new DepthDiffEncoder().wrapAndApplyHeader(buffer, 8, new MessageHeaderEncoder());
        diff.header().length(96).instrumentId(7);
        diff.firstUpdateId(1).lastUpdateId(2).prevUpdateId(0);
        diff.bidsCount(1).next().priceTicks(618002).qtyLots(2507);
        diff.asksCount(0);

        JsonNode line = new ObjectMapper().readTree(printer.line(41, buffer, 8));

        assertEquals(41, line.get("sequence").asLong());
        assertEquals("DepthDiff", line.get("type").asText());
        assertEquals(7, line.get("header").get("instrumentId").asInt());
        assertEquals(618002, line.get("bids").get(0).get("priceTicks").asLong());
        assertEquals(0, line.get("asks").size());
    }

    @Test
    void shouldPrintEnumsAndTextOnOneLine() throws IOException {
        OperatorCommandEncoder command =
                new OperatorCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.header().length(0).instrumentId(-1);
        command.targetSequence(99).action(OperatorAction.QUARANTINE).stage((short) 0);
        command.reason("said \"no\"\nand meant it");

        String text = printer.line(5, buffer, 0);

        assertEquals(1, text.lines().count());
        JsonNode line = new ObjectMapper().readTree(text);
        assertEquals("QUARANTINE", line.get("action").asText());
        assertEquals("said \"no\"\nand meant it", line.get("reason").asText());
    }
}
