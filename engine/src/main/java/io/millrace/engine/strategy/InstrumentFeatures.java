package io.millrace.engine.strategy;

import io.millrace.engine.book.MarketView;
import io.millrace.engine.memory.Hashing;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The last market view of one instrument and what follows from its touch. */
final class InstrumentFeatures {
    /** Widest spread for which the microprice leans; beyond it is the mid. */
    private static final long MAX_SPREAD_TICKS = 1L << 15;
    /** Sizes above are scaled down together before they are weighed. */
    private static final long MAX_LOTS = 1L << 39;

    private final int instrumentId;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[MarketView.LENGTH]);
    private final MarketView view = new MarketView().wrap(copy, 0);
    private int state;
    private int staleStreams;
    private long spreadTicks;
    private long midHalfTicks;
    private long microprice;
    private long hash;
    private long telemetryNs;
    private boolean isDirty;
    private byte[] symbol = new byte[0];

    InstrumentFeatures(int instrumentId) {
        this.instrumentId = instrumentId;
        this.hash = hashNow();
    }

    int instrumentId() {
        return instrumentId;
    }

    /** Takes the symbol, which only telemetry tells. */
    void define(byte[] symbol) {
        this.symbol = symbol;
        isDirty = true;
    }

    byte[] symbol() {
        return symbol;
    }

    /** Takes a whole view of this instrument. */
    void take(DirectBuffer source, int offset) {
        copy.putBytes(0, source, offset, MarketView.LENGTH);
        state = view.state();
        staleStreams = view.staleStreams();
        calculate();
        conclude();
    }

    /** Takes what another instrument's event says of this one. */
    void take(int state, int staleStreams) {
        this.state = state;
        this.staleStreams = staleStreams;
        conclude();
    }

    /** Forgets the view, when a run starts. */
    void clear() {
        copy.setMemory(0, MarketView.LENGTH, (byte) 0);
        take(0, 0);
        calculate();
        conclude();
    }

    private void calculate() {
        long bidLots = view.bidLots();
        long askLots = view.askLots();
        if (bidLots <= 0 || askLots <= 0) {
            spreadTicks = 0;
            midHalfTicks = 0;
            microprice = 0;
            return;
        }
        spreadTicks = view.askTicks() - view.bidTicks();
        midHalfTicks = view.askTicks() + view.bidTicks();
        microprice = microprice(view.bidTicks(), bidLots, view.askTicks(), askLots);
    }

    /**
     * The mid weighted by the opposite size, so that it leans towards the thinner side, in 1/256 tick, rounded down.
     *
     * @param bidTicks best bid.
     * @param bidLots its size, above 0.
     * @param askTicks best ask.
     * @param askLots its size, above 0.
     * @return the microprice; the mid if the spread is negative or wider than 32,768 ticks. Exact while sizes are below 2^39 lots.
     */
    static long microprice(long bidTicks, long bidLots, long askTicks, long askLots) {
        long spread = askTicks - bidTicks;
        if (spread < 0 || spread > MAX_SPREAD_TICKS) {
            return (askTicks + bidTicks) << 7;
        }
        int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(Math.max(bidLots, askLots) / MAX_LOTS));
        long bid = bidLots >> shift;
        long ask = askLots >> shift;
        return (bidTicks << 8) + (spread << 8) * bid / Math.max(1, bid + ask);
    }

    private void conclude() {
        hash = hashNow();
        isDirty = true;
    }

    private long hashNow() {
        long mixed = Hashing.mix(instrumentId, ((long) state << 32) | staleStreams);
        mixed = Hashing.mix(mixed, spreadTicks);
        mixed = Hashing.mix(mixed, midHalfTicks);
        mixed = Hashing.mix(mixed, microprice);
        return Hashing.mix(mixed, view.touchUpdateId());
    }

    MarketView view() {
        return view;
    }

    int state() {
        return state;
    }

    int staleStreams() {
        return staleStreams;
    }

    /** Ask less bid; may be negative while depth is crossed. */
    long spreadTicks() {
        return spreadTicks;
    }

    /** Bid plus ask: twice the mid, in ticks. */
    long midHalfTicks() {
        return midHalfTicks;
    }

    /** See {@link #microprice(long, long, long, long)}. */
    long microprice() {
        return microprice;
    }

    long hash() {
        return hash;
    }

    /** Returns whether there is news to tell and the last telling is long enough ago; then it counts as told. */
    boolean isTelemetryDue(long engineNs, long intervalNs) {
        if (!isDirty || engineNs - telemetryNs < intervalNs) {
            return false;
        }
        isDirty = false;
        telemetryNs = engineNs;
        return true;
    }
}
