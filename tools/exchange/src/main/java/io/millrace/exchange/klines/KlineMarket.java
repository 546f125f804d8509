package io.millrace.exchange.klines;

import io.millrace.exchange.market.CompositeIndex;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.MarketStreams;
import io.millrace.exchange.market.Payloads;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.market.SymbolPublisher;
import io.millrace.exchange.pricing.FundingTerms;
import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.SymbolSpec;
import io.millrace.exchange.venue.UpdateIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays files of bars as a market. Trades of all symbols come at the same moments, a bar's length divided by the steps of a bar;
 * what the venue batches comes once a second. The published bars are the file's, price by price and lot by lot. Where a file
 * has no bar its symbol stands still.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class KlineMarket implements MarketSource {
    /** In place of a time: the driver's clock tells the time of the files. */
    public static final long FILE_TIME = Long.MIN_VALUE;

    private static final long NS_PER_MS = 1_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TIMERS_PER_SECOND = SECOND_NS / StreamKind.PERIOD_UNIT_NS;
    private static final long FIRST_UPDATE_ID = 11_873_004_410_000L;
    private static final long INDEX_SEED = 7_368_787L;
    private static final int WRITER_CAPACITY = 64 * 1024;

    private final KlineSettings settings;
    private final List<KlineFile> files = new ArrayList<>();
    private final List<SymbolSpec> symbols;
    private final KlineBook[] books;
    private final SymbolPublisher[] publishers;
    private final BarPath[] paths;
    /** Next trade of the bar that each symbol is in. */
    private final int[] nextTrade;

    private final MarketStreams marketStreams;
    private final KlineTrading trading;
    private final long intervalNs;
    private final long firstNs;
    private final long endNs;
    private long startNs;
    private long barNs;
    private int step;
    private long nextTimerNs;
    private long seconds;
    private boolean isExhausted;

    /**
     * Reads the files.
     *
     * @param settings what to play, and how.
     * @param startNs time of the driver's clock at which the first bar begins, epoch nanoseconds, or {@link #FILE_TIME}.
     * @throws IOException if a file cannot be read or is no file of bars.
     */
    public KlineMarket(KlineSettings settings, long startNs) throws IOException {
        this.settings = settings;
        for (Path path : settings.files()) {
            files.add(KlineFile.read(path));
        }
        KlineFile first = files.get(0);
        if (settings.startBar() >= first.count()) {
            throw new IOException("klines startBar=" + settings.startBar() + " is not below the " + first.count()
                    + " bars of " + settings.files().get(0));
        }
        long firstMs = first.timeMs(settings.startBar());
        checkIntervals();
        intervalNs = first.intervalMs() * NS_PER_MS;
        firstNs = firstMs * NS_PER_MS;
        this.startNs = startNs == FILE_TIME ? firstNs : startNs;
        long lastMs = files.stream()
                .mapToLong(file -> file.timeMs(file.count() - 1))
                .max()
                .orElseThrow();
        endNs = lastMs * NS_PER_MS + intervalNs;
        symbols = files.stream().map(KlineFile::spec).toList();
        int count = files.size();
        books = new KlineBook[count];
        publishers = new SymbolPublisher[count];
        paths = new BarPath[count];
        nextTrade = new int[count];
        Payloads payloads = new Payloads(new JsonWriter(WRITER_CAPACITY), true);
        UpdateIds updateIds = new UpdateIds(FIRST_UPDATE_ID);
        LadderBook[] ladders = new LadderBook[count];
        for (int i = 0; i < count; i++) {
            KlineFile file = files.get(i);
            long seed = seed(i);
            int bar = Math.min(file.indexFrom(firstMs), file.count() - 1);
            long open = file.openTicks(bar);
            KlinePast past = new KlinePast(file, settings.stepsPerBar(), seed, firstMs);
            books[i] = new KlineBook(file.spec(), settings, open);
            ladders[i] = books[i].book();
            ladders[i].onChanged(updateIds.next(), firstMs);
            FundingTerms terms = FundingTerms.of(ContractRules.of(file.spec()));
            MarkPrice mark = new MarkPrice(seed * INDEX_SEED, terms, firstMs);
            publishers[i] = new SymbolPublisher(i, ladders[i], updateIds, payloads, mark, past);
            paths[i] = new BarPath(settings.stepsPerBar());
        }
        marketStreams = new MarketStreams(publishers, payloads);
        trading = new KlineTrading(ladders, publishers);
        barNs = firstNs;
        nextTimerNs = firstNs + SECOND_NS;
        loadBars();
    }

    private void checkIntervals() throws IOException {
        KlineFile first = files.get(0);
        for (int i = 1; i < files.size(); i++) {
            if (files.get(i).intervalMs() != first.intervalMs()) {
                throw new IOException("bars of " + settings.files().get(i) + " are "
                        + files.get(i).intervalMs()
                        + " ms long, those of " + settings.files().get(0) + " " + first.intervalMs()
                        + " ms: give files of one length");
            }
        }
    }

    private long seed(int symbol) {
        return settings.seed() * 1_000_003L + symbol;
    }

    /** Makes the trades of the bar that begins now, of every symbol that has one. */
    private void loadBars() {
        long timeMs = barNs / NS_PER_MS;
        for (int i = 0; i < paths.length; i++) {
            KlineFile file = files.get(i);
            int bar = file.indexFrom(timeMs);
            boolean isBar = bar < file.count() && file.timeMs(bar) == timeMs;
            if (isBar) {
                paths[i].make(file, bar, seed(i));
            }
            nextTrade[i] = isBar ? 0 : Integer.MAX_VALUE;
        }
    }

    @Override
    public List<SymbolSpec> symbols() {
        return symbols;
    }

    private long stepNs() {
        return barNs + intervalNs * step / settings.stepsPerBar();
    }

    private long venueNs(long nowNs) {
        long since = nowNs - startNs;
        return firstNs + (settings.speed() == 1 ? since : (long) (since * settings.speed()));
    }

    @Override
    public int advance(long nowNs, int limit, FrameSink sink) {
        long untilNs = venueNs(nowNs);
        int done = 0;
        while (done < limit && !isExhausted) {
            long stepNs = stepNs();
            if (Math.min(stepNs, nextTimerNs) > untilNs) {
                break;
            }
            if (nextTimerNs <= stepNs) {
                done += timer(sink);
            } else {
                done += trade(stepNs / NS_PER_MS, sink);
                next();
            }
        }
        return Math.min(done, limit);
    }

    private void next() {
        step++;
        if (step == settings.stepsPerBar()) {
            step = 0;
            barNs += intervalNs;
            loadBars();
        }
    }

    /** What is batched, and the bars that are over; the timer of the end is the last thing that happens. */
    private int timer(FrameSink sink) {
        seconds++;
        long timeMs = nextTimerNs / NS_PER_MS;
        for (int i = 0; i < publishers.length; i++) {
            publishers[i].onTimer(seconds * TIMERS_PER_SECOND, timeMs, sink);
            trading.onTimer(i);
        }
        marketStreams.onTimer(seconds, timeMs, sink);
        isExhausted = nextTimerNs >= endNs;
        nextTimerNs += SECOND_NS;
        return publishers.length;
    }

    private int trade(long timeMs, FrameSink sink) {
        int trades = 0;
        for (int i = 0; i < paths.length; i++) {
            BarPath path = paths[i];
            int trade = nextTrade[i];
            // Fewer trades than steps are spread over the bar.
            if (trade < path.count() && (long) trade * settings.stepsPerBar() / path.count() <= step) {
                nextTrade[i]++;
                trades++;
                trade(i, path.priceTicks[trade], path.qtyLots[trade], path.isSell[trade], timeMs, sink);
            }
        }
        return Math.max(1, trades);
    }

    private void trade(int symbol, long priceTicks, long qtyLots, boolean isSell, long timeMs, FrameSink sink) {
        SymbolPublisher publisher = publishers[symbol];
        publisher.begin(timeMs, sink);
        publisher.beginTaker(isSell, priceTicks);
        publisher.onFill(priceTicks, qtyLots);
        publisher.endTaker(false);
        trading.onPrint(symbol, isSell, priceTicks, qtyLots, timeMs);
        books[symbol].move(priceTicks, isSell, (isBid, tick, oldLots, newLots) -> {
            publisher.onChange(isBid, tick);
            trading.onLevel(symbol, isBid, tick, oldLots, newLots, timeMs);
        });
        publisher.end();
        trading.onLast(symbol);
    }

    @Override
    public long nextDueNs() {
        if (isExhausted) {
            return NEVER;
        }
        long since = Math.min(stepNs(), nextTimerNs) - firstNs;
        return startNs + (settings.speed() == 1 ? since : (long) Math.ceil(since / settings.speed()));
    }

    @Override
    public BookImage book(int symbol, int limit) {
        return books[symbol].book().image(limit);
    }

    @Override
    public void flush(long nowNs, FrameSink sink) {
        for (SymbolPublisher publisher : publishers) {
            publisher.flush(venueNs(nowNs) / NS_PER_MS, sink);
        }
    }

    @Override
    public void skip(long deltaNs) {
        startNs += deltaNs;
    }

    @Override
    public long venueTimeMs(long clockNs) {
        return venueNs(clockNs) / NS_PER_MS;
    }

    @Override
    public boolean isOnDriversTime() {
        return settings.speed() == 1 && startNs == firstNs;
    }

    @Override
    public boolean isExhausted() {
        return isExhausted;
    }

    /** Returns when the first bar that is played begins, epoch nanoseconds of the file. */
    public long firstNs() {
        return firstNs;
    }

    @Override
    public MarketPort connect(MarketFlow flow) {
        return trading.connect(flow);
    }

    @Override
    public PricePort prices() {
        return trading;
    }

    @Override
    public SymbolHistory history(int symbol) {
        return publishers[symbol].history();
    }

    @Override
    public void fundingTerms(int symbol, FundingTerms terms) {
        publishers[symbol].mark().terms(terms);
    }

    @Override
    public CompositeIndex compositeIndex() {
        return marketStreams.composite();
    }

    @Override
    public void announce(ContractRules rules, boolean hasNewBrackets, long nowNs, FrameSink sink) {
        marketStreams.announce(rules, hasNewBrackets, venueNs(nowNs) / NS_PER_MS, sink);
    }
}
