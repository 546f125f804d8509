package io.millrace.bench.exchange;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;

/** Takes streams and counts them, against the processor time of this thread: what else the machine does is not the market's doing. */
final class PayloadCounter implements FrameSink {
    private final boolean[] isWanted = new boolean[StreamKind.count()];
    private long payloads;
    private long bytes;
    private long eventsBefore;
    private long beginNs;

    PayloadCounter(Predicate<StreamKind> wanted) {
        for (int i = 0; i < isWanted.length; i++) {
            isWanted[i] = wanted.test(StreamKind.of(i));
        }
    }

    /** Says whether a stream tells something new: slower copies of diffs and mark price do not. */
    static boolean isNews(StreamKind kind) {
        return kind != StreamKind.DEPTH_250MS && kind != StreamKind.DEPTH_500MS && kind != StreamKind.MARK_PRICE_3S;
    }

    @Override
    public boolean isWanted(int symbol, StreamKind kind) {
        return isWanted[kind.index()];
    }

    @Override
    public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
        payloads++;
        bytes += length;
    }

    private static long cpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    void begin(long flowEvents) {
        payloads = 0;
        bytes = 0;
        eventsBefore = flowEvents;
        beginNs = cpuNs();
    }

    ExchangeFigure end(String name, long flowEvents) {
        double seconds = (cpuNs() - beginNs) / 1e9;
        return new ExchangeFigure(name, (flowEvents - eventsBefore) / seconds, payloads / seconds, bytes / seconds);
    }
}
