package io.millrace.exchange.market;

import java.util.HashMap;
import java.util.Map;

/** The streams that a symbol has, by the end of their names. */
public enum StreamKind {
    /** Every change of the book by itself; undocumented by the venue. */
    DEPTH_0MS("@depth@0ms", "depthUpdate", Route.PUBLIC, 0),
    /** Changes of the book, every 100 ms. */
    DEPTH_100MS("@depth@100ms", "depthUpdate", Route.PUBLIC, 2),
    /** Changes of the book, every 250 ms. */
    DEPTH_250MS("@depth", "depthUpdate", Route.PUBLIC, 5),
    /** Changes of the book, every 500 ms. */
    DEPTH_500MS("@depth@500ms", "depthUpdate", Route.PUBLIC, 10),
    /** Best bid and ask, at every change. */
    BOOK_TICKER("@bookTicker", "bookTicker", Route.PUBLIC, 0),
    /** Trades of one order at one price. */
    AGG_TRADE("@aggTrade", "aggTrade", Route.MARKET, 0),
    /** Single trades; undocumented by the venue, which has been seen to carry them on either route. */
    TRADE("@trade", "trade", Route.MARKET, 0),
    /** Mark price, every 3 s. */
    MARK_PRICE_3S("@markPrice", "markPriceUpdate", Route.MARKET, 60),
    /** Mark price, every second. */
    MARK_PRICE_1S("@markPrice@1s", "markPriceUpdate", Route.MARKET, 20),
    /** One-minute bars, at most every 250 ms. */
    KLINE_1M("@kline_1m", "kline", Route.MARKET, 5),
    /** The largest liquidation of each second. */
    FORCE_ORDER("@forceOrder", "forceOrder", Route.MARKET, 20),
    /** Rolling 24 h statistics, every 2 s. */
    TICKER_24H("@ticker", "24hrTicker", Route.MARKET, 40);

    /** What the periods of batched streams are multiples of, in nanoseconds. */
    public static final long PERIOD_UNIT_NS = 50_000_000L;

    private static final String DEPTH_EVENT = "depthUpdate";
    private static final Map<String, StreamKind> BY_SUFFIX = new HashMap<>();
    private static final StreamKind[] ALL = values();

    static {
        for (StreamKind kind : ALL) {
            BY_SUFFIX.put(kind.suffix, kind);
        }
    }

    private final String suffix;
    private final String event;
    private final Route route;
    private final int periodUnits;

    StreamKind(String suffix, String event, Route route, int periodUnits) {
        this.suffix = suffix;
        this.event = event;
        this.route = route;
        this.periodUnits = periodUnits;
    }

    /**
     * Finds a kind by the part of a stream name that follows the symbol.
     *
     * @param suffix from the first {@code @} on.
     * @return the kind, or null if the venue has no such stream.
     */
    public static StreamKind ofSuffix(String suffix) {
        return BY_SUFFIX.get(suffix);
    }

    /** Returns the number of kinds. */
    public static int count() {
        return ALL.length;
    }

    /**
     * Returns a kind by its place, without copying an array.
     *
     * @param index of the kind, as {@link #index()} says.
     */
    public static StreamKind of(int index) {
        return ALL[index];
    }

    /** Returns the kind's place among all, 0 for the first; what {@link #of(int)} takes. */
    @SuppressWarnings("EnumOrdinal") // the one place that says what a kind's number is; nothing stores it
    public int index() {
        return ordinal();
    }

    /** Says whether this is a diff stream of the book. */
    public boolean isDepth() {
        return event.equals(DEPTH_EVENT);
    }

    /** Returns what follows the symbol in the stream's name. */
    public String suffix() {
        return suffix;
    }

    /** Returns the event type, field {@code e} of the payload. */
    public String event() {
        return event;
    }

    /** Returns the route that carries the stream. */
    public Route route() {
        return route;
    }

    /** Returns the period in units of 50 ms, 0 if the stream is not batched. */
    public int periodUnits() {
        return periodUnits;
    }
}
