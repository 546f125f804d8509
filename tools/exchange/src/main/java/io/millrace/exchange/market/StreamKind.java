package io.millrace.exchange.market;

import java.util.HashMap;
import java.util.Map;

/**
 * The streams, by the end of their names for those that each symbol has, by the whole name for those that there is one of.
 */
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
    TICKER_24H("@ticker", "24hrTicker", Route.MARKET, 40),
    /** The best 5 levels of each side, every 100 ms if something changed. */
    PARTIAL_5_100MS("@depth5@100ms", "depthUpdate", Route.PUBLIC, 2),
    /** The best 5 levels of each side, every 250 ms if something changed. */
    PARTIAL_5_250MS("@depth5", "depthUpdate", Route.PUBLIC, 5),
    /** The best 5 levels of each side, every 500 ms if something changed. */
    PARTIAL_5_500MS("@depth5@500ms", "depthUpdate", Route.PUBLIC, 10),
    /** The best 10 levels of each side, every 100 ms if something changed. */
    PARTIAL_10_100MS("@depth10@100ms", "depthUpdate", Route.PUBLIC, 2),
    /** The best 10 levels of each side, every 250 ms if something changed. */
    PARTIAL_10_250MS("@depth10", "depthUpdate", Route.PUBLIC, 5),
    /** The best 10 levels of each side, every 500 ms if something changed. */
    PARTIAL_10_500MS("@depth10@500ms", "depthUpdate", Route.PUBLIC, 10),
    /** The best 20 levels of each side, every 100 ms if something changed. */
    PARTIAL_20_100MS("@depth20@100ms", "depthUpdate", Route.PUBLIC, 2),
    /** The best 20 levels of each side, every 250 ms if something changed. */
    PARTIAL_20_250MS("@depth20", "depthUpdate", Route.PUBLIC, 5),
    /** The best 20 levels of each side, every 500 ms if something changed. */
    PARTIAL_20_500MS("@depth20@500ms", "depthUpdate", Route.PUBLIC, 10),
    /** Changes of the book with the orders that only retail clients can take, every 500 ms. */
    RPI_DEPTH("@rpiDepth@500ms", "depthUpdate", Route.PUBLIC, 10),
    /** Bars of 3 minutes, at most every 250 ms. */
    KLINE_3M("@kline_3m", "kline", Route.MARKET, 5),
    /** Bars of 5 minutes, at most every 250 ms. */
    KLINE_5M("@kline_5m", "kline", Route.MARKET, 5),
    /** Bars of 15 minutes, at most every 250 ms. */
    KLINE_15M("@kline_15m", "kline", Route.MARKET, 5),
    /** Bars of 30 minutes, at most every 250 ms. */
    KLINE_30M("@kline_30m", "kline", Route.MARKET, 5),
    /** Bars of an hour, at most every 250 ms. */
    KLINE_1H("@kline_1h", "kline", Route.MARKET, 5),
    /** Bars of 2 hours, at most every 250 ms. */
    KLINE_2H("@kline_2h", "kline", Route.MARKET, 5),
    /** Bars of 4 hours, at most every 250 ms. */
    KLINE_4H("@kline_4h", "kline", Route.MARKET, 5),
    /** Bars of 6 hours, at most every 250 ms. */
    KLINE_6H("@kline_6h", "kline", Route.MARKET, 5),
    /** Bars of 8 hours, at most every 250 ms. */
    KLINE_8H("@kline_8h", "kline", Route.MARKET, 5),
    /** Bars of 12 hours, at most every 250 ms. */
    KLINE_12H("@kline_12h", "kline", Route.MARKET, 5),
    /** Bars of a day, at most every 250 ms. */
    KLINE_1D("@kline_1d", "kline", Route.MARKET, 5),
    /** Bars of 3 days, at most every 250 ms. */
    KLINE_3D("@kline_3d", "kline", Route.MARKET, 5),
    /** Bars of a week, at most every 250 ms. */
    KLINE_1W("@kline_1w", "kline", Route.MARKET, 5),
    /** Bars of a month, at most every 250 ms. */
    KLINE_MONTH("@kline_1M", "kline", Route.MARKET, 5),
    /** Bars of a second of a pair's contract, at most every 250 ms. */
    CONTINUOUS_1S("@continuousKline_1s", "continuous_kline", Route.MARKET, 5),
    /** Bars of a minute of a pair's contract, at most every 250 ms. */
    CONTINUOUS_1M("@continuousKline_1m", "continuous_kline", Route.MARKET, 5),
    /** Bars of 3 minutes of a pair's contract, at most every 250 ms. */
    CONTINUOUS_3M("@continuousKline_3m", "continuous_kline", Route.MARKET, 5),
    /** Bars of 5 minutes of a pair's contract, at most every 250 ms. */
    CONTINUOUS_5M("@continuousKline_5m", "continuous_kline", Route.MARKET, 5),
    /** Bars of 15 minutes of a pair's contract, at most every 250 ms. */
    CONTINUOUS_15M("@continuousKline_15m", "continuous_kline", Route.MARKET, 5),
    /** Bars of 30 minutes of a pair's contract, at most every 250 ms. */
    CONTINUOUS_30M("@continuousKline_30m", "continuous_kline", Route.MARKET, 5),
    /** Bars of an hour of a pair's contract, at most every 250 ms. */
    CONTINUOUS_1H("@continuousKline_1h", "continuous_kline", Route.MARKET, 5),
    /** Bars of 2 hours of a pair's contract, at most every 250 ms. */
    CONTINUOUS_2H("@continuousKline_2h", "continuous_kline", Route.MARKET, 5),
    /** Bars of 4 hours of a pair's contract, at most every 250 ms. */
    CONTINUOUS_4H("@continuousKline_4h", "continuous_kline", Route.MARKET, 5),
    /** Bars of 6 hours of a pair's contract, at most every 250 ms. */
    CONTINUOUS_6H("@continuousKline_6h", "continuous_kline", Route.MARKET, 5),
    /** Bars of 8 hours of a pair's contract, at most every 250 ms. */
    CONTINUOUS_8H("@continuousKline_8h", "continuous_kline", Route.MARKET, 5),
    /** Bars of 12 hours of a pair's contract, at most every 250 ms. */
    CONTINUOUS_12H("@continuousKline_12h", "continuous_kline", Route.MARKET, 5),
    /** Bars of a day of a pair's contract, at most every 250 ms. */
    CONTINUOUS_1D("@continuousKline_1d", "continuous_kline", Route.MARKET, 5),
    /** Bars of 3 days of a pair's contract, at most every 250 ms. */
    CONTINUOUS_3D("@continuousKline_3d", "continuous_kline", Route.MARKET, 5),
    /** Bars of a week of a pair's contract, at most every 250 ms. */
    CONTINUOUS_1W("@continuousKline_1w", "continuous_kline", Route.MARKET, 5),
    /** Bars of a month of a pair's contract, at most every 250 ms. */
    CONTINUOUS_MONTH("@continuousKline_1M", "continuous_kline", Route.MARKET, 5),
    /** Rolling 24 h statistics in short, every 2 s. */
    MINI_TICKER("@miniTicker", "24hrMiniTicker", Route.MARKET, 40),
    /** Index of an asset for margin in several assets, every second; its name begins with the asset and {@code usd}. */
    ASSET_INDEX("@assetIndex", "assetIndexUpdate", Route.MARKET, 20),
    /** Rolling 24 h statistics of every contract that traded, every second. */
    ALL_TICKERS("!ticker@arr", "24hrTicker", Route.MARKET, 20),
    /** Rolling 24 h statistics in short of every contract that traded, every second. */
    ALL_MINI_TICKERS("!miniTicker@arr", "24hrMiniTicker", Route.MARKET, 20),
    /** Best bid and ask of every contract, every 5 s. */
    ALL_BOOK_TICKERS("!bookTicker", "bookTicker", Route.PUBLIC, 100),
    /** Mark price of every contract, every 3 s. */
    ALL_MARK_PRICES_3S("!markPrice@arr", "markPriceUpdate", Route.MARKET, 60),
    /** Mark price of every contract, every second. */
    ALL_MARK_PRICES_1S("!markPrice@arr@1s", "markPriceUpdate", Route.MARKET, 20),
    /** The largest liquidation of each contract and second. */
    ALL_FORCE_ORDERS("!forceOrder@arr", "forceOrder", Route.MARKET, 20),
    /** Listings, changes of status and of brackets, when they happen. */
    CONTRACT_INFO("!contractInfo", "contractInfo", Route.MARKET, 0),
    /** Indexes of all assets for margin in several assets, every second. */
    ALL_ASSET_INDEXES("!assetIndex@arr", "assetIndexUpdate", Route.MARKET, 20),
    /** Price of the composite index and what it is made of, every second. */
    COMPOSITE_INDEX("defiusdt@compositeIndex", "compositeIndex", Route.MARKET, 20),
    /** Sessions of the markets that follow a stock exchange's hours, every second. */
    TRADING_SESSION("tradingSession", "EquityUpdate", Route.MARKET, 20);

    /** What the periods of batched streams are multiples of, in nanoseconds. */
    public static final long PERIOD_UNIT_NS = 50_000_000L;

    private static final String DEPTH_EVENT = "depthUpdate";
    private static final Map<String, StreamKind> BY_SUFFIX = new HashMap<>();
    private static final StreamKind[] ALL = values();
    private static final String KLINE_SUFFIX = "@kline_";
    private static final String CONTINUOUS_SUFFIX = "@continuousKline_";
    private static final StreamKind[] KLINES = new StreamKind[Interval.values().length];
    private static final StreamKind[] CONTINUOUS = new StreamKind[Interval.values().length];

    static {
        for (StreamKind kind : ALL) {
            BY_SUFFIX.put(kind.suffix, kind);
        }
        for (Interval interval : Interval.values()) {
            KLINES[interval.index() + 1] = BY_SUFFIX.get(KLINE_SUFFIX + interval.code());
            CONTINUOUS[interval.index() + 1] = BY_SUFFIX.get(CONTINUOUS_SUFFIX + interval.code());
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
     * Finds a kind by the part of a stream name that follows the symbol, or by the whole name.
     *
     * @param suffix from the first {@code @} on, or the name of a stream of the whole market.
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

    /** Says whether this is a diff stream of the book that everybody can take from. */
    public boolean isDepth() {
        return event.equals(DEPTH_EVENT) && index() <= DEPTH_500MS.index();
    }

    /** Says whether there is one such stream of the whole market, so that its suffix is its name. */
    public boolean isMarketWide() {
        return suffix.charAt(0) != '@';
    }

    /** Says whether the name begins with a pair and the type of its contract, not with a symbol. */
    public boolean isContinuous() {
        return suffix.startsWith(CONTINUOUS_SUFFIX);
    }

    /** Returns the stream of a symbol's bars, null for seconds. */
    static StreamKind kline(Interval interval) {
        return KLINES[interval.index() + 1];
    }

    /** Returns the stream of a pair's bars. */
    static StreamKind continuous(Interval interval) {
        return CONTINUOUS[interval.index() + 1];
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
