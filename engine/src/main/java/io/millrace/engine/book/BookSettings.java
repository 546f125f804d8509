package io.millrace.engine.book;

import io.millrace.codecs.value.Streams;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Settings of the book stage. All times are engine time.
 *
 * @param maxLevelsPerSide levels that one side of a book takes before it is given up as hostile, 5,000 or more; default 65,536.
 * @param snapshots how snapshots are asked for.
 * @param buffer how diffs are kept while a snapshot is on its way.
 * @param watch when a stream counts as silent.
 * @param isResyncOnTickerMismatch whether a live book that differs from the ticker of the same update id starts again; default true.
 * @param costNotionalE8 value in quote units, 1e-8, of which the cost of taking it out of a book is measured; default 10,000 units.
 */
public record BookSettings(
        int maxLevelsPerSide,
        Snapshots snapshots,
        Buffer buffer,
        Watch watch,
        boolean isResyncOnTickerMismatch,
        long costNotionalE8) {

    private static final long DEFAULT_COST_NOTIONAL_E8 = 10_000L * 100_000_000L;
    private static final int MIN_LEVELS_PER_SIDE = 5_000;

    /** Checks the ranges. */
    public BookSettings {
        require("maxLevelsPerSide", maxLevelsPerSide, MIN_LEVELS_PER_SIDE, 4_000_000);
        require("costNotionalE8", costNotionalE8, 1, Long.MAX_VALUE);
    }

    /** Returns the defaults. */
    public static BookSettings defaults() {
        return new BookSettings(
                OrderBook.DEFAULT_MAX_LEVELS,
                Snapshots.defaults(),
                Buffer.defaults(),
                Watch.defaults(),
                true,
                DEFAULT_COST_NOTIONAL_E8);
    }

    /** Returns these settings with other ones for snapshots. */
    public BookSettings with(Snapshots other) {
        return new BookSettings(maxLevelsPerSide, other, buffer, watch, isResyncOnTickerMismatch, costNotionalE8);
    }

    /** Returns these settings with another buffer. */
    public BookSettings with(Buffer other) {
        return new BookSettings(maxLevelsPerSide, snapshots, other, watch, isResyncOnTickerMismatch, costNotionalE8);
    }

    /** Returns these settings with another watch. */
    public BookSettings with(Watch other) {
        return new BookSettings(maxLevelsPerSide, snapshots, buffer, other, isResyncOnTickerMismatch, costNotionalE8);
    }

    /**
     * How snapshots are asked for: a few at a time, in order of need, within a share of the venue's request weight.
     *
     * @param depthLimit levels a side: 5, 10, 20, 50, 100, 500 or 1000; default 1000.
     * @param requestWeight what one request costs, 1 or more; default 20, the venue's price for 1000 levels.
     * @param weightPerMinute share of the venue's weight for snapshots, at least requestWeight; default 1,200 of 2,400.
     * @param burstWeight weight that may be used at once after a pause, at least requestWeight; default 80.
     * @param maxInFlight requests without an answer at a time, 1 to 16; default 4.
     * @param maxAgeNs a request is not sent when it has waited for longer; default 2 s.
     * @param answerTimeoutNs time after that in which an answer must have come; default 5 s.
     * @param retryDelayNs pause after a first failure, doubled with each further one; default 250 ms.
     * @param maxRetryDelayNs longest such pause; default 30 s.
     * @param stableNs a book that was live for so long starts its next sync without a pause; default 60 s.
     * @param isBridgedByPrevious whether a first diff that begins behind the snapshot is taken if the diff before it ended
     *     at or before the snapshot: then nothing lies between the two; default true. With false only a first diff with
     *     U &lt;= lastUpdateId &lt;= u is taken.
     */
    public record Snapshots(
            int depthLimit,
            int requestWeight,
            int weightPerMinute,
            int burstWeight,
            int maxInFlight,
            long maxAgeNs,
            long answerTimeoutNs,
            long retryDelayNs,
            long maxRetryDelayNs,
            long stableNs,
            boolean isBridgedByPrevious) {

        private static final int[] DEPTH_LIMITS = {5, 10, 20, 50, 100, 500, 1000};

        /** Checks the ranges. */
        public Snapshots {
            if (Arrays.binarySearch(DEPTH_LIMITS, depthLimit) < 0) {
                throw new IllegalArgumentException("depthLimit=" + depthLimit
                        + " is not one the venue knows, use one of " + Arrays.toString(DEPTH_LIMITS));
            }
            require("requestWeight", requestWeight, 1, 1_000_000);
            require("weightPerMinute", weightPerMinute, requestWeight, 1_000_000);
            require("burstWeight", burstWeight, requestWeight, 1_000_000);
            require("maxInFlight", maxInFlight, 1, SnapshotScheduler.MAX_IN_FLIGHT);
            require("maxAgeNs", maxAgeNs, 1_000_000, TimeUnit.HOURS.toNanos(1));
            require("answerTimeoutNs", answerTimeoutNs, 1_000_000, TimeUnit.HOURS.toNanos(1));
            require("retryDelayNs", retryDelayNs, 1_000_000, TimeUnit.HOURS.toNanos(1));
            require("maxRetryDelayNs", maxRetryDelayNs, retryDelayNs, TimeUnit.HOURS.toNanos(1));
            require("stableNs", stableNs, 0, TimeUnit.DAYS.toNanos(1));
        }

        /** Returns the defaults. */
        public static Snapshots defaults() {
            return new Snapshots(
                    1000,
                    20,
                    1_200,
                    80,
                    4,
                    TimeUnit.SECONDS.toNanos(2),
                    TimeUnit.SECONDS.toNanos(5),
                    TimeUnit.MILLISECONDS.toNanos(250),
                    TimeUnit.SECONDS.toNanos(30),
                    TimeUnit.SECONDS.toNanos(60),
                    true);
        }

        /** Returns the pause before attempt {@code attempt}: none before the first, then doubling. */
        long delayNs(int attempt) {
            return attempt <= 0 ? 0 : Math.min(maxRetryDelayNs, retryDelayNs << Math.min(attempt - 1, 20));
        }

        /** Returns the engine time that one request's weight takes to come back. */
        long weightNs() {
            return TimeUnit.MINUTES.toNanos(1) * requestWeight / weightPerMinute;
        }

        /** Returns how far ahead of engine time the account of weight may run. */
        long burstNs() {
            return TimeUnit.MINUTES.toNanos(1) * burstWeight / weightPerMinute;
        }
    }

    /**
     * How diffs are kept while a snapshot is on its way. The pool is allocated once.
     *
     * @param poolBytes for all instruments together, a multiple of blockBytes, at most 1 GiB; default 8 MiB.
     * @param blockBytes of a block, a multiple of 8, larger than a slot; default 16 KiB.
     * @param maxBytesPerInstrument beyond that an instrument's buffer starts again; default 1 MiB.
     */
    public record Buffer(int poolBytes, int blockBytes, int maxBytesPerInstrument) {
        /** Checks the ranges. */
        public Buffer {
            require("blockBytes", blockBytes, 1024, 1 << 20);
            require("poolBytes", poolBytes, blockBytes, 1 << 30);
            require("maxBytesPerInstrument", maxBytesPerInstrument, blockBytes, poolBytes);
            if (blockBytes % Long.BYTES != 0 || poolBytes % blockBytes != 0) {
                throw new IllegalArgumentException(
                        "blockBytes=" + blockBytes + " must be a multiple of 8 and poolBytes=" + poolBytes
                                + " a multiple of it, use " + poolBytes / blockBytes * blockBytes);
            }
        }

        /** Returns the defaults. */
        public static Buffer defaults() {
            return new Buffer(8 << 20, 16 << 10, 1 << 20);
        }
    }

    /**
     * When a subscribed stream counts as silent, in nanoseconds without an event of it; 0 never.
     *
     * @param depthNs default 15 s.
     * @param bookTickerNs default 30 s.
     * @param aggTradeNs default 0.
     * @param tradeNs default 0.
     * @param markPriceNs default 10 s.
     * @param klineNs default 0.
     * @param forceOrderNs default 0.
     * @param ticker24hNs default 0.
     * @param resubscribeNs pause before asking again for a stream that stays silent, doubled each time; default 10 s.
     * @param maxResubscribeNs longest such pause; default 5 min.
     */
    public record Watch(
            long depthNs,
            long bookTickerNs,
            long aggTradeNs,
            long tradeNs,
            long markPriceNs,
            long klineNs,
            long forceOrderNs,
            long ticker24hNs,
            long resubscribeNs,
            long maxResubscribeNs) {

        /** Checks the ranges. */
        public Watch {
            require("depthNs", depthNs, 0, Long.MAX_VALUE / 4);
            require("bookTickerNs", bookTickerNs, 0, Long.MAX_VALUE / 4);
            require("aggTradeNs", aggTradeNs, 0, Long.MAX_VALUE / 4);
            require("tradeNs", tradeNs, 0, Long.MAX_VALUE / 4);
            require("markPriceNs", markPriceNs, 0, Long.MAX_VALUE / 4);
            require("klineNs", klineNs, 0, Long.MAX_VALUE / 4);
            require("forceOrderNs", forceOrderNs, 0, Long.MAX_VALUE / 4);
            require("ticker24hNs", ticker24hNs, 0, Long.MAX_VALUE / 4);
            require("resubscribeNs", resubscribeNs, 1_000_000, TimeUnit.HOURS.toNanos(1));
            require("maxResubscribeNs", maxResubscribeNs, resubscribeNs, TimeUnit.DAYS.toNanos(1));
        }

        /** Returns the defaults. */
        public static Watch defaults() {
            return new Watch(
                    TimeUnit.SECONDS.toNanos(15),
                    TimeUnit.SECONDS.toNanos(30),
                    0,
                    0,
                    TimeUnit.SECONDS.toNanos(10),
                    0,
                    0,
                    0,
                    TimeUnit.SECONDS.toNanos(10),
                    TimeUnit.MINUTES.toNanos(5));
        }

        /** Returns the thresholds by stream index. */
        long[] thresholdsNs() {
            long[] thresholds = new long[Streams.COUNT];
            thresholds[Streams.DEPTH] = depthNs;
            thresholds[Streams.BOOK_TICKER] = bookTickerNs;
            thresholds[Streams.AGG_TRADE] = aggTradeNs;
            thresholds[Streams.TRADE] = tradeNs;
            thresholds[Streams.MARK_PRICE] = markPriceNs;
            thresholds[Streams.KLINE] = klineNs;
            thresholds[Streams.FORCE_ORDER] = forceOrderNs;
            thresholds[Streams.TICKER_24H] = ticker24hNs;
            return thresholds;
        }
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ", choose a value within");
        }
    }
}
