package io.millrace.engine.bars;

import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;

/** The running one-minute bar of one instrument, from klines or from trades. */
final class MinuteBuilder implements Stateful {
    /** What is running: nothing. */
    private static final int NOTHING = 0;

    private static final int OF_KLINES = 1;
    private static final int OF_TRADES = 2;

    private long openMs = BarSeries.NO_TIME;
    private int content;
    /** Something of this minute was lost: it will be a hole. */
    private boolean isBroken = true;

    private final ClosedBar running = new ClosedBar();
    private long lots;
    private long takerBuyLots;
    private long turnover;
    private double largeTurnover;
    private long eventTimeMs;
    private long receiveNs;
    private long hash;

    /** Returns the minute that is running, {@link BarSeries#NO_TIME} before the first. */
    long openMs() {
        return openMs;
    }

    boolean isBroken() {
        return isBroken;
    }

    /** Returns whether anything came for the running minute. */
    boolean isEmpty() {
        return content == NOTHING;
    }

    /** Begins a minute. */
    void begin(long openMs, boolean isBroken) {
        this.openMs = openMs;
        this.isBroken = isBroken;
        content = NOTHING;
        lots = 0;
        takerBuyLots = 0;
        turnover = 0;
        largeTurnover = 0;
        hash = Hashing.mix(openMs, isBroken ? 1 : 0);
    }

    /** Something of the running minute was lost. */
    void breakOff() {
        isBroken = true;
        hash = Hashing.mix(hash, 1);
    }

    /** Takes a kline of the running minute: all of it as it is now. */
    void onKline(ClosedBar bar, long eventTimeMs, long receiveNs) {
        copy(bar);
        content = OF_KLINES;
        isBroken = false;
        stamp(eventTimeMs, receiveNs);
        hash = Hashing.mix(Hashing.mix(hash, bar.closeE8), bar.trades);
    }

    /**
     * Takes a trade of the running minute.
     *
     * @param priceTicks price.
     * @param priceE8 the same at 1e-8.
     * @param qtyLots quantity.
     * @param count how many trades it stands for.
     * @param isTakerBuy whether the taker bought.
     */
    void onTrade(long priceTicks, long priceE8, long qtyLots, long count, boolean isTakerBuy) {
        if (content == NOTHING) {
            running.flat(openMs, priceE8);
            content = OF_TRADES;
        }
        running.highE8 = Math.max(running.highE8, priceE8);
        running.lowE8 = Math.min(running.lowE8, priceE8);
        running.closeE8 = priceE8;
        running.trades = (int) Math.min(Integer.MAX_VALUE, running.trades + count);
        lots += qtyLots;
        takerBuyLots += isTakerBuy ? qtyLots : 0;
        long value = priceTicks * qtyLots;
        if (Math.multiplyHigh(priceTicks, qtyLots) == 0 && value >= 0 && turnover + value >= 0) {
            turnover += value;
        } else {
            largeTurnover += (double) priceTicks * qtyLots;
        }
        hash = Hashing.mix(Hashing.mix(hash, priceTicks), qtyLots);
    }

    /** Notes when the last event of the minute was pushed and read. */
    void stamp(long eventTimeMs, long receiveNs) {
        this.eventTimeMs = eventTimeMs;
        this.receiveNs = receiveNs;
    }

    /**
     * Writes the running minute as a closed bar. Only if it is not broken and, if nothing came, a last price is known.
     *
     * @param into takes it, without source.
     * @param lastE8 close of the minute before, for a minute without a trade; 0 if unknown.
     * @param grid of lots and turnover.
     */
    void close(ClosedBar into, long lastE8, LotGrid grid) {
        if (content == NOTHING) {
            into.flat(openMs, lastE8);
            into.source = ClosedBar.FLAT;
            return;
        }
        into.openMs = openMs;
        into.openE8 = running.openE8;
        into.highE8 = running.highE8;
        into.lowE8 = running.lowE8;
        into.closeE8 = running.closeE8;
        into.trades = running.trades;
        if (content == OF_TRADES) {
            into.volume = grid.volume(lots);
            into.takerBuyVolume = grid.volume(takerBuyLots);
            into.quoteVolume = grid.turnover(turnover) + largeTurnover * grid.turnover(1);
            into.source = ClosedBar.TRADES;
        } else {
            into.volume = running.volume;
            into.takerBuyVolume = running.takerBuyVolume;
            into.quoteVolume = running.quoteVolume;
            into.source = ClosedBar.CLOCK;
        }
    }

    /** Returns the last price of the running minute at 1e-8, 0 if nothing came. */
    long lastE8() {
        return content == NOTHING ? 0 : running.closeE8;
    }

    long eventTimeMs() {
        return eventTimeMs;
    }

    long receiveNs() {
        return receiveNs;
    }

    long hash() {
        return hash;
    }

    private void copy(ClosedBar bar) {
        running.openE8 = bar.openE8;
        running.highE8 = bar.highE8;
        running.lowE8 = bar.lowE8;
        running.closeE8 = bar.closeE8;
        running.volume = bar.volume;
        running.quoteVolume = bar.quoteVolume;
        running.takerBuyVolume = bar.takerBuyVolume;
        running.trades = bar.trades;
    }

    @Override
    public void visitState(State state) {
        state.type("MinuteBuilder");
        openMs = state.i64(openMs);
        content = state.i32(content);
        isBroken = state.flag(isBroken);
        running.openE8 = state.i64(running.openE8);
        running.highE8 = state.i64(running.highE8);
        running.lowE8 = state.i64(running.lowE8);
        running.closeE8 = state.i64(running.closeE8);
        running.volume = state.f64(running.volume);
        running.quoteVolume = state.f64(running.quoteVolume);
        running.takerBuyVolume = state.f64(running.takerBuyVolume);
        running.trades = state.i32(running.trades);
        lots = state.i64(lots);
        takerBuyLots = state.i64(takerBuyLots);
        turnover = state.i64(turnover);
        largeTurnover = state.f64(largeTurnover);
        eventTimeMs = state.i64(eventTimeMs);
        receiveNs = state.i64(receiveNs);
        hash = state.i64(hash);
    }
}
