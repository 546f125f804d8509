package io.millrace.exchange.market;

import io.millrace.exchange.pricing.ImpactPrice;
import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.LadderBook;
import io.millrace.exchange.venue.UpdateIds;

/**
 * Turns what happens in one symbol's book into its streams, so that they agree with each other: every payload is written from
 * the same book at the same update id. The venue calls it between {@link #begin} and {@link #end} for each order that is
 * placed, cancelled or filled, and {@link #onTimer} every 50 ms.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class SymbolPublisher {
    private static final StreamKind[] DEPTH_KINDS = {
        StreamKind.DEPTH_0MS, StreamKind.DEPTH_100MS, StreamKind.DEPTH_250MS, StreamKind.DEPTH_500MS
    };

    private final int symbol;
    private final LadderBook book;
    private final UpdateIds updateIds;
    private final JsonWriter out;
    private final PayloadWriter writer;
    private final DepthChain[] chains = new DepthChain[DEPTH_KINDS.length];
    private final KlineBar bar = new KlineBar();
    private final RollingDay day;
    private final MarkPrice mark;
    private final ImpactPrice impact;
    private final Aggregate aggregate = new Aggregate();
    private final Liquidation liquidation = new Liquidation();

    private FrameSink sink;
    private long timeMs;
    private boolean isTakerSell;
    private long takerLots;
    private long takerTurnover;
    private long takerLimitTicks;
    private long takerLastLots;
    private long lastTradeId;
    private long lastAggregateId;
    private long lastPriceTicks;
    private long touchBidLots;
    private long touchAskLots;
    private long touchBid;
    private long touchAsk;
    private boolean isFundingDue;

    /**
     * Begins to publish a book.
     *
     * @param symbol index of the symbol.
     * @param book as it stands.
     * @param updateIds the venue's counter.
     * @param out shared by all publishers of the thread.
     * @param isCurrent whether payloads carry the fields of 2026 ({@code st}, {@code ps}, {@code nq}, {@code ap}).
     * @param mark makes the symbol's mark price; its time of beginning is that of the publisher.
     */
    public SymbolPublisher(
            int symbol, LadderBook book, UpdateIds updateIds, JsonWriter out, boolean isCurrent, MarkPrice mark) {
        this.symbol = symbol;
        this.book = book;
        this.updateIds = updateIds;
        this.out = out;
        this.writer = new PayloadWriter(book.spec(), out, isCurrent);
        this.mark = mark;
        this.impact =
                new ImpactPrice(book, ContractRules.of(book.spec()).brackets().maxLeverage());
        this.day = new RollingDay(mark.startMs());
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new DepthChain(book.lastUpdateId());
        }
        lastPriceTicks = book.bestBid();
        lastTradeId = 1_000_000L * (symbol + 1);
        lastAggregateId = 500_000L * (symbol + 1);
        bar.open(mark.startMs(), lastPriceTicks);
        rememberTouch();
    }

    /**
     * Begins one event of the matching engine.
     *
     * @param eventMs its time, epoch milliseconds, not before the last one's.
     * @param frames takes the payloads until {@link #end}.
     */
    public void begin(long eventMs, FrameSink frames) {
        sink = frames;
        timeMs = eventMs;
        rollBar();
        for (int i = 0; i < chains.length; i++) {
            chains[i].track(frames.isWanted(symbol, DEPTH_KINDS[i]));
        }
    }

    /**
     * A level got a new quantity.
     *
     * @param isBid side.
     * @param tick price.
     */
    public void onChange(boolean isBid, long tick) {
        long id = updateIds.next();
        book.onChanged(id, timeMs);
        for (DepthChain chain : chains) {
            chain.onChange(isBid, tick, id);
        }
    }

    /**
     * An order begins to take from the book.
     *
     * @param isSell side of the taker.
     * @param limitTicks its limit, what a liquidation is published with.
     */
    public void beginTaker(boolean isSell, long limitTicks) {
        isTakerSell = isSell;
        takerLots = 0;
        takerTurnover = 0;
        takerLimitTicks = limitTicks;
        aggregate.qtyLots = 0;
    }

    /**
     * One resting order was filled by the taker.
     *
     * @param tick price.
     * @param qtyLots quantity, above 0.
     * @return id of the trade.
     */
    public long onFill(long tick, long qtyLots) {
        long id = ++lastTradeId;
        lastPriceTicks = tick;
        takerLots += qtyLots;
        takerLastLots = qtyLots;
        takerTurnover += tick * qtyLots;
        bar.onTrade(id, tick, qtyLots, isTakerSell);
        day.onTrade(timeMs, id, tick, qtyLots);
        if (sink.isWanted(symbol, StreamKind.TRADE)) {
            writer.trade(timeMs, id, tick, qtyLots, isTakerSell);
            publish(StreamKind.TRADE);
        }
        if (aggregate.qtyLots == 0 || aggregate.priceTicks != tick) {
            endAggregate();
            aggregate.priceTicks = tick;
            aggregate.firstTradeId = id;
        }
        aggregate.qtyLots += qtyLots;
        aggregate.lastTradeId = id;
        return id;
    }

    /**
     * The taker has taken what it could.
     *
     * @param isLiquidation whether the venue itself closed a position with it.
     */
    public void endTaker(boolean isLiquidation) {
        endAggregate();
        if (isLiquidation && takerLots > liquidation.qtyLots) {
            liquidation.isSell = isTakerSell;
            liquidation.qtyLots = takerLots;
            liquidation.limitTicks = takerLimitTicks;
            liquidation.turnover = takerTurnover;
            liquidation.lastLots = takerLastLots;
            liquidation.timeMs = timeMs;
        }
    }

    /** The event is over: what is not batched is published. */
    public void end() {
        if (chains[0].isPending()) {
            flushDepth(0, timeMs);
        }
        if (hasNewTouch()) {
            rememberTouch();
            if (sink.isWanted(symbol, StreamKind.BOOK_TICKER)) {
                writer.bookTicker(book);
                publish(StreamKind.BOOK_TICKER);
            }
        }
    }

    /**
     * The symbol's timer.
     *
     * @param count of timers since the market began, from 1 on.
     * @param nowMs epoch milliseconds.
     * @param frames takes the payloads.
     */
    public void onTimer(long count, long nowMs, FrameSink frames) {
        sink = frames;
        timeMs = nowMs;
        rollBar();
        for (int i = 1; i < chains.length; i++) {
            if (count % DEPTH_KINDS[i].periodUnits() == 0 && chains[i].isPending()) {
                flushDepth(i, nowMs);
            }
        }
        if (bar.isDirty && isDue(StreamKind.KLINE_1M, count)) {
            publishBar(false);
        }
        if (count % StreamKind.MARK_PRICE_1S.periodUnits() == 0) {
            isFundingDue = mark.sample(samplePrices(), nowMs);
            publishMark(StreamKind.MARK_PRICE_1S, count);
            publishMark(StreamKind.MARK_PRICE_3S, count);
        }
        if (liquidation.qtyLots > 0 && isDue(StreamKind.FORCE_ORDER, count)) {
            if (sink.isWanted(symbol, StreamKind.FORCE_ORDER)) {
                writer.forceOrder(liquidation, nowMs);
                publish(StreamKind.FORCE_ORDER);
            }
            liquidation.qtyLots = 0;
        }
        if (day.isDirty && isDue(StreamKind.TICKER_24H, count)) {
            day.isDirty = false;
            if (sink.isWanted(symbol, StreamKind.TICKER_24H)) {
                day.sum(nowMs);
                writer.ticker(day, nowMs);
                publish(StreamKind.TICKER_24H);
            }
        }
    }

    /**
     * Publishes what the batched diff streams have gathered.
     *
     * @param nowMs epoch milliseconds.
     * @param frames takes the payloads.
     */
    public void flush(long nowMs, FrameSink frames) {
        sink = frames;
        timeMs = nowMs;
        for (int i = 1; i < chains.length; i++) {
            if (chains[i].isPending()) {
                flushDepth(i, nowMs);
            }
        }
    }

    /** Returns the last traded price, the opening price before the first trade. */
    public long lastPriceTicks() {
        return lastPriceTicks;
    }

    /** Holds the mark price where it is put, at 1e-8; 0 lets it go. */
    public void pinMark(long markE8) {
        mark.pin(markE8);
    }

    /** Makes the next settlement of funding use a rate, at 1e-8. */
    public void forceFundingRate(long rateE8) {
        mark.forceRate(rateE8);
    }

    /** Returns the mark price at 1e-8; before its first sample the middle of the book. */
    public long markPriceE8() {
        if (mark.isKnown()) {
            return mark.markE8();
        }
        return (impact.bestE8(true) + impact.bestE8(false)) / 2;
    }

    /** Says whether the last sample of the mark price was the one that funding is settled with. */
    public boolean isFundingDue() {
        return isFundingDue;
    }

    /** Returns the symbol's index, mark price and funding rate: the ones that are published and settled. */
    public MarkPrice mark() {
        return mark;
    }

    private MarkPrice.Sample samplePrices() {
        return new MarkPrice.Sample(
                impact.bestE8(true),
                impact.bestE8(false),
                impact.of(true),
                impact.of(false),
                impact.priceE8(lastPriceTicks));
    }

    private static boolean isDue(StreamKind kind, long count) {
        return count % kind.periodUnits() == 0;
    }

    private void endAggregate() {
        if (aggregate.qtyLots == 0) {
            return;
        }
        aggregate.id = ++lastAggregateId;
        aggregate.timeMs = timeMs;
        aggregate.isBuyerMaker = isTakerSell;
        if (sink.isWanted(symbol, StreamKind.AGG_TRADE)) {
            writer.aggTrade(aggregate);
            publish(StreamKind.AGG_TRADE);
        }
        aggregate.qtyLots = 0;
    }

    private void flushDepth(int index, long eventMs) {
        DepthChain chain = chains[index];
        StreamKind kind = DEPTH_KINDS[index];
        if (chain.isComplete() && sink.isWanted(symbol, kind)) {
            writer.depth(chain, book, eventMs);
            publish(kind);
        }
        chain.next(book.lastUpdateId());
    }

    private void publishMark(StreamKind kind, long count) {
        if (isDue(kind, count) && sink.isWanted(symbol, kind)) {
            writer.markPrice(mark, timeMs);
            publish(kind);
        }
    }

    private void rollBar() {
        if (bar.isOver(timeMs)) {
            publishBar(true);
            bar.open(timeMs, bar.closeTicks);
        }
    }

    private void publishBar(boolean isFinal) {
        bar.isDirty = false;
        if (sink.isWanted(symbol, StreamKind.KLINE_1M)) {
            writer.kline(bar, isFinal, timeMs);
            publish(StreamKind.KLINE_1M);
        }
    }

    private boolean hasNewTouch() {
        return touchBid != book.bestBid()
                || touchAsk != book.bestAsk()
                || touchBidLots != book.lotsAt(true, touchBid)
                || touchAskLots != book.lotsAt(false, touchAsk);
    }

    private void rememberTouch() {
        touchBid = book.bestBid();
        touchAsk = book.bestAsk();
        touchBidLots = book.lotsAt(true, touchBid);
        touchAskLots = book.lotsAt(false, touchAsk);
    }

    private void publish(StreamKind kind) {
        sink.onFrame(symbol, kind, out.bytes(), out.length());
    }
}
