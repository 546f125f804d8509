package io.millrace.engine.bars;

import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;

/**
 * The bars of one instrument on all timeframes, their indicators, and what the timeframes say together.
 *
 * <p>A closed bar never changes. What comes for it later (a trade, a kline with other numbers) is counted and dropped; a hole
 * may be filled.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> when the first bar of a timeframe comes.
 */
public final class InstrumentBars implements Stateful {
    /** Minutes behind which it is not known any more that nothing traded. */
    private static final long MAX_FLAT_MINUTES = 60;

    private static final long MINUTE_MS = Timeframe.M1.lengthMs();
    /** Bars that one event feeds to a series of indicators that is behind. */
    static final int FEED_BATCH = 64;

    private final int instrumentId;
    private final BarSettings settings;
    private final BarWork work;
    private final BarSeries[] series = new BarSeries[Timeframe.COUNT];
    private final BarFeed[] feeds = new BarFeed[Timeframe.COUNT];
    private final HistoryNeed[] needs = new HistoryNeed[Timeframe.COUNT];
    private final TimeframeView view = new TimeframeView();
    private final MinuteBuilder builder = new MinuteBuilder();
    private final BarCounters counters = new BarCounters();
    private BarSettings.Depths depths;
    private InstrumentSpec spec;
    private LotGrid grid;
    private boolean isOfTrades;
    private boolean isStreamDown;
    private boolean isBehind;
    private long lastTradeId = -1;
    private long chain;
    private long hash;

    /**
     * Makes bars of an instrument that is defined next.
     *
     * @param instrumentId of the instrument.
     * @param settings of the bars.
     * @param work shared by all instruments.
     */
    InstrumentBars(int instrumentId, BarSettings settings, BarWork work) {
        this.instrumentId = instrumentId;
        this.settings = settings;
        this.work = work;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            needs[i] = new HistoryNeed(instrumentId, Timeframe.at(i));
        }
    }

    /** Returns the instrument. */
    public int instrumentId() {
        return instrumentId;
    }

    /** Returns the closed bars of a timeframe, null before the first. */
    public BarSeries series(Timeframe timeframe) {
        return series[timeframe.index()];
    }

    /** Returns the indicators of a timeframe, null before its first bar. */
    public IndicatorSet indicators(Timeframe timeframe) {
        BarFeed feed = feeds[timeframe.index()];
        return feed == null ? null : feed.indicators();
    }

    /** Returns whether the indicators of a timeframe have seen its newest bar. */
    public boolean isCurrent(Timeframe timeframe) {
        BarSeries bars = series[timeframe.index()];
        return bars != null && feeds[timeframe.index()].indicators().lastMs() == bars.newestMs();
    }

    /** Returns what the timeframes say together. */
    public TimeframeView view() {
        return view;
    }

    /** Returns when the running minute began, {@link BarSeries#NO_TIME} before the first. */
    public long runningMs() {
        return builder.openMs();
    }

    /** Returns the last price of the running minute at 1e-8, 0 if nothing came in it. */
    public long runningCloseE8() {
        return builder.lastE8();
    }

    /** Returns what was counted. */
    public BarCounters counters() {
        return counters;
    }

    /** Returns whether bars are made from trades. */
    public boolean isOfTrades() {
        return isOfTrades;
    }

    InstrumentSpec spec() {
        return spec;
    }

    LotGrid grid() {
        return grid;
    }

    HistoryNeed need(Timeframe timeframe) {
        return needs[timeframe.index()];
    }

    BarFeed feed(Timeframe timeframe) {
        return feeds[timeframe.index()];
    }

    int depth(Timeframe timeframe) {
        return depths == null ? 0 : depths.of(timeframe);
    }

    long hash() {
        return hash;
    }

    /** Returns whether bars wait to be fed to indicators. */
    boolean isBehind() {
        return isBehind;
    }

    /** The state changed: works the hash out anew, and whether bars wait. */
    void conclude() {
        settle();
        long mixed = Hashing.mix(chain, builder.hash());
        for (HistoryNeed need : needs) {
            mixed = Hashing.mix(mixed, need.hash());
        }
        hash = Hashing.mix(mixed, isStreamDown ? 1 : 0);
    }

    /** Takes the definition; on another grid the running minute of trades is lost. */
    void define(InstrumentSpec newSpec) {
        boolean isOtherGrid = spec != null && spec.gridVersion() != newSpec.gridVersion();
        spec = newSpec;
        grid = LotGrid.of(newSpec);
        if (depths == null) {
            depths = settings.depths(newSpec.priority());
        }
        boolean hasKlines = (newSpec.streams() & Streams.bit(Streams.KLINE)) != 0;
        isOfTrades = settings.source() == BarSource.TRADES || (settings.source() == BarSource.AUTO && !hasKlines);
        if (isOtherGrid && isOfTrades) {
            // What runs is counted in lots and ticks of the old grid.
            builder.begin(builder.openMs(), true);
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            if (settings.warmUp().isOn() && depths.of(Timeframe.at(i)) > 0) {
                needs[i].open();
            }
        }
    }

    /** The stream that bars are made from went down, or came up again. */
    void streamDown(boolean isDown) {
        isStreamDown = isDown;
        if (isDown) {
            builder.breakOff();
        }
    }

    /** A run starts: what was running is lost, and what came meanwhile, too. */
    void startRun() {
        if (builder.openMs() != BarSeries.NO_TIME) {
            builder.breakOff();
        }
        isStreamDown = false;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            needs[i].forgetRequest();
            if (settings.warmUp().isOn() && depth(Timeframe.at(i)) > 0) {
                needs[i].open();
            }
        }
    }

    /** Takes a kline that is not the last of its minute. */
    void onRunning(ClosedBar bar, long eventTimeMs, long receiveNs) {
        if (builder.openMs() == BarSeries.NO_TIME) {
            builder.begin(bar.openMs, false);
        } else if (bar.openMs > builder.openMs()) {
            closeThrough(bar.openMs, eventTimeMs, receiveNs);
        }
        if (bar.openMs == builder.openMs()) {
            builder.onKline(bar, eventTimeMs, receiveNs);
        } else {
            counters.late++;
        }
    }

    /** Takes the last kline of a bar. */
    void onFinal(Timeframe timeframe, ClosedBar bar, long eventTimeMs, long receiveNs) {
        bar.source = ClosedBar.KLINE;
        bar.times(bar.openMs + timeframe.lengthMs(), eventTimeMs, receiveNs);
        if (timeframe != Timeframe.M1) {
            onClosed(timeframe, bar);
            return;
        }
        if (builder.openMs() != BarSeries.NO_TIME && bar.openMs > builder.openMs()) {
            closeThrough(bar.openMs, eventTimeMs, receiveNs);
        }
        if (builder.openMs() != BarSeries.NO_TIME && bar.openMs < builder.openMs()) {
            counters.late++;
        } else {
            builder.begin(bar.openMs + MINUTE_MS, isStreamDown);
        }
        onClosed(timeframe, bar);
    }

    /**
     * Makes the minute of a trade the running one.
     *
     * @param timeMs the trade's time.
     * @param hasGap whether trades before it were lost.
     * @return whether the trade belongs to the running minute; false for one that is late.
     */
    boolean moveTo(long timeMs, boolean hasGap, long eventTimeMs, long receiveNs) {
        long minuteMs = Timeframe.M1.openMs(timeMs);
        if (builder.openMs() == BarSeries.NO_TIME) {
            builder.begin(minuteMs, true);
        }
        if (hasGap) {
            builder.breakOff();
            counters.gaps++;
        }
        if (minuteMs < builder.openMs()) {
            counters.late++;
            return false;
        }
        if (minuteMs > builder.openMs()) {
            closeThrough(minuteMs, eventTimeMs, receiveNs);
            if (hasGap) {
                builder.breakOff();
            }
        }
        return true;
    }

    MinuteBuilder builder() {
        return builder;
    }

    /** Returns the id of the last trade, -1 before the first. */
    long lastTradeId() {
        return lastTradeId;
    }

    /** Notes the id of a trade; returns false if it came before. */
    boolean isNextTrade(long tradeId) {
        if (tradeId <= lastTradeId) {
            counters.duplicates++;
            return false;
        }
        lastTradeId = tradeId;
        return true;
    }

    /**
     * Closes all minutes that end at or before a boundary. One without a trade is flat at the last close; one of which
     * something was lost is a hole, and so is everything if too many minutes have passed.
     *
     * @param boundaryMs a multiple of a minute.
     * @param eventTimeMs the venue's time of what closes them.
     * @param receiveNs when that was read.
     */
    void closeThrough(long boundaryMs, long eventTimeMs, long receiveNs) {
        if (boundaryMs - builder.openMs() > MAX_FLAT_MINUTES * MINUTE_MS) {
            skipTo(boundaryMs - MINUTE_MS);
            builder.begin(boundaryMs, isStreamDown);
            return;
        }
        while (builder.openMs() < boundaryMs) {
            long openMs = builder.openMs();
            BarSeries minutes = series[0];
            boolean isThere = minutes != null && minutes.hasAt(openMs);
            long lastE8 =
                    minutes != null && minutes.hasAt(openMs - MINUTE_MS) ? minutes.closeE8At(openMs - MINUTE_MS) : 0;
            boolean isKnown = !builder.isBroken() && (!builder.isEmpty() || lastE8 > 0);
            if (!isThere && isKnown) {
                ClosedBar bar = work.bar(Timeframe.M1);
                builder.close(bar, lastE8, grid);
                bar.times(openMs + MINUTE_MS, eventTimeMs, receiveNs);
                counters.unconfirmed += bar.source == ClosedBar.TRADES ? 0 : 1;
                builder.begin(openMs + MINUTE_MS, isStreamDown);
                onClosed(Timeframe.M1, bar);
            } else {
                if (!isThere) {
                    skipTo(openMs);
                }
                builder.begin(openMs + MINUTE_MS, isStreamDown);
            }
        }
    }

    /** Takes a closed bar from whatever source, feeds the indicators, and adds up the next longer bar if this completes one. */
    void onClosed(Timeframe timeframe, ClosedBar bar) {
        if (depth(timeframe) == 0) {
            return;
        }
        if (!bar.isSound() || bar.openMs % timeframe.lengthMs() != 0) {
            counters.refused++;
            return;
        }
        int index = timeframe.index();
        if (series[index] == null) {
            make(timeframe);
        }
        BarSeries bars = series[index];
        int missingBefore = bars.missing();
        int result = bars.put(bar);
        counters.count(result);
        if (result != BarSeries.ADDED && result != BarSeries.FILLED) {
            return;
        }
        chain = Hashing.mix(Hashing.mix(chain, bar.openMs + index), bar.closeE8);
        chain = Hashing.mix(chain, Double.doubleToRawLongBits(bar.volume));
        if (result == BarSeries.ADDED && bars.missing() > missingBefore) {
            wantHistory(timeframe);
        }
        feed(index);
        aggregate(timeframe, bar.openMs);
    }

    /** Feeds what waits, up to a batch of each timeframe. */
    void pump() {
        for (int i = 0; i < Timeframe.COUNT; i++) {
            if (feeds[i] != null && feeds[i].isBehind()) {
                feed(i);
            }
        }
    }

    private void settle() {
        isBehind = false;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            if (feeds[i] != null) {
                feeds[i].waiting(needs[i].isWanted());
                isBehind |= feeds[i].isBehind();
            }
        }
    }

    private void feed(int index) {
        BarFeed feed = feeds[index];
        feed.waiting(needs[index].isWanted());
        feed.pump(FEED_BATCH);
        chain = Hashing.mix(chain, feed.indicators().hash());
    }

    private void make(Timeframe timeframe) {
        int index = timeframe.index();
        series[index] = new BarSeries(timeframe, depths.of(timeframe), grid);
        IndicatorSet indicators = new IndicatorSet(work.layout(timeframe));
        feeds[index] = new BarFeed(series[index], indicators, view, work, needs[index].isWanted());
    }

    private void skipTo(long openMs) {
        counters.holes++;
        BarSeries minutes = series[0];
        if (minutes != null && openMs > minutes.newestMs()) {
            minutes.skipTo(openMs);
        }
        wantHistory(Timeframe.M1);
        chain = Hashing.mix(chain, openMs);
        if (feeds[0] != null) {
            feed(0);
        }
        aggregate(Timeframe.M1, openMs);
    }

    private void wantHistory(Timeframe timeframe) {
        if (settings.warmUp().isOn()) {
            needs[timeframe.index()].open();
        }
    }

    /** Adds up the longer bar that a bar lies in, if it is not there and all parts are. */
    private void aggregate(Timeframe timeframe, long openMs) {
        Timeframe longer = timeframe.longer();
        while (longer != null && depth(longer) == 0) {
            longer = longer.longer();
        }
        BarSeries parts = series[timeframe.index()];
        if (longer == null || parts == null || parts.capacity() < longer.lengthMs() / timeframe.lengthMs()) {
            return;
        }
        long windowMs = longer.openMs(openMs);
        BarSeries bars = series[longer.index()];
        if (bars != null && bars.hasAt(windowMs)) {
            return;
        }
        ClosedBar sum = work.bar(longer);
        if (work.sum(longer).add(parts, windowMs, longer, grid, sum)) {
            onClosed(longer, sum);
        } else if (openMs + timeframe.lengthMs() == windowMs + longer.lengthMs()) {
            wantHistory(longer);
        }
    }

    @Override
    public void visitState(State state) {
        state.type("InstrumentBars");
        state.setting("instrumentId", instrumentId);
        isOfTrades = state.flag(isOfTrades);
        isStreamDown = state.flag(isStreamDown);
        chain = state.i64(chain);
        hash = state.i64(hash);
        isBehind = state.flag(isBehind);
        lastTradeId = state.i64(lastTradeId);
        builder.visitState(state);
        view.visitState(state);
        counters.visitState(state);
        for (int i = 0; i < Timeframe.COUNT; i++) {
            needs[i].visitState(state);
            if (depths != null && depths.of(Timeframe.at(i)) > 0) {
                if (series[i] == null) {
                    make(Timeframe.at(i));
                }
                series[i].visitState(state);
                feeds[i].visitState(state);
            }
        }
    }
}
