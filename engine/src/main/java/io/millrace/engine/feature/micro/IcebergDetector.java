package io.millrace.engine.feature.micro;

import io.millrace.engine.feature.window.TimedSums;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import java.util.concurrent.TimeUnit;

/**
 * Hidden refills: a price whose displayed quantity is traded away and stands there again, in the same size, several times over. The
 * venue has no hidden orders, so what is found are orders that somebody shows in parts.
 *
 * <p>Per side the last {@value SideLevels#LEVELS} prices that were best are followed. A <em>cycle</em> of a price begins with its
 * displayed quantity (the peak), goes on when the display falls to half of the peak or less (or the price stops being the best),
 * and is complete when the display returns to within {@value #TOLERANCE_PERCENT} % of the peak within a second and trades at
 * that price since the cycle began come to at least {@value #TRADED_PERCENT} % of the fall; a refill whose trades are not known yet
 * waits for them for 250 ms, since tickers and trades come by different streams. A fall that trades do not explain is a
 * cancellation and starts the price anew. A price with {@value #CYCLES} or more cycles within a minute is an iceberg.
 *
 * <p><b>Source:</b> the peak-and-refill model of S. Frey, P. Sandås, "The Impact of Iceberg Orders in Limit Order Books", 2009, and of
 * H. Christensen, R. Woodmansey, "Prediction of Hidden Liquidity in the Limit Order Book of GLOBEX Futures", Journal of Trading 8(3),
 * 2013. <b>Cost:</b> one look at {@value SideLevels#LEVELS} prices a side. What it finds and misses on planted cases stands in
 * docs/features.md.
 */
public final class IcebergDetector implements Stateful {
    /** Complete cycles that make an iceberg. */
    public static final int CYCLES = 3;
    /** How far a refill may be off the peak, in percent of it. */
    public static final int TOLERANCE_PERCENT = 10;
    /** How much of a fall trades have to explain, in percent of it. */
    public static final int TRADED_PERCENT = 80;

    static final long REFILL_NS = TimeUnit.SECONDS.toNanos(1);
    static final long LATE_TRADE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    static final long LIFE_NS = TimeUnit.SECONDS.toNanos(60);

    private final SideLevels bids = new SideLevels(true);
    private final SideLevels asks = new SideLevels(false);
    private final TimedSums refills = new TimedSums(LIFE_NS, Horizons.BUCKETS, 2);

    /** Makes a detector that has seen nothing. */
    public IcebergDetector() {}

    /**
     * Takes best bid and ask.
     *
     * @param nowNs engine time.
     * @param bidTicks best bid.
     * @param bidLots its quantity, 0 if there is none.
     * @param askTicks best ask.
     * @param askLots its quantity, 0 if there is none.
     */
    public void onTouch(long nowNs, long bidTicks, long bidLots, long askTicks, long askLots) {
        refills.advance(nowNs);
        add(0, bids.onBest(nowNs, bidTicks, bidLots));
        add(1, asks.onBest(nowNs, askTicks, askLots));
    }

    /**
     * Takes a trade.
     *
     * @param nowNs engine time.
     * @param priceTicks its price.
     * @param qtyLots its quantity; 0 or less is no trade.
     * @param isSell whether the taker sold, so that a bid was hit.
     */
    public void onTrade(long nowNs, long priceTicks, long qtyLots, boolean isSell) {
        refills.advance(nowNs);
        if (qtyLots > 0) {
            int side = isSell ? 0 : 1;
            add(side, (isSell ? bids : asks).onTrade(nowNs, priceTicks, qtyLots));
        }
    }

    private void add(int side, boolean isRefilled) {
        if (isRefilled) {
            refills.add(side, 1);
        }
    }

    /** Moves on when nothing else does. */
    public void advance(long nowNs) {
        refills.advance(nowNs);
    }

    /** Returns whether the best bid, as last seen, is an iceberg. */
    public boolean isBidIceberg() {
        return bids.bestCycles() >= CYCLES;
    }

    /** Returns whether the best ask, as last seen, is an iceberg. */
    public boolean isAskIceberg() {
        return asks.bestCycles() >= CYCLES;
    }

    /** Returns the complete cycles of the best bid. */
    public int bidCycles() {
        return bids.bestCycles();
    }

    /** Returns the complete cycles of the best ask. */
    public int askCycles() {
        return asks.bestCycles();
    }

    /** Returns the refills of bids in the last minute, complete cycles at any price. */
    public long bidRefills() {
        return refills.sum(0);
    }

    /** Returns the refills of asks in the last minute, complete cycles at any price. */
    public long askRefills() {
        return refills.sum(1);
    }

    @Override
    public void visitState(State state) {
        state.type("IcebergD");
        bids.visitState(state);
        asks.visitState(state);
        refills.visitState(state);
    }
}
