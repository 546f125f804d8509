package io.millrace.engine.feature.vector;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The features of the vector in their order. A change of any word here is another vector, with another {@link #schemaHash}. The table in
 * docs/features.md is this list; a test holds them equal.
 */
public enum VectorFeature {
    /** Sin(2π · minute of the UTC day / 1440). */
    TIME_OF_DAY_SIN("timeOfDaySin", "1", "-1 to 1", "sin(2π · minute of the UTC day / 1440)", "never missing"),

    /** Cos(2π · minute of the UTC day / 1440). */
    TIME_OF_DAY_COS("timeOfDayCos", "1", "-1 to 1", "cos(2π · minute of the UTC day / 1440)", "never missing"),

    /** Sin(2π · minute since Monday 00:00 UTC / 10080). */
    TIME_OF_WEEK_SIN(
            "timeOfWeekSin", "1", "-1 to 1", "sin(2π · minute since Monday 00:00 UTC / 10080)", "never missing"),

    /** Cos(2π · minute since Monday 00:00 UTC / 10080). */
    TIME_OF_WEEK_COS(
            "timeOfWeekCos", "1", "-1 to 1", "cos(2π · minute since Monday 00:00 UTC / 10080)", "never missing"),

    /** (ask - bid) / mid. */
    SPREAD("spreadBps", "bps", "above -20000, mostly 0 to 100", "(ask - bid) / mid", "NaN without a touch"),

    /** (microprice - mid) / mid. */
    MICROPRICE("micropriceBps", "bps", "-spread / 2 to spread / 2", "(microprice - mid) / mid", "NaN without a touch"),

    /** (bid lots - ask lots) / sum, best level. */
    IMBALANCE_1("imbalance1", "1", "-1 to 1", "(bid lots - ask lots) / sum, best level", "NaN without a touch"),

    /** The same over 5 levels. */
    IMBALANCE_5("imbalance5", "1", "-1 to 1", "the same over 5 levels", "NaN unless depth is live"),

    /** The same over 10 levels. */
    IMBALANCE_10("imbalance10", "1", "-1 to 1", "the same over 10 levels", "NaN unless depth is live"),

    /** The same over 20 levels. */
    IMBALANCE_20("imbalance20", "1", "-1 to 1", "the same over 20 levels", "NaN unless depth is live"),

    /** Order-flow imbalance over 1 s / sum of its parts' magnitudes. */
    ORDER_FLOW_1S(
            "orderFlow1s",
            "1",
            "-1 to 1",
            "order-flow imbalance over 1 s / sum of its parts' magnitudes",
            "NaN in the first second"),

    /** The same over 10 s. */
    ORDER_FLOW_10S("orderFlow10s", "1", "-1 to 1", "the same over 10 s", "NaN in the first 10 s"),

    /** The same over 60 s. */
    ORDER_FLOW_60S("orderFlow60s", "1", "-1 to 1", "the same over 60 s", "NaN in the first 60 s"),

    /** (lots bought - sold by takers) / sum over 1 s. */
    AGGRESSOR_1S(
            "aggressor1s",
            "1",
            "-1 to 1",
            "(lots bought - sold by takers) / sum over 1 s",
            "NaN in the first second; 0 without a trade"),

    /** The same over 10 s. */
    AGGRESSOR_10S("aggressor10s", "1", "-1 to 1", "the same over 10 s", "NaN in the first 10 s; 0 without a trade"),

    /** The same over 60 s. */
    AGGRESSOR_60S("aggressor60s", "1", "-1 to 1", "the same over 60 s", "NaN in the first 60 s; 0 without a trade"),

    /** Trades of 10 s / 10. */
    TRADE_INTENSITY("tradeIntensity10s", "trades/s", "0 or more", "trades of 10 s / 10", "NaN in the first 10 s"),

    /** (lots bought - sold) / sum over the large prints of 60 s. */
    LARGE_PRINTS(
            "largePrintImbalance",
            "1",
            "-1 to 1",
            "(lots bought - sold) / sum over the large prints of 60 s",
            "NaN before 512 trades; 0 without one"),

    /** (bids - asks) / sum of the lots within 10 bps of the mid. */
    DEPTH_IMBALANCE(
            "depthImbalance10bps",
            "1",
            "-1 to 1",
            "(bids - asks) / sum of the lots within 10 bps of the mid",
            "NaN until depth was measured"),

    /** Average price of buying the configured value / mid - 1. */
    BUY_COST(
            "buyCostBps",
            "bps",
            "0 to 10000, or -1",
            "average price of buying the configured value / mid - 1",
            "NaN until depth was measured; -1: insufficient depth"),

    /** 1 - average price of selling the configured value / mid. */
    SELL_COST(
            "sellCostBps",
            "bps",
            "0 to 10000, or -1",
            "1 - average price of selling the configured value / mid",
            "NaN until depth was measured; -1: insufficient depth"),

    /** 1 - lots within 10 bps / their highest of 10 s. */
    DEPTH_DROP(
            "depthDrop10s",
            "1",
            "0 to 1",
            "1 - lots within 10 bps / their highest of 10 s",
            "NaN until measured for 10 s"),

    /** Complete refill cycles of bids - of asks in 60 s. */
    REFILLS(
            "hiddenRefills",
            "refills/min",
            "-∞ to ∞, in practice ±100",
            "complete refill cycles of bids - of asks in 60 s",
            "never missing; 0 without one"),

    /** Liquidation orders seen in 60 s, a lower bound. */
    LIQUIDATIONS(
            "liquidationsPerMinute",
            "orders/min",
            "0 to 60",
            "liquidation orders seen in 60 s, a lower bound",
            "NaN in the first 60 s after the first one"),

    /** Realised volatility of 1 s, not annualised. */
    VOLATILITY_1S(
            "volatility1s",
            "bps",
            "0 or more",
            "realised volatility of 1 s, not annualised",
            "NaN in the first second"),

    /** The same of 10 s. */
    VOLATILITY_10S("volatility10s", "bps", "0 or more", "the same of 10 s", "NaN in the first 10 s"),

    /** The same of 60 s. */
    VOLATILITY_60S("volatility60s", "bps", "0 or more", "the same of 60 s", "NaN in the first 60 s"),

    /** The last second's return / volatility of the 120 s before (Lee-Mykland). */
    JUMP(
            "jump",
            "1",
            "-1000 to 1000",
            "the last second's return / volatility of the 120 s before (Lee-Mykland)",
            "NaN in the first 121 s"),

    /** RSI(14) of 1 m closes. */
    RSI("rsi14m1", "1", "0 to 100", "RSI(14) of 1 m closes", "NaN before 15 bars"),

    /** ATR(14) of 1 m bars / close. */
    ATR("atr14m1", "percent", "0 or more", "ATR(14) of 1 m bars / close", "NaN before 14 bars"),

    /** Bollinger(20, 2) %B of 1 m closes. */
    PERCENT_B("percentB20m1", "1", "about -1 to 2", "Bollinger(20, 2) %B of 1 m closes", "NaN before 20 bars"),

    /** Z-score of 1 m volume over 20 bars. */
    VOLUME("volumeZ20m1", "1", "-4.4 to 4.4", "z-score of 1 m volume over 20 bars", "NaN before 20 bars"),

    /** Mark / index - 1. */
    PREMIUM("premiumBps", "bps", "-100000 to 100000", "mark / index - 1", "NaN without mark or index price"),

    /** Current rate - 1 bp · interval hours / 8. */
    FUNDING_EXCESS(
            "fundingExcessBps",
            "bps",
            "-10000 to 10000",
            "current rate - 1 bp · interval hours / 8",
            "NaN without a rate"),

    /** Mid-rank of the rate per hour among the last 90 settled. */
    FUNDING_PERCENTILE(
            "fundingPercentile",
            "percent",
            "0 to 100",
            "mid-rank of the rate per hour among the last 90 settled",
            "NaN before 9 settled rates"),

    /** Open interest / that of an hour ago - 1. */
    INTEREST_CHANGE(
            "openInterestChange1h",
            "1",
            "-1 to 100",
            "open interest / that of an hour ago - 1",
            "NaN in the first hour"),

    /** Ln(accounts long / accounts short), limited to 1/1000 to 1000. */
    LONG_SHORT(
            "longShortLog",
            "1",
            "-6.9 to 6.9",
            "ln(accounts long / accounts short), limited to 1/1000 to 1000",
            "NaN until polled"),

    /** (shorts - longs) / sum of estimated liquidations within 2 %. */
    LIQUIDATION_PULL(
            "liquidationPull2pct",
            "1",
            "-1 to 1",
            "(shorts - longs) / sum of estimated liquidations within 2 %",
            "NaN before open interest grew");

    private static final List<VectorFeature> ALL = List.of(values());
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long SCHEMA_HASH = hashOfAll();

    private final String key;
    private final String unit;
    private final String range;
    private final String formula;
    private final String missing;

    VectorFeature(String key, String unit, String range, String formula, String missing) {
        this.key = key;
        this.unit = unit;
        this.range = range;
        this.formula = formula;
        this.missing = missing;
    }

    /** Returns the features in their order. */
    public static List<VectorFeature> all() {
        return ALL;
    }

    /** Returns the hash of names, units, ranges, formulas and rules of all features in their order: 64-bit FNV-1a over their UTF-8 text. */
    public static long schemaHash() {
        return SCHEMA_HASH;
    }

    private static long hashOfAll() {
        long hash = FNV_OFFSET;
        for (VectorFeature feature : ALL) {
            String text = String.join("|", feature.key, feature.unit, feature.range, feature.formula, feature.missing);
            for (byte one : (text + "\n").getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (one & 0xFF)) * FNV_PRIME;
            }
        }
        return hash;
    }

    /** Returns the place in the vector, 0 to 37. */
    @SuppressWarnings("EnumOrdinal") // The order of this list is the order of the vector: that is what it is for.
    public int index() {
        return ordinal();
    }

    /** Returns the name that files and models use. */
    public String key() {
        return key;
    }

    /** Returns the unit, 1 for none. */
    public String unit() {
        return unit;
    }

    /** Returns the range in words. */
    public String range() {
        return range;
    }

    /** Returns the formula in words. */
    public String formula() {
        return formula;
    }

    /** Returns when the feature is missing, and what is written then. */
    public String missing() {
        return missing;
    }
}
