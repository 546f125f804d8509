package io.millrace.exchange.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lengths of bars. Up to {@code 3d} bars are counted from the epoch; weeks begin on Monday, months on their first day, all
 * at 00:00 UTC.
 */
public enum Interval {
    /** A second; only continuous bars have it. */
    S1("1s", 1),
    /** A minute. */
    M1("1m", 60),
    /** 3 minutes. */
    M3("3m", 180),
    /** 5 minutes. */
    M5("5m", 300),
    /** 15 minutes. */
    M15("15m", 900),
    /** 30 minutes. */
    M30("30m", 1800),
    /** An hour. */
    H1("1h", 3600),
    /** 2 hours. */
    H2("2h", 7200),
    /** 4 hours. */
    H4("4h", 14_400),
    /** 6 hours. */
    H6("6h", 21_600),
    /** 8 hours. */
    H8("8h", 28_800),
    /** 12 hours. */
    H12("12h", 43_200),
    /** A day. */
    D1("1d", 86_400),
    /** 3 days. */
    D3("3d", 259_200),
    /** A week from Monday on. */
    W1("1w", 604_800),
    /** A calendar month. */
    MONTH("1M", 0);

    private static final long MS_PER_SECOND = 1000;
    private static final long DAY_MS = 86_400_000L;
    /** The first Monday after the epoch. */
    private static final long MONDAY_MS = 4 * DAY_MS;

    private static final Map<String, Interval> BY_CODE = new HashMap<>();
    /** What bars are kept of: all but seconds, shortest first. */
    private static final List<Interval> KEPT;

    static {
        for (Interval interval : values()) {
            BY_CODE.put(interval.code, interval);
        }
        KEPT = List.of(values()).subList(1, values().length);
    }

    private final String code;
    private final long lengthMs;

    Interval(String code, long seconds) {
        this.code = code;
        this.lengthMs = seconds * MS_PER_SECOND;
    }

    /**
     * Finds an interval by the venue's name for it.
     *
     * @param code such as {@code 15m}.
     * @return the interval, or null if there is none.
     */
    public static Interval of(String code) {
        return BY_CODE.get(code);
    }

    /** Returns the intervals that bars are kept of, shortest first: all but seconds. */
    public static List<Interval> kept() {
        return KEPT;
    }

    /** Returns the venue's name of the interval. */
    public String code() {
        return code;
    }

    /** Returns the length in milliseconds, 0 for a month, whose length differs. */
    public long lengthMs() {
        return lengthMs;
    }

    /** Returns the place among {@link #kept()}, from 0 on. */
    @SuppressWarnings("EnumOrdinal") // the order is that of kept(), nothing stores it
    int index() {
        return ordinal() - 1;
    }

    /**
     * Returns when the bar begins that holds a moment.
     *
     * @param timeMs epoch milliseconds, 0 or more.
     */
    public long openMs(long timeMs) {
        if (this == MONTH) {
            return startMs(monthOf(timeMs));
        }
        return this == W1 ? timeMs - Math.floorMod(timeMs - MONDAY_MS, lengthMs) : timeMs - timeMs % lengthMs;
    }

    /**
     * Returns when the bar ends, exclusive, which is when the next begins.
     *
     * @param openMs beginning of the bar.
     */
    public long endMs(long openMs) {
        return this == MONTH ? startMs(monthOf(openMs).plusMonths(1)) : openMs + lengthMs;
    }

    /**
     * Returns when the bar begins that comes some bars before another one.
     *
     * @param openMs beginning of the other bar.
     * @param bars how many bars back, 0 or more.
     */
    public long backMs(long openMs, long bars) {
        return this == MONTH ? startMs(monthOf(openMs).minusMonths(bars)) : openMs - bars * lengthMs;
    }

    private static YearMonth monthOf(long timeMs) {
        return YearMonth.from(Instant.ofEpochMilli(timeMs).atOffset(ZoneOffset.UTC));
    }

    private static long startMs(YearMonth month) {
        LocalDate first = month.atDay(1);
        return first.toEpochDay() * DAY_MS;
    }
}
