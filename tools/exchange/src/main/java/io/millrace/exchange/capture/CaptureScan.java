package io.millrace.exchange.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What one pass over a capture finds out: its contracts in order of appearance, the step of their prices and quantities, and
 * the snapshots that stand in it.
 */
final class CaptureScan {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A snapshot of the capture, at 1e-8. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and a thousand levels are not to be boxed
    record Snapshot(
            long line,
            long lastUpdateId,
            long timeMs,
            long[] bidPrices,
            long[] bidQuantities,
            long[] askPrices,
            long[] askQuantities) {}

    /** What is known of one contract. */
    static final class Found {
        final String symbol;
        final List<Snapshot> snapshots = new ArrayList<>();
        long priceDivisor;
        long qtyDivisor;
        int priceDecimals;
        int qtyDecimals;
        long firstDiffId = -1;
        SymbolSpec spec;

        Found(String symbol) {
            this.symbol = symbol;
        }
    }

    final Map<String, Found> symbols = new LinkedHashMap<>();
    byte[] exchangeInfo;
    long lines;
    long ignoredLines;
    long firstReceivedNs = -1;
    long lastReceivedNs;

    static CaptureScan of(CaptureSettings settings) throws IOException {
        CaptureScan scan = new CaptureScan();
        List<Snapshot> bare = new ArrayList<>();
        try (LineReader line = new LineReader(settings.file())) {
            CaptureRow row = new CaptureRow();
            while (line.next()) {
                row.parse(line, true);
                scan.onRow(line, row, bare);
            }
        }
        if (scan.symbols.isEmpty()) {
            throw new IOException(
                    "capture " + settings.file() + " holds no stream that can be played in " + scan.lines + " lines");
        }
        if (!bare.isEmpty() && scan.symbols.size() > 1) {
            throw new IOException("capture " + settings.file() + " holds a depth snapshot that does not name its symbol"
                    + " in line " + bare.get(0).line() + ", and " + scan.symbols.size()
                    + " symbols that it could be of: write it as {\"rest\":\"depth\",\"symbol\":…,\"data\":…}");
        }
        Found only = scan.symbols.values().iterator().next();
        only.snapshots.addAll(bare);
        Map<String, JsonNode> listed = scan.readExchangeInfo(settings.exchangeInfo());
        for (Found found : scan.symbols.values()) {
            found.spec = spec(found, listed.get(found.symbol));
        }
        return scan;
    }

    private void onRow(LineReader line, CaptureRow row, List<Snapshot> bare) {
        lines++;
        if (firstReceivedNs < 0) {
            firstReceivedNs = line.receivedNs();
        }
        lastReceivedNs = Math.max(lastReceivedNs, line.receivedNs());
        boolean isPlayed = row.kind == CaptureRow.Kind.PAYLOAD && row.stream != null;
        if (!isPlayed && row.kind != CaptureRow.Kind.SNAPSHOT) {
            ignoredLines++;
            return;
        }
        Found found = row.symbol == null ? null : symbols.computeIfAbsent(row.symbol, Found::new);
        if (row.kind == CaptureRow.Kind.SNAPSHOT) {
            (found == null ? bare : found.snapshots).add(snapshot(line.number(), row));
        } else if (found != null && row.stream.isDepth() && found.firstDiffId < 0) {
            found.firstDiffId = row.firstId;
        }
        // A bare snapshot is of the only symbol there is, or the scan fails in the end.
        Found of = found == null && !symbols.isEmpty()
                ? symbols.values().iterator().next()
                : found;
        if (of != null) {
            of.priceDivisor = CaptureRow.divisor(of.priceDivisor, row.priceDivisor);
            of.qtyDivisor = CaptureRow.divisor(of.qtyDivisor, row.qtyDivisor);
            of.priceDecimals = Math.max(of.priceDecimals, row.priceDecimals);
            of.qtyDecimals = Math.max(of.qtyDecimals, row.qtyDecimals);
        }
    }

    private static Snapshot snapshot(long line, CaptureRow row) {
        return new Snapshot(
                line,
                row.lastId,
                row.timeMs,
                Arrays.copyOf(row.bids.prices, row.bids.count),
                Arrays.copyOf(row.bids.quantities, row.bids.count),
                Arrays.copyOf(row.asks.prices, row.asks.count),
                Arrays.copyOf(row.asks.quantities, row.asks.count));
    }

    /**
     * The contract as the capture has it. Its grid can be finer than the listed one: orders that were placed before the venue
     * made a tick coarser still rest at the old prices, and the recordings show them.
     */
    private static SymbolSpec spec(Found found, JsonNode listed) throws IOException {
        String base = found.symbol.endsWith("USDT")
                ? found.symbol.substring(0, found.symbol.length() - "USDT".length())
                : found.symbol;
        long tick = found.priceDivisor;
        long lot = found.qtyDivisor;
        if (listed != null) {
            base = listed.path("baseAsset").asText(base);
            for (JsonNode filter : listed.path("filters")) {
                String type = filter.path("filterType").asText();
                if (type.equals("PRICE_FILTER")) {
                    tick = CaptureRow.divisor(
                            tick, CaptureRow.scaled(filter.path("tickSize").asText()));
                } else if (type.equals("LOT_SIZE")) {
                    lot = CaptureRow.divisor(
                            lot, CaptureRow.scaled(filter.path("stepSize").asText()));
                }
            }
        }
        Grid tickGrid = grid(tick);
        Grid lotGrid = grid(lot);
        int priceDecimals = Math.max(found.priceDecimals, Math.max(0, -tickGrid.exponent()));
        int qtyDecimals = Math.max(found.qtyDecimals, Math.max(0, -lotGrid.exponent()));
        return new SymbolSpec(found.symbol, base, tickGrid, lotGrid, priceDecimals, qtyDecimals, 0);
    }

    /** Returns the coarsest grid that every value was on, or 1 where there was none. */
    private static Grid grid(long divisor) {
        return divisor == 0 ? Grid.parse("1") : Grid.of(BigDecimal.valueOf(divisor, CaptureRow.SCALE));
    }

    /** Reads a recorded exchangeInfo and keeps what the capture has. */
    private Map<String, JsonNode> readExchangeInfo(Path file) throws IOException {
        Map<String, JsonNode> listed = new LinkedHashMap<>();
        if (file == null) {
            return listed;
        }
        ObjectNode info;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            info = JSON.readValue(in, ObjectNode.class);
        }
        ArrayNode kept = JSON.createArrayNode();
        for (JsonNode symbol : info.path("symbols")) {
            if (symbols.containsKey(symbol.path("symbol").asText())) {
                kept.add(symbol);
                listed.put(symbol.path("symbol").asText(), symbol);
            }
        }
        for (String symbol : symbols.keySet()) {
            if (!listed.containsKey(symbol)) {
                throw new IOException("exchangeInfo " + file + " does not list " + symbol
                        + " of the capture, leave it out to derive the grids from the capture");
            }
        }
        info.set("symbols", kept);
        exchangeInfo = info.toString().getBytes(StandardCharsets.UTF_8);
        return listed;
    }
}
