package io.millrace.exchange.market;

import java.util.ArrayList;
import java.util.List;

/**
 * When the markets trade whose contracts follow a stock exchange's hours. Every week is alike: no holidays and no summer time.
 *
 * <p><b>Thread:</b> any.
 */
public final class TradingSchedule {
    /** What a session is. */
    public enum SessionType {
        /** Before the exchange opens. */
        PRE_MARKET,
        /** The exchange's own hours. */
        REGULAR,
        /** After it has closed. */
        AFTER_MARKET,
        /** At night, between two trading days. */
        OVERNIGHT,
        /** Closed. */
        NO_TRADING
    }

    /** A market. */
    public enum Venue {
        /** Shares in the United States. */
        EQUITY("EquityUpdate"),
        /** Commodities. */
        COMMODITY("CommodityUpdate"),
        /** Shares in Korea. */
        KR_EQUITY("KR_EquityUpdate"),
        /** Shares in Hong Kong. */
        HK_EQUITY("HK_EquityUpdate");

        private final String event;

        Venue(String event) {
            this.event = event;
        }

        /** Returns the event type of its sessions. */
        public String event() {
            return event;
        }
    }

    /**
     * One session.
     *
     * @param startMs beginning, epoch milliseconds.
     * @param endMs end, exclusive, epoch milliseconds.
     * @param type what it is.
     */
    public record Session(long startMs, long endMs, SessionType type) {}

    /** From a minute of the week, counted from Monday 00:00 UTC, to the next row's. */
    private record Row(int minute, SessionType type) {}

    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int WEEK = 7 * DAY;
    private static final int WORKDAYS = 5;
    private static final long MINUTE_MS = 60_000;
    private static final long WEEK_MS = WEEK * MINUTE_MS;
    /** The first Monday after the epoch. */
    private static final long MONDAY_MS = 4L * DAY * MINUTE_MS;

    private static final List<List<Row>> WEEKS = List.of(equity(), commodity(), korea(), hongKong());

    private TradingSchedule() {}

    private static List<Row> equity() {
        List<Row> rows = new ArrayList<>();
        for (int day = 0; day < WORKDAYS; day++) {
            int at = day * DAY;
            rows.add(new Row(at, day == 0 ? SessionType.NO_TRADING : SessionType.AFTER_MARKET));
            rows.add(new Row(at + HOUR, SessionType.OVERNIGHT));
            rows.add(new Row(at + 9 * HOUR, SessionType.PRE_MARKET));
            rows.add(new Row(at + 14 * HOUR + 30, SessionType.REGULAR));
            rows.add(new Row(at + 21 * HOUR, SessionType.AFTER_MARKET));
        }
        rows.add(new Row(WORKDAYS * DAY + HOUR, SessionType.NO_TRADING));
        return List.copyOf(rows);
    }

    private static List<Row> commodity() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(0, SessionType.REGULAR));
        for (int day = 0; day < WORKDAYS; day++) {
            rows.add(new Row(day * DAY + 22 * HOUR, SessionType.NO_TRADING));
            if (day < WORKDAYS - 1) {
                rows.add(new Row(day * DAY + 23 * HOUR, SessionType.REGULAR));
            }
        }
        rows.add(new Row(6 * DAY + 23 * HOUR, SessionType.REGULAR));
        return List.copyOf(rows);
    }

    private static List<Row> korea() {
        List<Row> rows = new ArrayList<>();
        for (int day = 0; day < WORKDAYS; day++) {
            rows.add(new Row(day * DAY, SessionType.REGULAR));
            rows.add(new Row(day * DAY + 6 * HOUR + 30, SessionType.NO_TRADING));
        }
        return List.copyOf(rows);
    }

    private static List<Row> hongKong() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(0, SessionType.NO_TRADING));
        for (int day = 0; day < WORKDAYS; day++) {
            int at = day * DAY;
            rows.add(new Row(at + HOUR + 30, SessionType.REGULAR));
            rows.add(new Row(at + 4 * HOUR, SessionType.NO_TRADING));
            rows.add(new Row(at + 5 * HOUR, SessionType.REGULAR));
            rows.add(new Row(at + 8 * HOUR, SessionType.NO_TRADING));
        }
        return List.copyOf(rows);
    }

    /**
     * Returns the session that a moment lies in.
     *
     * @param venue the market.
     * @param timeMs epoch milliseconds.
     */
    @SuppressWarnings("EnumOrdinal") // the rows stand in the order of the constants
    public static Session at(Venue venue, long timeMs) {
        List<Row> rows = WEEKS.get(venue.ordinal());
        long weekMs = timeMs - Math.floorMod(timeMs - MONDAY_MS, WEEK_MS);
        long minute = (timeMs - weekMs) / MINUTE_MS;
        int row = 0;
        while (row + 1 < rows.size() && rows.get(row + 1).minute() <= minute) {
            row++;
        }
        long endMinute = row + 1 < rows.size() ? rows.get(row + 1).minute() : WEEK;
        return new Session(
                weekMs + rows.get(row).minute() * MINUTE_MS,
                weekMs + endMinute * MINUTE_MS,
                rows.get(row).type());
    }

    static void stream(Venue venue, long nowMs, JsonWriter out) {
        Session session = at(venue, nowMs);
        out.raw("{\"e\":\"").raw(venue.event()).raw("\",\"E\":").number(nowMs);
        out.raw(",\"t\":").number(session.startMs()).raw(",\"T\":").number(session.endMs());
        out.raw(",\"S\":\"").raw(session.type().name()).raw("\"}");
    }
}
