package io.millrace.app.inspect;

import io.millrace.app.inspect.CaptureReport.SymbolReport;
import io.millrace.app.inspect.TickerCheck.Touch;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.DepthSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.book.OrderBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Inspects one capture: a pass with Jackson for symbols and grids, a pass through decoder and book that checks, and timed
 * passes through the same two with nobody looking on.
 */
public final class CaptureInspection {
    private static final int MAX_PASSES = 100;
    private static final int MEDIAN_OF = 9;
    private static final long TIMED_BUDGET_NS = 3_000_000_000L;
    /** Of 16 MiB each: what fits into the memory that the launcher allows. */
    private static final int MAX_KEPT_BLOCKS = 12;

    private static final Map<Integer, String> TYPES = types();

    private final Path file;
    private final Progress progress;
    private final List<InstrumentSpec> instruments;
    private final TickerCheck[] checks;
    private final Map<Integer, long[]> framesByInstrument = new LinkedHashMap<>();
    private int blocks;
    private final BookTickerDecoder ticker = new BookTickerDecoder();
    private final DepthDiffDecoder diff = new DepthDiffDecoder();
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();

    private CaptureInspection(Path file, Path exchangeInfo, Progress progress) {
        this.file = file;
        this.progress = progress;
        CaptureSurvey survey = CaptureSurvey.of(file, progress);
        this.instruments =
                exchangeInfo == null ? survey.instruments() : ExchangeInfoLookup.specs(exchangeInfo, survey.symbols());
        this.checks = new TickerCheck[instruments.size()];
        Arrays.setAll(checks, i -> new TickerCheck());
    }

    /**
     * Inspects a capture.
     *
     * @param file the capture.
     * @param exchangeInfo the venue's description of its contracts, null to find the grids in the capture.
     * @param progress told how far it is.
     */
    public static CaptureReport of(Path file, Path exchangeInfo, Progress progress) {
        return new CaptureInspection(file, exchangeInfo, progress).inspect();
    }

    /**
     * Returns the symbols in a capture, in the order of their first frame.
     *
     * @param file the capture.
     * @param progress told how far it is.
     */
    public static List<String> symbols(Path file, Progress progress) {
        return CaptureSurvey.of(file, progress).symbols();
    }

    private CaptureReport inspect() {
        BookPass checked = pass(this::observe, "checking");
        double nsPerFrame = time();
        progress.end();
        Map<String, Long> frames = new LinkedHashMap<>();
        TYPES.forEach((templateId, name) -> putIfAny(frames, name, checked.frames(templateId)));
        putIfAny(frames, "ignored", checked.ignored());
        List<SymbolReport> symbols = new ArrayList<>();
        for (BookReport report : checked.stage().reports()) {
            symbols.add(symbol(report));
        }
        return new CaptureReport(file.toString(), frames, symbols, nsPerFrame);
    }

    private SymbolReport symbol(BookReport report) {
        InstrumentSpec spec = instruments.get(report.instrumentId());
        TickerCheck check = checks[report.instrumentId()];
        Map<String, Long> frames = new LinkedHashMap<>();
        long[] counts = framesByInstrument.getOrDefault(report.instrumentId(), new long[0]);
        TYPES.forEach(
                (templateId, name) -> putIfAny(frames, name, templateId < counts.length ? counts[templateId] : 0));
        return new SymbolReport(
                report.symbol(),
                frames,
                report.diffs().applied(),
                report.sync().gaps(),
                report.sync().crossed(),
                check.matched(),
                check.mismatched(),
                check.matchedTickerFirst(),
                check.matchedDepthFirst(),
                report.bidLevels(),
                report.askLevels(),
                report.sync().errors(),
                report.state().name(),
                spec.tick().step().toPlainString(),
                spec.lot().step().toPlainString());
    }

    private BookPass pass(BookPass.Observer observer, String what) {
        BookPass pass = null;
        long frames = 0;
        try (CaptureReader reader = new CaptureReader(file, true)) {
            for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                if (pass == null) {
                    pass = new BookPass(instruments, block.receivedNs(0));
                }
                pass.run(block, observer);
                frames += block.frames();
                blocks++;
                progress.show(String.format(Locale.ROOT, "%s: %s, %,d frames", file, what, frames));
            }
        }
        return pass == null ? new BookPass(instruments, 0) : pass;
    }

    /**
     * Returns the median over the last timed passes of what decoder and book take for a frame. Many passes: the compiler
     * needs a second or two to see what is hot, and until then it would be the interpreter that is measured.
     */
    private double time() {
        List<CaptureBlock> kept = blocks <= MAX_KEPT_BLOCKS ? readAll() : null;
        double[] results = new double[MAX_PASSES];
        int done = 0;
        long startNs = System.nanoTime();
        while (done < MAX_PASSES && (done == 0 || System.nanoTime() - startNs < TIMED_BUDGET_NS)) {
            TimedPass pass = new TimedPass(instruments);
            if (kept != null) {
                kept.forEach(pass::run);
            } else {
                try (CaptureReader reader = new CaptureReader(file, true)) {
                    for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                        pass.run(block);
                    }
                }
            }
            results[done++] = pass.nsPerFrame();
            progress.show(String.format(Locale.ROOT, "%s: timing, pass %d", file, done));
        }
        int from = Math.max(0, done - MEDIAN_OF);
        Arrays.sort(results, from, done);
        return Math.round(results[(from + done) / 2] * 10) / 10.0;
    }

    private List<CaptureBlock> readAll() {
        List<CaptureBlock> all = new ArrayList<>();
        try (CaptureReader reader = new CaptureReader(file, false)) {
            for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                all.add(block);
            }
        }
        return all;
    }

    /** One pass with nobody looking on. Only decoding and book are timed, not the snapshots among the frames. */
    private static final class TimedPass {
        private final List<InstrumentSpec> instruments;
        private BookPass pass;
        private long frames;
        private long ns;

        private TimedPass(List<InstrumentSpec> instruments) {
            this.instruments = instruments;
        }

        private void run(CaptureBlock block) {
            pass = pass == null ? new BookPass(instruments, block.receivedNs(0)) : pass;
            int at = 0;
            while (at < block.frames()) {
                long startNs = System.nanoTime();
                int end = pass.runFrames(block, at);
                ns += System.nanoTime() - startNs;
                frames += end - at;
                if (end < block.frames()) {
                    pass.snapshot(block, end, null);
                }
                at = end + 1;
            }
        }

        private double nsPerFrame() {
            return frames == 0 ? 0 : (double) ns / frames;
        }
    }

    private void observe(DirectBuffer decoded, int templateId, MarketView view, BookStage stage) {
        int instrument = EventHeader.instrumentId(decoded, 0);
        if (instrument < 0) {
            return;
        }
        framesByInstrument.computeIfAbsent(instrument, id -> new long[128])[templateId]++;
        if (templateId == BookTickerDecoder.TEMPLATE_ID) {
            ticker.wrapAndApplyHeader(decoded, 0, frame);
            checks[instrument].onTicker(
                    ticker.updateId(),
                    new Touch(ticker.bidTicks(), ticker.bidLots(), ticker.askTicks(), ticker.askLots()));
        } else if (templateId == DepthDiffDecoder.TEMPLATE_ID) {
            // A diff counts where the book says that it stands at the diff's id now.
            diff.wrapAndApplyHeader(decoded, 0, frame);
            if (view != null && view.isLive() && view.lastUpdateId() == diff.lastUpdateId()) {
                onApplied(instrument, diff.lastUpdateId(), stage);
            }
        }
    }

    private void onApplied(int instrument, long lastUpdateId, BookStage stage) {
        OrderBook book = stage.book(instrument);
        if (book == null) {
            return;
        }
        checks[instrument].onDepth(
                lastUpdateId,
                new Touch(
                        Math.max(0, book.bestTicks(OrderBook.BID)),
                        book.bestLots(OrderBook.BID),
                        Math.max(0, book.bestTicks(OrderBook.ASK)),
                        book.bestLots(OrderBook.ASK)));
    }

    private static void putIfAny(Map<String, Long> counts, String name, long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }

    private static Map<Integer, String> types() {
        Map<Integer, String> types = new LinkedHashMap<>();
        types.put(DepthDiffDecoder.TEMPLATE_ID, "depthUpdate");
        types.put(BookTickerDecoder.TEMPLATE_ID, "bookTicker");
        types.put(io.millrace.codecs.event.AggTradeDecoder.TEMPLATE_ID, "aggTrade");
        types.put(io.millrace.codecs.event.TradeDecoder.TEMPLATE_ID, "trade");
        types.put(io.millrace.codecs.event.MarkPriceDecoder.TEMPLATE_ID, "markPriceUpdate");
        types.put(io.millrace.codecs.event.KlineDecoder.TEMPLATE_ID, "kline");
        types.put(io.millrace.codecs.event.ForceOrderDecoder.TEMPLATE_ID, "forceOrder");
        types.put(io.millrace.codecs.event.Ticker24hDecoder.TEMPLATE_ID, "24hrTicker");
        types.put(DepthSnapshotDecoder.TEMPLATE_ID, "snapshot");
        types.put(DecodeErrorDecoder.TEMPLATE_ID, "error");
        return types;
    }
}
