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
    /** How many of the first symbols have a contract of the other product too, in the streams of the whole market. */
    static final int COIN_MARGINED = 4;

    private final int symbol;
    private final LadderBook book;
    private final UpdateIds updateIds;
    private final JsonWriter out;
    private final PayloadWriter writer;
    private final PayloadWriter coinWriter;
    private final DepthStreams depths;
    private final BarStreams bars;
    private final MarkPrice mark;
    private final ImpactPrice impact;
    private final SymbolHistory history;
    private final RollingDay day;
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
     * @param payloads how payloads are written.
     * @param mark makes the symbol's mark price; its time of beginning is that of the publisher.
     * @param past bars from before that time.
     */
    public SymbolPublisher(
            int symbol, LadderBook book, UpdateIds updateIds, Payloads payloads, MarkPrice mark, BarPast past) {
        this.symbol = symbol;
        this.book = book;
        this.updateIds = updateIds;
        this.out = payloads.out();
        this.writer = new PayloadWriter(symbol, book.spec(), out, payloads.isCurrent());
        this.coinWriter = payloads.isCurrent() && symbol < COIN_MARGINED
                ? PayloadWriter.coinMargined(symbol, book.spec(), out)
                : null;
        this.mark = mark;
        this.impact =
                new ImpactPrice(book, ContractRules.of(book.spec()).brackets().maxLeverage());
        lastPriceTicks = book.bestBid();
        lastTradeId = 1_000_000L * (symbol + 1);
        lastAggregateId = 500_000L * (symbol + 1);
        this.history = new SymbolHistory(book.spec(), mark, lastPriceTicks, lastTradeId, past);
        this.day = history.day();
        this.depths = new DepthStreams(symbol, book, out, writer);
        this.bars = new BarStreams(symbol, history.bars(), out, writer);
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
        bars.roll(timeMs, frames);
        depths.begin(frames);
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
        depths.onChange(isBid, tick, id);
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
        history.onTrade(timeMs, id, tick, qtyLots, isTakerSell);
        if (sink.isWanted(symbol, StreamKind.TRADE)) {
            cleared().trade(timeMs, id, tick, qtyLots, isTakerSell);
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
        depths.end(timeMs, sink);
        if (hasNewTouch()) {
            rememberTouch();
            if (sink.isWanted(symbol, StreamKind.BOOK_TICKER)) {
                cleared().bookTicker(book);
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
        bars.roll(nowMs, frames);
        depths.onTimer(count, nowMs, frames);
        bars.onTimer(count, nowMs, frames);
        if (count % StreamKind.MARK_PRICE_1S.periodUnits() == 0) {
            isFundingDue = mark.sample(samplePrices(), nowMs);
            history.onMark(nowMs);
            if (isFundingDue) {
                history.onFunding();
            }
            publishMark(StreamKind.MARK_PRICE_1S, count);
            publishMark(StreamKind.MARK_PRICE_3S, count);
        }
        if (liquidation.qtyLots > 0 && isDue(StreamKind.FORCE_ORDER, count)) {
            publishLiquidation(nowMs);
            liquidation.qtyLots = 0;
        }
        if (day.isDirty && isDue(StreamKind.TICKER_24H, count)) {
            day.isDirty = false;
            publishDay(nowMs);
        }
    }

    private void publishLiquidation(long nowMs) {
        boolean isWanted = sink.isWanted(symbol, StreamKind.FORCE_ORDER);
        boolean isWantedByAll = sink.isWanted(FrameSink.WHOLE_MARKET, StreamKind.ALL_FORCE_ORDERS);
        if (!isWanted && !isWantedByAll) {
            return;
        }
        cleared().forceOrder(liquidation, nowMs);
        if (isWanted) {
            publish(StreamKind.FORCE_ORDER);
        }
        if (isWantedByAll) {
            sink.onFrame(FrameSink.WHOLE_MARKET, StreamKind.ALL_FORCE_ORDERS, out.bytes(), out.length());
            if (coinWriter != null) {
                out.clear();
                coinWriter.forceOrder(liquidation, nowMs);
                sink.onFrame(FrameSink.WHOLE_MARKET, StreamKind.ALL_FORCE_ORDERS, out.bytes(), out.length());
            }
        }
    }

    private void publishDay(long nowMs) {
        if (sink.isWanted(symbol, StreamKind.TICKER_24H)) {
            day.sum(nowMs);
            cleared().ticker(day, nowMs);
            publish(StreamKind.TICKER_24H);
        }
        if (sink.isWanted(symbol, StreamKind.MINI_TICKER)) {
            day.sum(nowMs);
            cleared().miniTicker(day, nowMs);
            publish(StreamKind.MINI_TICKER);
        }
    }

    /** Returns what a client can ask about the symbol. */
    public SymbolHistory history() {
        return history;
    }

    LadderBook book() {
        return book;
    }

    /** Returns the writer of the symbol's payloads. */
    PayloadWriter writer() {
        return writer;
    }

    /** Returns the writer for the contract that is margined in the asset, or null if there is none. */
    PayloadWriter coinWriter() {
        return coinWriter;
    }

    /**
     * Publishes what the batched diff streams have gathered.
     *
     * @param nowMs epoch milliseconds.
     * @param frames takes the payloads.
     */
    public void flush(long nowMs, FrameSink frames) {
        depths.flush(nowMs, frames);
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
        history.onAggregate(aggregate);
        if (sink.isWanted(symbol, StreamKind.AGG_TRADE)) {
            cleared().aggTrade(aggregate);
            publish(StreamKind.AGG_TRADE);
        }
        aggregate.qtyLots = 0;
    }

    private void publishMark(StreamKind kind, long count) {
        if (isDue(kind, count) && sink.isWanted(symbol, kind)) {
            cleared().markPrice(mark, timeMs);
            publish(kind);
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

    private PayloadWriter cleared() {
        out.clear();
        return writer;
    }

    private void publish(StreamKind kind) {
        sink.onFrame(symbol, kind, out.bytes(), out.length());
    }
}
