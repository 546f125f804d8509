package io.millrace.exchange.market;

import io.millrace.exchange.venue.ContractRules;
import java.util.Arrays;
import java.util.List;

/**
 * The streams of the whole market, and of what is made of several contracts. Called once a second by the market's timer; the
 * largest liquidations come from the symbols themselves, when their own streams have them. The first {@value
 * SymbolPublisher#COIN_MARGINED} symbols show up a second time with {@code st} 2, as contracts that are margined in their asset,
 * with the same prices and volumes.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public final class MarketStreams {
    /** Time between two calls of the timer in nanoseconds. */
    public static final long PERIOD_NS = 1_000_000_000L;

    private static final long UNITS = PERIOD_NS / StreamKind.PERIOD_UNIT_NS;
    private static final List<String> ASSET_FIELDS = List.of(
            ",\"i\":\"",
            ",\"b\":\"",
            ",\"a\":\"",
            ",\"B\":\"",
            ",\"A\":\"",
            ",\"q\":\"",
            ",\"g\":\"",
            ",\"Q\":\"",
            ",\"G\":\"");

    private final SymbolPublisher[] publishers;
    private final Payloads payloads;
    private final JsonWriter out;
    private final CompositeIndex composite;
    private final long[] tickerSeen;
    private final long[] miniTickerSeen;

    /**
     * Makes the streams.
     *
     * @param publishers of all symbols, in their order.
     * @param payloads how payloads are written.
     */
    public MarketStreams(SymbolPublisher[] publishers, Payloads payloads) {
        this.publishers = publishers.clone();
        this.payloads = payloads;
        this.out = payloads.out();
        this.composite = new CompositeIndex(
                Arrays.stream(publishers).map(SymbolPublisher::history).toList());
        this.tickerSeen = new long[publishers.length];
        this.miniTickerSeen = new long[publishers.length];
    }

    /** Returns the index that is made of several contracts. */
    public CompositeIndex composite() {
        return composite;
    }

    /**
     * Publishes what is due.
     *
     * @param count of calls since the market began, from 1 on.
     * @param nowMs epoch milliseconds.
     * @param sink takes the payloads.
     */
    public void onTimer(long count, long nowMs, FrameSink sink) {
        if (isDue(StreamKind.ALL_TICKERS, count, sink)) {
            days(StreamKind.ALL_TICKERS, tickerSeen, nowMs, sink);
        }
        if (isDue(StreamKind.ALL_MINI_TICKERS, count, sink)) {
            days(StreamKind.ALL_MINI_TICKERS, miniTickerSeen, nowMs, sink);
        }
        if (isDue(StreamKind.ALL_BOOK_TICKERS, count, sink)) {
            bookTickers(sink);
        }
        for (StreamKind kind : new StreamKind[] {StreamKind.ALL_MARK_PRICES_1S, StreamKind.ALL_MARK_PRICES_3S}) {
            if (isDue(kind, count, sink)) {
                markPrices(kind, nowMs, sink);
            }
        }
        assetIndexes(nowMs, sink);
        if (isDue(StreamKind.COMPOSITE_INDEX, count, sink)) {
            composite.stream(nowMs, out.clear());
            publish(StreamKind.COMPOSITE_INDEX, sink);
        }
        if (isDue(StreamKind.TRADING_SESSION, count, sink)) {
            for (TradingSchedule.Venue venue : TradingSchedule.Venue.values()) {
                TradingSchedule.stream(venue, nowMs, out.clear());
                publish(StreamKind.TRADING_SESSION, sink);
            }
        }
    }

    /**
     * Publishes that a contract was listed or that its status or brackets changed.
     *
     * @param rules of the contract from now on.
     * @param hasNewBrackets whether the brackets changed.
     * @param nowMs epoch milliseconds.
     * @param sink takes the payload.
     */
    public void announce(ContractRules rules, boolean hasNewBrackets, long nowMs, FrameSink sink) {
        if (sink.isWanted(FrameSink.WHOLE_MARKET, StreamKind.CONTRACT_INFO)) {
            ContractNotice.write(rules, hasNewBrackets, payloads.isCurrent(), nowMs, out.clear());
            publish(StreamKind.CONTRACT_INFO, sink);
        }
    }

    private static boolean isDue(StreamKind kind, long count, FrameSink sink) {
        return count * UNITS % kind.periodUnits() == 0 && sink.isWanted(FrameSink.WHOLE_MARKET, kind);
    }

    /** Statistics of the symbols that traded since the last payload. */
    private void days(StreamKind kind, long[] seen, long nowMs, FrameSink sink) {
        out.clear().raw('[');
        int rows = 0;
        for (int i = 0; i < publishers.length; i++) {
            RollingDay day = publishers[i].history().day();
            if (day.lastTradeId == seen[i]) {
                continue;
            }
            seen[i] = day.lastTradeId;
            day.sum(nowMs);
            day(kind, publishers[i].writer(), day, nowMs, rows++);
            if (publishers[i].coinWriter() != null) {
                day(kind, publishers[i].coinWriter(), day, nowMs, rows++);
            }
        }
        if (rows > 0) {
            out.raw(']');
            publish(kind, sink);
        }
    }

    private void day(StreamKind kind, PayloadWriter writer, RollingDay day, long nowMs, int row) {
        if (row > 0) {
            out.raw(',');
        }
        if (kind == StreamKind.ALL_TICKERS) {
            writer.ticker(day, nowMs);
        } else {
            writer.miniTicker(day, nowMs);
        }
    }

    private void bookTickers(FrameSink sink) {
        for (SymbolPublisher publisher : publishers) {
            for (PayloadWriter writer : new PayloadWriter[] {publisher.writer(), publisher.coinWriter()}) {
                if (writer != null) {
                    out.clear();
                    writer.bookTicker(publisher.book());
                    publish(StreamKind.ALL_BOOK_TICKERS, sink);
                }
            }
        }
    }

    private void markPrices(StreamKind kind, long nowMs, FrameSink sink) {
        out.clear().raw('[');
        int rows = 0;
        for (SymbolPublisher publisher : publishers) {
            if (!publisher.mark().isKnown()) {
                continue;
            }
            for (PayloadWriter writer : new PayloadWriter[] {publisher.writer(), publisher.coinWriter()}) {
                if (writer != null) {
                    out.raw(rows++ == 0 ? "" : ",");
                    writer.markPrice(publisher.mark(), nowMs);
                }
            }
        }
        if (rows > 0) {
            out.raw(']');
            publish(kind, sink);
        }
    }

    private void assetIndexes(long nowMs, FrameSink sink) {
        int count = Math.min(AssetIndexes.MOST, publishers.length);
        for (int i = 0; i < count; i++) {
            if (publishers[i].mark().isKnown() && sink.isWanted(i, StreamKind.ASSET_INDEX)) {
                assetIndex(publishers[i], nowMs, out.clear());
                sink.onFrame(i, StreamKind.ASSET_INDEX, out.bytes(), out.length());
            }
        }
        if (sink.isWanted(FrameSink.WHOLE_MARKET, StreamKind.ALL_ASSET_INDEXES)
                && publishers[0].mark().isKnown()) {
            out.clear().raw('[');
            for (int i = 0; i < count; i++) {
                out.raw(i == 0 ? "" : ",");
                assetIndex(publishers[i], nowMs, out);
            }
            out.raw(']');
            publish(StreamKind.ALL_ASSET_INDEXES, sink);
        }
    }

    private static void assetIndex(SymbolPublisher publisher, long nowMs, JsonWriter out) {
        out.raw("{\"e\":\"assetIndexUpdate\",\"E\":").number(nowMs).raw(",\"s\":\"");
        out.raw(AssetIndexes.symbol(publisher.history().spec())).raw('"');
        AssetIndexes.write(ASSET_FIELDS, publisher.mark().indexE8(), out);
        out.raw('}');
    }

    private void publish(StreamKind kind, FrameSink sink) {
        sink.onFrame(FrameSink.WHOLE_MARKET, kind, out.bytes(), out.length());
    }
}
