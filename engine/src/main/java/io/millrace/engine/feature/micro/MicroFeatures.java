package io.millrace.engine.feature.micro;

import io.millrace.engine.book.DepthView;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.memory.Hashing;

/**
 * The microstructure of one instrument. Every {@code on...} takes the engine time of its event, which never falls; what is asked
 * is as of the last event or {@link #advance}.
 */
public final class MicroFeatures implements Stateful {
    private final TouchFigures touch = new TouchFigures();
    private final OrderFlowImbalance orderFlow = new OrderFlowImbalance();
    private final RealisedVolatility[] volatilities = new RealisedVolatility[Horizons.COUNT];
    private final JumpDetector jumps = new JumpDetector();
    private final IcebergDetector icebergs = new IcebergDetector();
    private final TradeFlow trades = new TradeFlow();
    private final LargePrints prints = new LargePrints();
    private final LiquidationFlow liquidations = new LiquidationFlow();
    private final DepthFigures depth = new DepthFigures();
    private final TickerMove ticker = new TickerMove();
    private final MinuteFigures minutes = new MinuteFigures();
    private long hash;
    private boolean isAggregated;

    /** Makes the features of an instrument of which nothing has been seen. */
    public MicroFeatures() {
        for (int i = 0; i < volatilities.length; i++) {
            volatilities[i] = new RealisedVolatility(Horizons.windowNs(i));
        }
    }

    /** Takes the book stage's view of this instrument. */
    public void onView(long nowNs, MarketView view) {
        boolean wasLive = touch.isLive();
        touch.onView(view);
        if (wasLive && !touch.isLive()) {
            depth.onLost();
        }
        orderFlow.onTouch(nowNs, touch.bidTicks(), touch.bidLots(), touch.askTicks(), touch.askLots());
        long mid = touch.midHalfTicks();
        for (RealisedVolatility volatility : volatilities) {
            volatility.onMid(nowNs, mid);
        }
        jumps.onMid(nowNs, mid);
        icebergs.onTouch(nowNs, touch.bidTicks(), touch.bidLots(), touch.askTicks(), touch.askLots());
        trades.advance(nowNs);
        mix(nowNs, touch.bidTicks() + Long.rotateLeft(touch.askTicks(), 32));
        mix(touch.bidLots() + Long.rotateLeft(touch.askLots(), 32), touch.isLive() ? 1 : 0);
    }

    /** Takes depth and cost as measured. */
    public void onDepth(long nowNs, DepthView view) {
        depth.onDepth(nowNs, view);
        mix(nowNs, view.midHalfTicks());
        mix(view.lotsWithin(0, DepthView.BANDS - 1), view.lotsWithin(1, DepthView.BANDS - 1));
    }

    /** Depth is not live any more. */
    public void onLost() {
        touch.onLost();
        depth.onLost();
        mix(hash, 1);
    }

    /**
     * Takes a trade. Where both streams are followed, the aggregated one alone counts.
     *
     * @param nowNs engine time.
     * @param priceTicks its price.
     * @param qtyLots its quantity.
     * @param isSell whether the taker sold.
     * @param isAggTrade whether it is of the aggregated stream.
     */
    public void onTrade(long nowNs, long priceTicks, long qtyLots, boolean isSell, boolean isAggTrade) {
        isAggregated |= isAggTrade;
        if (isAggregated && !isAggTrade) {
            return;
        }
        trades.onTrade(nowNs, qtyLots, isSell);
        prints.onTrade(nowNs, priceTicks, qtyLots, isSell);
        icebergs.onTrade(nowNs, priceTicks, qtyLots, isSell);
        mix(nowNs, priceTicks);
        mix(qtyLots, isSell ? 1 : 0);
    }

    /** Takes a liquidation order. */
    public void onForceOrder(long nowNs, long qtyLots, boolean isSell) {
        liquidations.onForceOrder(nowNs, qtyLots, isSell);
        mix(nowNs, isSell ? ~qtyLots : qtyLots);
    }

    /** Takes a 24 h ticker; see {@link TickerMove#onTicker}. */
    public void onTicker(long nowNs, long lastE8, long highE8, long lowE8, long percentE8) {
        ticker.onTicker(nowNs, lastE8, highE8, lowE8, percentE8);
        mix(nowNs, lastE8);
        mix(highE8, lowE8 + Long.rotateLeft(percentE8, 32));
    }

    /** Takes a closed bar of one minute; see {@link MinuteFigures#onBar}. */
    public void onBar(long openMs, long highE8, long lowE8, long closeE8, double volume) {
        minutes.onBar(openMs, highE8, lowE8, closeE8, volume);
        mix(openMs, closeE8);
        mix(highE8 + Long.rotateLeft(lowE8, 32), Double.doubleToRawLongBits(volume));
    }

    /** Moves all windows on to a time at which nothing happened; what is asked afterwards is as of then. */
    public void advance(long nowNs) {
        orderFlow.advance(nowNs);
        for (RealisedVolatility volatility : volatilities) {
            volatility.advance(nowNs);
        }
        jumps.advance(nowNs);
        icebergs.advance(nowNs);
        trades.advance(nowNs);
        prints.advance(nowNs);
        liquidations.advance(nowNs);
        depth.advance(nowNs);
    }

    private void mix(long a, long b) {
        hash = Hashing.mix(Hashing.mix(hash, a), b);
    }

    /** Returns a hash of everything that was taken since the beginning or the last reset. */
    public long hash() {
        return hash;
    }

    /** Returns spread, mid, microprice and imbalance. */
    public TouchFigures touch() {
        return touch;
    }

    /** Returns order-flow imbalance. */
    public OrderFlowImbalance orderFlow() {
        return orderFlow;
    }

    /** Returns the realised volatility over a window of {@link Horizons}. */
    public RealisedVolatility volatility(int horizon) {
        return volatilities[horizon];
    }

    /** Returns the jumps. */
    public JumpDetector jumps() {
        return jumps;
    }

    /** Returns the hidden refills. */
    public IcebergDetector icebergs() {
        return icebergs;
    }

    /** Returns aggressor imbalance and trade intensity. */
    public TradeFlow trades() {
        return trades;
    }

    /** Returns the large prints. */
    public LargePrints prints() {
        return prints;
    }

    /** Returns the liquidation orders. */
    public LiquidationFlow liquidations() {
        return liquidations;
    }

    /** Returns depth near the mid and its cost. */
    public DepthFigures depth() {
        return depth;
    }

    /** Returns the move by the 24 h ticker. */
    public TickerMove ticker() {
        return ticker;
    }

    /** Returns what bars of one minute say. */
    public MinuteFigures minutes() {
        return minutes;
    }

    @Override
    public void visitState(State state) {
        state.type("MicroFea");
        touch.visitState(state);
        orderFlow.visitState(state);
        for (RealisedVolatility volatility : volatilities) {
            volatility.visitState(state);
        }
        jumps.visitState(state);
        icebergs.visitState(state);
        trades.visitState(state);
        prints.visitState(state);
        liquidations.visitState(state);
        depth.visitState(state);
        ticker.visitState(state);
        minutes.visitState(state);
        hash = state.i64(hash);
        isAggregated = state.flag(isAggregated);
    }
}
