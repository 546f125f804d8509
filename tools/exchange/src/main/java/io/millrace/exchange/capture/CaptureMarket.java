package io.millrace.exchange.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractRulesJson;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a capture. Payloads go out byte for byte as they were recorded. A stream that the venue has at several speeds is
 * delivered under whichever name it was subscribed, at the speed it was recorded with.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class CaptureMarket implements MarketSource {
    private static final long NS_PER_MS = 1_000_000L;
    private static final StreamKind[][] SAME_STREAM = new StreamKind[StreamKind.count()][];

    static {
        StreamKind[] depths = {
            StreamKind.DEPTH_0MS, StreamKind.DEPTH_100MS, StreamKind.DEPTH_250MS, StreamKind.DEPTH_500MS
        };
        StreamKind[] marks = {StreamKind.MARK_PRICE_1S, StreamKind.MARK_PRICE_3S};
        for (int i = 0; i < SAME_STREAM.length; i++) {
            StreamKind kind = StreamKind.of(i);
            SAME_STREAM[i] =
                    kind.isDepth() ? depths : Arrays.asList(marks).contains(kind) ? marks : new StreamKind[] {kind};
        }
    }

    private final CaptureSettings settings;
    private final CaptureScan scan;
    private final List<SymbolSpec> symbols;
    private final Map<String, Integer> symbolIndex = new LinkedHashMap<>();
    private final CaptureBook[] books;
    private final LineReader line;
    private final CaptureRow row = new CaptureRow();
    private byte[] payload = new byte[64 * 1024];
    private long startNs = -1;
    private CaptureTrading trading;
    private boolean isReady;
    private boolean isExhausted;
    private long playedNs;

    /**
     * Reads a capture through and makes it ready to play.
     *
     * @param settings what to play, and how.
     * @throws IOException if a file cannot be read or is not a capture.
     */
    public CaptureMarket(CaptureSettings settings) throws IOException {
        this.settings = settings;
        this.scan = CaptureScan.of(settings);
        this.symbols = scan.symbols.values().stream().map(found -> found.spec).toList();
        this.books = scan.symbols.values().stream().map(CaptureBook::new).toArray(CaptureBook[]::new);
        for (SymbolSpec spec : symbols) {
            symbolIndex.put(spec.symbol(), symbolIndex.size());
        }
        this.line = new LineReader(settings.file());
        this.isReady = settings.startAfterStreams() == 0;
        this.playedNs = scan.firstReceivedNs;
        readNext();
    }

    /** Returns the recorded answer to exchangeInfo, or null if one has to be made. */
    public byte[] exchangeInfo() {
        return scan.exchangeInfo;
    }

    @Override
    public List<ContractRules> rules() {
        Map<String, JsonNode> recorded = new LinkedHashMap<>();
        if (scan.exchangeInfo != null) {
            try {
                for (JsonNode symbol :
                        new ObjectMapper().readTree(scan.exchangeInfo).get("symbols")) {
                    recorded.put(symbol.get("symbol").textValue(), symbol);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("exchangeInfo of the capture is no JSON", e);
            }
        }
        return symbols.stream()
                .map(spec -> recorded.containsKey(spec.symbol())
                        ? ContractRulesJson.rules(recorded.get(spec.symbol()), spec)
                        : ContractRules.of(spec))
                .toList();
    }

    @Override
    public List<SymbolSpec> symbols() {
        return symbols;
    }

    @Override
    public void onStreamsWanted(int streams) {
        isReady |= streams >= settings.startAfterStreams();
    }

    @Override
    public int advance(long nowNs, int limit, FrameSink sink) {
        if (!isReady) {
            return 0;
        }
        if (startNs < 0) {
            startNs = nowNs;
        }
        int done = 0;
        while (done < limit && !isExhausted && (isPacedByReaders() || dueNs() <= nowNs)) {
            play(sink);
            readNext();
            done++;
        }
        return done;
    }

    private void play(FrameSink sink) {
        playedNs = Math.max(playedNs, line.receivedNs());
        if (row.kind != CaptureRow.Kind.PAYLOAD || row.stream == null || row.symbol == null) {
            return;
        }
        int symbol = symbolIndex.get(row.symbol);
        if (row.stream.isDepth()) {
            books[symbol].onDiff(row, line.number());
        } else if (trading != null) {
            trading.onRow(symbol, row);
        }
        boolean isCopied = false;
        for (StreamKind kind : SAME_STREAM[row.stream.index()]) {
            if (sink.isWanted(symbol, kind)) {
                if (!isCopied) {
                    copyPayload();
                    isCopied = true;
                }
                sink.onFrame(symbol, kind, payload, row.payloadLength);
            }
        }
    }

    private void copyPayload() {
        if (payload.length < row.payloadLength) {
            payload = new byte[row.payloadLength * 2];
        }
        System.arraycopy(line.bytes(), row.payloadOffset, payload, 0, row.payloadLength);
    }

    private void readNext() {
        try {
            isExhausted = !line.next();
            if (!isExhausted) {
                row.parse(line, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("capture " + settings.file() + " changed while it was played", e);
        }
    }

    private long dueNs() {
        double sinceStart = line.receivedNs() - scan.firstReceivedNs;
        return startNs + (long) (sinceStart / settings.speed());
    }

    @Override
    public long nextDueNs() {
        if (isExhausted || !isReady) {
            return NEVER;
        }
        return isPacedByReaders() || startNs < 0 ? 0 : dueNs();
    }

    @Override
    public boolean isExhausted() {
        return isExhausted;
    }

    @Override
    public boolean isPacedByReaders() {
        return settings.speed() == 0;
    }

    @Override
    public MarketPort connect(MarketFlow flow) {
        trading = new CaptureTrading(books, row, settings.hasImpact(), flow);
        row.isTrading = true;
        return trading.port();
    }

    @Override
    public PricePort prices() {
        return trading;
    }

    @Override
    public BookImage book(int symbol, int limit) {
        return books[symbol].image(limit);
    }

    @Override
    public void flush(long nowNs, FrameSink sink) {
        // Recorded batches stay as they are.
    }

    @Override
    public void skip(long deltaNs) {
        startNs += startNs < 0 ? 0 : deltaNs;
    }

    @Override
    public boolean isOnDriversTime() {
        return false;
    }

    @Override
    public long venueTimeMs(long clockNs) {
        return playedNs / NS_PER_MS;
    }

    /** Returns the lines of the file. */
    public long lines() {
        return scan.lines;
    }

    /** Returns the lines that hold nothing that can be played. */
    public long ignoredLines() {
        return scan.ignoredLines;
    }

    /** Returns the gaps in the recorded diffs that have been played. */
    public long gaps() {
        return Arrays.stream(books).mapToLong(CaptureBook::gaps).sum();
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (IOException e) {
            throw new UncheckedIOException("capture " + settings.file() + " cannot be closed", e);
        }
    }
}
