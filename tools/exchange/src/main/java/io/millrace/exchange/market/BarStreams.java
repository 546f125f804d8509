package io.millrace.exchange.market;

/**
 * The bar streams of one symbol, by symbol and by pair: at most every 250 ms while they change, and once more when they are over.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class BarStreams {
    private final int symbol;
    private final BarHistory bars;
    private final JsonWriter out;
    private final PayloadWriter writer;
    private final Bar bar = new Bar();

    BarStreams(int symbol, BarHistory bars, JsonWriter out, PayloadWriter writer) {
        this.symbol = symbol;
        this.bars = bars;
        this.out = out;
        this.writer = writer;
    }

    /** Ends the bars that are over, before anything is traded at a later time. */
    void roll(long timeMs, FrameSink sink) {
        if (!bars.isSecondOver(timeMs)) {
            return;
        }
        publish(Interval.S1, bars.second(), true, timeMs, sink);
        bars.rollSecond(timeMs);
        if (bars.isMinuteOver(timeMs)) {
            for (Interval interval : Interval.kept()) {
                if (bars.isOver(interval, timeMs)) {
                    publish(interval, true, timeMs, sink);
                }
            }
            bars.rollMinute(timeMs);
        }
    }

    void onTimer(long count, long nowMs, FrameSink sink) {
        if (count % StreamKind.KLINE_1M.periodUnits() != 0) {
            return;
        }
        if (bars.second().isDirty) {
            bars.second().isDirty = false;
            publish(Interval.S1, bars.second(), false, nowMs, sink);
        }
        if (bars.minute().isDirty) {
            bars.minute().isDirty = false;
            for (Interval interval : Interval.kept()) {
                publish(interval, false, nowMs, sink);
            }
        }
    }

    private void publish(Interval interval, boolean isFinal, long eventMs, FrameSink sink) {
        boolean isAny = sink.isWanted(symbol, StreamKind.kline(interval))
                || sink.isWanted(symbol, StreamKind.continuous(interval));
        if (isAny) {
            bars.current(interval, bar);
            publish(interval, bar, isFinal, eventMs, sink);
        }
    }

    private void publish(Interval interval, Bar of, boolean isFinal, long eventMs, FrameSink sink) {
        StreamKind kind = StreamKind.kline(interval);
        if (kind != null && sink.isWanted(symbol, kind)) {
            out.clear();
            writer.kline(of, interval, isFinal, eventMs);
            sink.onFrame(symbol, kind, out.bytes(), out.length());
        }
        StreamKind continuous = StreamKind.continuous(interval);
        if (sink.isWanted(symbol, continuous)) {
            out.clear();
            writer.continuousKline(of, interval, isFinal, eventMs);
            sink.onFrame(symbol, continuous, out.bytes(), out.length());
        }
    }
}
