package io.millrace.exchange.synthetic;

import io.millrace.exchange.market.BarPast;
import io.millrace.exchange.market.CompositeIndex;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.market.MarketShocks;
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
import io.millrace.exchange.venue.VenueRandom;
import java.util.List;

/**
 * Many symbols with an order flow each, in one order of time: the next event of all is always the earliest, ties go to the
 * symbol that comes first. How far each call advances does not change what is published.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class SyntheticMarket implements MarketSource {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long FIRST_UPDATE_ID = 11_873_004_410_000L;
    private static final long PHASE_STEP_NS = 13_700_000L;
    private static final long INDEX_SEED = 7_368_787L;
    private static final int WRITER_CAPACITY = 64 * 1024;
    /** What is traded in a minute for each event a second, in usual orders; as seen over ten minutes. */
    private static final double UNITS_PER_EVENT_AND_MINUTE = 11;

    private final List<SymbolSpec> symbols;
    private final LadderBook[] books;
    private final SymbolPublisher[] publishers;
    private final OrderFlow[] flows;
    private final long[] nextFlowNs;
    private final long[] nextTimerNs;
    private final long[] timers;
    private final int[] heap;
    private final boolean[] isHalted;
    private final SyntheticTrading trading;
    private final MarketStreams marketStreams;
    private long nextMarketTimerNs;
    private long marketTimers;
    private long flowEvents;

    /**
     * Opens a market.
     *
     * @param settings of the market.
     * @param startNs opening time, epoch nanoseconds.
     */
    public SyntheticMarket(SyntheticSettings settings, long startNs) {
        this(settings, SymbolCatalog.list(settings.symbols()), startNs);
    }

    /**
     * Opens a market of given contracts.
     *
     * @param settings of the market.
     * @param contracts with their opening prices, as many as the settings say.
     * @param startNs opening time, epoch nanoseconds.
     */
    public SyntheticMarket(SyntheticSettings settings, List<SymbolSpec> contracts, long startNs) {
        int count = settings.symbols();
        if (contracts.size() != count) {
            throw new IllegalArgumentException("contracts=" + contracts.size() + " are given and symbols=" + count
                    + " are asked for, give as many");
        }
        symbols = List.copyOf(contracts);
        ClientLevels[] clients = new ClientLevels[count];
        books = new LadderBook[count];
        publishers = new SymbolPublisher[count];
        flows = new OrderFlow[count];
        nextFlowNs = new long[count];
        nextTimerNs = new long[count];
        timers = new long[count];
        heap = new int[count];
        isHalted = new boolean[count];
        trading = new SyntheticTrading(books, publishers, clients);
        Payloads payloads = new Payloads(new JsonWriter(WRITER_CAPACITY), settings.hasCurrentFields());
        UpdateIds updateIds = new UpdateIds(FIRST_UPDATE_ID);
        long startMs = startNs / NS_PER_MS;
        double weights = 0;
        for (int i = 0; i < count; i++) {
            weights += weight(i);
        }
        for (int i = 0; i < count; i++) {
            SymbolSpec spec = symbols.get(i);
            VenueRandom random = new VenueRandom(settings.seed() * 1_000_003L + i);
            LadderBook book = new LadderBook(spec, settings.effectiveDepthTicks(i), spec.startPriceTicks(), 1);
            OrderFlow.seed(book, random);
            book.onChanged(updateIds.next(), startMs);
            books[i] = book;
            MarkPrice mark =
                    new MarkPrice(settings.seed() * INDEX_SEED + i, FundingTerms.of(ContractRules.of(spec)), startMs);
            double rate = settings.effectiveRate() * weight(i) / weights;
            BarPast past = new SyntheticPast(
                    settings.seed() * 1_000_003L + i,
                    startMs,
                    book.bestBid(),
                    OrderFlow.unitLots(book) * rate * UNITS_PER_EVENT_AND_MINUTE);
            publishers[i] = new SymbolPublisher(i, book, updateIds, payloads, mark, past);
            clients[i] = new ClientLevels(i, book, publishers[i]);
            flows[i] = new OrderFlow(i, trading, random, rate, settings.jumpsPerHour());
            nextFlowNs[i] = startNs + flows[i].nextDelayNs();
            // Timers of different symbols fall at different moments, as the venue's do.
            nextTimerNs[i] = startNs + 1 + i * PHASE_STEP_NS % StreamKind.PERIOD_UNIT_NS;
            heap[i] = i;
        }
        for (int i = count / 2; i >= 0; i--) {
            siftDown(i);
        }
        marketStreams = new MarketStreams(publishers, payloads);
        nextMarketTimerNs = startNs + MarketStreams.PERIOD_NS;
    }

    @Override
    public List<SymbolSpec> symbols() {
        return symbols;
    }

    @Override
    public int advance(long nowNs, int limit, FrameSink sink) {
        int done = 0;
        while (done < limit) {
            int symbol = heap[0];
            long dueNs = dueNs(symbol);
            if (Math.min(dueNs, nextMarketTimerNs) > nowNs) {
                break;
            }
            done++;
            if (nextMarketTimerNs < dueNs) {
                marketStreams.onTimer(++marketTimers, nextMarketTimerNs / NS_PER_MS, sink);
                nextMarketTimerNs += MarketStreams.PERIOD_NS;
                continue;
            }
            if (nextTimerNs[symbol] <= nextFlowNs[symbol]) {
                nextTimerNs[symbol] = dueNs + StreamKind.PERIOD_UNIT_NS;
                trading.enter(dueNs / NS_PER_MS, sink);
                publishers[symbol].onTimer(++timers[symbol], trading.nowMs(), sink);
                trading.onTimer(symbol, timers[symbol]);
            } else {
                if (!isHalted[symbol]) {
                    flows[symbol].run(dueNs / NS_PER_MS, sink);
                }
                nextFlowNs[symbol] = dueNs + flows[symbol].nextDelayNs();
                flowEvents++;
            }
            siftDown(0);
        }
        return done;
    }

    @Override
    public long nextDueNs() {
        return Math.min(nextMarketTimerNs, dueNs(heap[0]));
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
        marketStreams.announce(rules, hasNewBrackets, nowNs / NS_PER_MS, sink);
    }

    @Override
    public BookImage book(int symbol, int limit) {
        return books[symbol].image(limit);
    }

    @Override
    public void flush(long nowNs, FrameSink sink) {
        for (SymbolPublisher publisher : publishers) {
            publisher.flush(nowNs / NS_PER_MS, sink);
        }
    }

    @Override
    public void skip(long deltaNs) {
        nextMarketTimerNs += deltaNs;
        for (int i = 0; i < heap.length; i++) {
            nextFlowNs[i] += deltaNs;
            nextTimerNs[i] += deltaNs;
        }
    }

    @Override
    public MarketPort connect(MarketFlow flow) {
        trading.connect(flow);
        return trading;
    }

    @Override
    public void enter(long nowNs, FrameSink sink) {
        trading.enter(nowNs / NS_PER_MS, sink);
    }

    @Override
    public MarketShocks shocks() {
        return new Shocks();
    }

    @Override
    public PricePort prices() {
        return new PricePort() {
            @Override
            public long lastTicks(int symbol) {
                return publishers[symbol].lastPriceTicks();
            }

            @Override
            public long markPrice(int symbol) {
                return publishers[symbol].markPriceE8();
            }

            @Override
            public long bestBidTicks(int symbol) {
                return books[symbol].bestBid();
            }

            @Override
            public long bestAskTicks(int symbol) {
                return books[symbol].bestAsk();
            }
        };
    }

    /**
     * Returns how many ticks a side of a book reaches from its best price.
     *
     * @param symbol index of the contract.
     */
    public int depthTicks(int symbol) {
        return books[symbol].depthTicks();
    }

    /** Returns the order-flow events so far; each is an order placed, cancelled or filled. */
    public long flowEvents() {
        return flowEvents;
    }

    private static double weight(int symbol) {
        return 1 / StrictMath.pow(symbol + 3, 0.85);
    }

    private long dueNs(int symbol) {
        return Math.min(nextFlowNs[symbol], nextTimerNs[symbol]);
    }

    private void siftDown(int from) {
        int at = from;
        int moving = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= heap.length) {
                break;
            }
            if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], moving)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moving;
    }

    private boolean isBefore(int left, int right) {
        long leftNs = dueNs(left);
        long rightNs = dueNs(right);
        return leftNs < rightNs || (leftNs == rightNs && left < right);
    }

    /** What can be done to this market. */
    private final class Shocks implements MarketShocks {
        @Override
        public void halt(int symbol, boolean isNowHalted) {
            isHalted[symbol] = isNowHalted;
        }

        @Override
        public void priceStepTicks(int symbol, long stepTicks) {
            flows[symbol].priceStepTicks(stepTicks);
        }

        @Override
        public void movePrice(int symbol, long targetTicks, long overMs, boolean isLasting) {
            flows[symbol].move(targetTicks, trading.nowMs(), overMs, isLasting);
            if (overMs == 0) {
                flows[symbol].moveNow();
            }
        }

        @Override
        public void drain(int symbol, int keptPercent, long forMs) {
            flows[symbol].drain(keptPercent, trading.nowMs() + forMs);
        }

        @Override
        public void pinMark(int symbol, long markE8) {
            publishers[symbol].pinMark(markE8);
            trading.onMarkPinned(symbol);
        }

        @Override
        public void forceFundingRate(int symbol, long rateE8) {
            publishers[symbol].forceFundingRate(rateE8);
        }
    }
}
