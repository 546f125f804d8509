package io.millrace.codecs.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.DepthSnapshotEncoder;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads the body of {@code GET /fapi/v1/depth} and writes it as DepthSnapshot messages. Cold: Jackson and BigDecimal. */
public final class SnapshotReader {
    /** Most levels of a body, both sides together. */
    public static final int MAX_LEVELS = 20_000;

    private static final long FRAME =
            EventScratch.frame(DepthSnapshotEncoder.TEMPLATE_ID, DepthSnapshotEncoder.BLOCK_LENGTH);

    private final ObjectMapper mapper = new ObjectMapper();

    /** Makes a reader; it keeps nothing between calls. */
    public SnapshotReader() {}

    /**
     * Reads a body.
     *
     * @param json the body; its position is moved to its limit.
     * @param spec instrument of the request.
     * @param commandId FetchSnapshot that asked for it, 0 if none did.
     * @param ingressNs when the body was read.
     * @param slotLength bytes that the longest message may have.
     * @param dst receives the messages from 0; expandable or long enough.
     * @return bytes of all messages together.
     * @throws IllegalArgumentException if the body is no depth snapshot, has a value off the instrument's grid or a price of
     *     0, or does not fit {@code dst}.
     */
    public int encode(
            ByteBuffer json,
            InstrumentSpec spec,
            long commandId,
            long ingressNs,
            int slotLength,
            MutableDirectBuffer dst) {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        return encode(bytes, spec, commandId, ingressNs, slotLength, dst);
    }

    /**
     * Reads a body.
     *
     * @param json the body.
     * @param spec instrument of the request.
     * @param commandId FetchSnapshot that asked for it, 0 if none did.
     * @param ingressNs when the body was read.
     * @param slotLength bytes that the longest message may have.
     * @param dst receives the messages from 0; expandable or long enough.
     * @return bytes of all messages together.
     * @throws IllegalArgumentException if the body is no depth snapshot, has a value off the instrument's grid or a price of
     *     0, or does not fit {@code dst}.
     */
    public int encode(
            byte[] json, InstrumentSpec spec, long commandId, long ingressNs, int slotLength, MutableDirectBuffer dst) {
        JsonNode body = parse(json, spec);
        JsonNode bids = side(body, "bids", spec);
        JsonNode asks = side(body, "asks", spec);
        int levels = bids.size() + asks.size();
        if (levels > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "snapshot of " + spec.symbol() + " has " + levels + " levels, above " + MAX_LEVELS);
        }
        EventScratch scratch = new EventScratch(DepthWriter.capacityFor(levels, slotLength), Producers.REST);
        scratch.begin(0, ingressNs);
        DepthWriter writer = new DepthWriter(scratch, slotLength, levels);
        int position = writer.begin(
                FRAME, spec, body.path("E").asLong(), body.path("T").asLong());
        writer.ids(updateId(body, spec), commandId, 0);
        position = write(bids, writer, position, spec);
        position = write(asks, writer, writer.endBids(position), spec);
        int length = writer.finish(position);
        if (!dst.isExpandable() && dst.capacity() < length) {
            throw new IllegalArgumentException("snapshot of " + spec.symbol() + " takes " + length
                    + " bytes, above the buffer's " + dst.capacity() + ": give a longer or an expandable one");
        }
        dst.putBytes(0, scratch.bytes(), 0, length);
        return length;
    }

    private JsonNode parse(byte[] json, InstrumentSpec spec) {
        try {
            JsonNode body = mapper.readTree(json);
            if (body != null && body.isObject()) {
                return body;
            }
            throw new IllegalArgumentException("snapshot of " + spec.symbol() + " is no JSON object");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "snapshot of " + spec.symbol() + ", " + json.length + " bytes, is not JSON: "
                            + JsonErrors.oneLine(e),
                    e);
        }
    }

    private static JsonNode side(JsonNode body, String name, InstrumentSpec spec) {
        JsonNode side = body.path(name);
        if (!side.isArray()) {
            throw new IllegalArgumentException("snapshot of " + spec.symbol() + " has no array \"" + name + "\"");
        }
        return side;
    }

    private static long updateId(JsonNode body, InstrumentSpec spec) {
        JsonNode id = body.path("lastUpdateId");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 0) {
            throw new IllegalArgumentException(
                    "snapshot of " + spec.symbol() + " has lastUpdateId=" + id + ", a number of 0 or more is expected");
        }
        return id.longValue();
    }

    private static int write(JsonNode side, DepthWriter writer, int start, InstrumentSpec spec) {
        int position = start;
        for (JsonNode level : side) {
            if (position == writer.limit()) {
                position = writer.next(position);
            }
            long priceTicks = units(level.path(0), spec.tick(), spec);
            if (priceTicks == 0) {
                throw new IllegalArgumentException("snapshot of " + spec.symbol() + " has a level at price 0");
            }
            writer.put(position, priceTicks, units(level.path(1), spec.lot(), spec));
            position += DepthWriter.LEVEL_LENGTH;
        }
        return position;
    }

    private static long units(JsonNode text, Grid grid, InstrumentSpec spec) {
        try {
            long units = grid.toUnits(new BigDecimal(text.asText()));
            if (units >= 0) {
                return units;
            }
            throw new ArithmeticException("value " + text.asText() + " is below 0");
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("snapshot of " + spec.symbol() + ": " + e.getMessage(), e);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("snapshot of " + spec.symbol() + ": " + text + " is no decimal", e);
        }
    }
}
