package io.millrace.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.message.EventHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.json.JsonPrinter;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * Writes any message of the schema as one line of JSON, with names from the schema itself. For people and scripts: allocates,
 * takes microseconds.
 */
public final class EventPrinter {
    private static final String SCHEMA = "/sbe/millrace-events.xml";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonPrinter printer;
    private final Map<Integer, String> names = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** Reads the schema. */
    public EventPrinter() {
        Ir ir = schema();
        printer = new JsonPrinter(ir);
        for (var tokens : ir.messages()) {
            Token begin = tokens.get(0);
            names.put(begin.id(), begin.name());
        }
    }

    /** Returns the name of a template as the schema has it. */
    public String name(int templateId) {
        return names.getOrDefault(templateId, "template-" + templateId);
    }

    /**
     * Returns a message as one line of JSON: sequence, type, then its fields.
     *
     * @param sequence journal sequence of the event, or of what caused the message.
     * @param buffer holds the message.
     * @param offset of its SBE message header.
     */
    public String line(long sequence, DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        ObjectNode line = JSON.createObjectNode();
        line.put("sequence", sequence);
        line.put("type", name(templateId));
        text.setLength(0);
        printer.print(text, buffer, offset);
        try {
            JsonNode fields = JSON.readTree(text.toString());
            fields.properties().forEach(field -> line.set(field.getKey(), field.getValue()));
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            line.put("unprintable", text.toString());
            return line.toString();
        }
    }

    private static Ir schema() {
        try (InputStream in = EventHeader.class.getResourceAsStream(SCHEMA)) {
            MessageSchema schema = XmlSchemaParser.parse(
                    in,
                    ParserOptions.builder()
                            .stopOnError(true)
                            .suppressOutput(true)
                            .build());
            return new IrGenerator().generate(schema);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + SCHEMA, e);
        } catch (Exception e) { // what the parser declares
            throw new IllegalStateException("cannot parse " + SCHEMA + ": " + e.getMessage(), e);
        }
    }
}
