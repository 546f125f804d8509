package io.millrace.codecs.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.BarsHistoryEncoder;
import io.millrace.codecs.event.Interval;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the body of {@code GET /fapi/v1/klines} and writes it as BarsHistory messages. Cold: Jackson and BigDecimal. */
public final class BarsReader {
    /** Most bars of a body. */
    public static final int MAX_BARS = 1500;

    private static final String[] NAMES = {
        "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M"
    };
    private static final int BODY = EventHeader.LENGTH_OFFSET;
    private static final int GROUP_OFFSET = BODY + BarsHistoryEncoder.BLOCK_LENGTH;
    private static final int BARS_OFFSET = GROUP_OFFSET + 8;
    private static final int BAR_LENGTH = 72;
    private static final int E8_SCALE = 8;
    private static final int VALUES = 11;

    private final ObjectMapper mapper = new ObjectMapper();

    /** Makes a reader; it keeps nothing between calls. */
    public BarsReader() {}

    /**
     * What was asked for.
     *
     * @param commandId FetchBars that asked for it, 0 if none did.
     * @param interval of the bars.
     * @param startTimeMs opening time of the first bar.
     * @param endTimeMs opening time of the last bar.
     */
    public record Request(long commandId, Interval interval, long startTimeMs, long endTimeMs) {}

    private record Row(
            long openTimeMs,
            long openE8,
            long highE8,
            long lowE8,
            long closeE8,
            long trades,
            BigDecimal volume,
            BigDecimal quoteVolume,
            BigDecimal takerBuyVolume) {}

    /**
     * Returns the venue's name of an interval.
     *
     * @param interval one that messages carry, not its null value.
     */
    public static String name(Interval interval) {
        return NAMES[interval.value() - Interval.M1.value()];
    }

    /**
     * Reads a body. Bars outside the times that were asked for are left out.
     *
     * @param json the body.
     * @param spec instrument of the request.
     * @param request what was asked for.
     * @param ingressNs when the body was read.
     * @param slotLength bytes that the longest message may have.
     * @param dst receives the messages from 0; expandable or long enough.
     * @return bytes of all messages together.
     * @throws IllegalArgumentException if the body is no list of bars, or has a price finer than 1e-8 or a volume of more
     *     than 18 digits.
     */
    public int encode(
            byte[] json,
            InstrumentSpec spec,
            Request request,
            long ingressNs,
            int slotLength,
            MutableDirectBuffer dst) {
        List<Row> rows = rows(parse(json, spec), spec, request);
        int volumeScale = 0;
        int quoteScale = 0;
        for (Row row : rows) {
            volumeScale = Math.max(volumeScale, Math.max(row.volume.scale(), row.takerBuyVolume.scale()));
            quoteScale = Math.max(quoteScale, row.quoteVolume.scale());
        }
        int perMessage = (slotLength - BARS_OFFSET) / BAR_LENGTH;
        int messages = Math.max(1, (rows.size() + perMessage - 1) / perMessage);
        EventScratch scratch = new EventScratch(messages * BARS_OFFSET + rows.size() * BAR_LENGTH, Producers.REST);
        scratch.begin(0, ingressNs);
        int at = 0;
        for (int i = 0; i < messages; i++) {
            List<Row> part = rows.subList(i * perMessage, Math.min(rows.size(), (i + 1) * perMessage));
            int length = BARS_OFFSET + part.size() * BAR_LENGTH;
            int flags = (i == 0 ? EventFlags.FIRST : 0) | (i == messages - 1 ? EventFlags.LAST : 0);
            scratch.header(
                    at,
                    EventScratch.frame(BarsHistoryEncoder.TEMPLATE_ID, BarsHistoryEncoder.BLOCK_LENGTH),
                    length,
                    spec,
                    0,
                    0);
            scratch.lengthAndFlags(at, length, flags);
            root(scratch.buffer(), at, request, volumeScale, quoteScale);
            scratch.put(at + GROUP_OFFSET, BAR_LENGTH | ((long) part.size() << 16));
            bars(scratch, at + BARS_OFFSET, part, volumeScale, quoteScale);
            at += length;
        }
        dst.putBytes(0, scratch.bytes(), 0, at);
        return at;
    }

    private static void root(UnsafeBuffer buffer, int at, Request request, int volumeScale, int quoteScale) {
        new BarsHistoryEncoder()
                .wrap(buffer, at + BODY)
                .commandId(request.commandId())
                .startTimeMs(request.startTimeMs())
                .endTimeMs(request.endTimeMs())
                .reserved(0)
                .volumeExponent((byte) -volumeScale)
                .quoteExponent((byte) -quoteScale)
                .interval(request.interval())
                .reserved8((short) 0);
    }

    private static void bars(EventScratch scratch, int start, List<Row> rows, int volumeScale, int quoteScale) {
        int at = start;
        for (Row row : rows) {
            scratch.put(at, row.openTimeMs);
            scratch.put(at + 8, row.openE8);
            scratch.put(at + 16, row.highE8);
            scratch.put(at + 24, row.lowE8);
            scratch.put(at + 32, row.closeE8);
            scratch.put(at + 40, row.trades);
            scratch.put(at + 48, mantissa(row.volume, volumeScale));
            scratch.put(at + 56, mantissa(row.quoteVolume, quoteScale));
            scratch.put(at + 64, mantissa(row.takerBuyVolume, volumeScale));
            at += BAR_LENGTH;
        }
    }

    private static long mantissa(BigDecimal value, int scale) {
        try {
            return value.setScale(scale).unscaledValue().longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "bars have a volume of " + value.toPlainString() + ", more digits than 18 at " + scale
                            + " decimals",
                    e);
        }
    }

    private JsonNode parse(byte[] json, InstrumentSpec spec) {
        try {
            JsonNode body = mapper.readTree(json);
            if (body != null && body.isArray() && body.size() <= MAX_BARS) {
                return body;
            }
            throw new IllegalArgumentException(
                    "bars of " + spec.symbol() + " are no JSON list of at most " + MAX_BARS + " rows");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "bars of " + spec.symbol() + ", " + json.length + " bytes, are not JSON: " + JsonErrors.oneLine(e),
                    e);
        }
    }

    private static List<Row> rows(JsonNode body, InstrumentSpec spec, Request request) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode node : body) {
            if (!node.isArray() || node.size() < VALUES || !node.path(0).canConvertToLong()) {
                throw new IllegalArgumentException("bars of " + spec.symbol() + " have a row that is no bar: " + node);
            }
            long openTimeMs = node.path(0).asLong();
            if (openTimeMs >= request.startTimeMs() && openTimeMs <= request.endTimeMs()) {
                rows.add(row(node, spec, openTimeMs));
            }
        }
        return rows;
    }

    private static Row row(JsonNode node, InstrumentSpec spec, long openTimeMs) {
        try {
            return new Row(
                    openTimeMs,
                    e8(node.path(1)),
                    e8(node.path(2)),
                    e8(node.path(3)),
                    e8(node.path(4)),
                    node.path(8).asLong(),
                    decimal(node.path(5)),
                    decimal(node.path(7)),
                    decimal(node.path(9)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "bars of " + spec.symbol() + " have a row with a text that is no decimal: " + node, e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "bars of " + spec.symbol() + " have a row with a price off 1e-8: " + node, e);
        }
    }

    private static long e8(JsonNode text) {
        return new BigDecimal(text.asText()).movePointRight(E8_SCALE).longValueExact();
    }

    private static BigDecimal decimal(JsonNode text) {
        BigDecimal value = new BigDecimal(text.asText()).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }
}
