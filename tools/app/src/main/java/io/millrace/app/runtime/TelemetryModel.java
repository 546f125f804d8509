package io.millrace.app.runtime;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.TelemetryBookDecoder;
import io.millrace.codecs.event.TelemetryCountersDecoder;
import io.millrace.codecs.event.TelemetryLatencyDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * What a viewer knows: the last of every telemetry message. Fed with messages alone, so it could as well sit in another
 * process.
 *
 * <p><b>Thread:</b> the viewer's.
 */
public final class TelemetryModel implements MessageHandler {
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final TelemetryCountersDecoder counters = new TelemetryCountersDecoder();
    private final TelemetryLatencyDecoder latency = new TelemetryLatencyDecoder();
    private final TelemetryBookDecoder book = new TelemetryBookDecoder();
    private final Map<Integer, Long> counterValues = new TreeMap<>();
    private final Map<Integer, Latency> latencies = new TreeMap<>();
    private final Map<Integer, Book> books = new TreeMap<>();
    private long messages;

    /** Makes an empty model. */
    public TelemetryModel() {}

    /**
     * Latency of one hop in nanoseconds, since the message before.
     *
     * @param count of samples.
     * @param p50Ns median.
     * @param p90Ns 90th percentile.
     * @param p99Ns 99th percentile.
     * @param p999Ns 99.9th percentile.
     * @param maxNs largest.
     */
    public record Latency(long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long maxNs) {}

    /**
     * One instrument's book.
     *
     * @param symbol as the venue writes it.
     * @param state what it is worth.
     * @param bidTicks best bid.
     * @param askTicks best ask.
     * @param bidLevels levels.
     * @param askLevels levels.
     * @param gaps so far.
     * @param resyncs so far.
     */
    public record Book(
            String symbol,
            BookState state,
            long bidTicks,
            long askTicks,
            int bidLevels,
            int askLevels,
            int gaps,
            int resyncs) {}

    @Override
    public void onMessage(int templateId, MutableDirectBuffer buffer, int offset, int length) {
        messages++;
        switch (templateId) {
            case TelemetryCountersDecoder.TEMPLATE_ID -> onCounters(buffer, offset);
            case TelemetryLatencyDecoder.TEMPLATE_ID -> onLatency(buffer, offset);
            case TelemetryBookDecoder.TEMPLATE_ID -> onBook(buffer, offset);
            default -> {
                // A newer engine's message.
            }
        }
    }

    /** Returns a counter's last value, 0 if it was never told. */
    public long counter(int counterId) {
        return counterValues.getOrDefault(counterId, 0L);
    }

    /** Returns the last latencies by hop. */
    public Map<Integer, Latency> latencies() {
        return latencies;
    }

    /** Returns the books by instrument id. */
    public Map<Integer, Book> books() {
        return books;
    }

    /** Returns how many books are live. */
    public int liveBooks() {
        return (int) books.values().stream()
                .filter(told -> told.state() == BookState.LIVE)
                .count();
    }

    /** Returns the number of messages received. */
    public long messages() {
        return messages;
    }

    private void onCounters(DirectBuffer buffer, int offset) {
        counters.wrapAndApplyHeader(buffer, offset, frame);
        for (TelemetryCountersDecoder.CountersDecoder counter : counters.counters()) {
            counterValues.put((int) counter.counterId(), counter.value());
        }
    }

    private void onLatency(DirectBuffer buffer, int offset) {
        latency.wrapAndApplyHeader(buffer, offset, frame);
        latencies.put(
                (int) latency.stage(),
                new Latency(
                        latency.count(),
                        latency.p50Ns(),
                        latency.p90Ns(),
                        latency.p99Ns(),
                        latency.p999Ns(),
                        latency.maxNs()));
    }

    private void onBook(DirectBuffer buffer, int offset) {
        book.wrapAndApplyHeader(buffer, offset, frame);
        int instrumentId = book.header().instrumentId();
        String symbol = book.symbol();
        books.put(
                instrumentId,
                new Book(
                        symbol,
                        book.state(),
                        book.bidTicks(),
                        book.askTicks(),
                        book.bidLevels(),
                        book.askLevels(),
                        book.gaps(),
                        book.resyncs()));
    }
}
