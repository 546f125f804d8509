package io.millrace.app.demo;

import java.util.Map;

/**
 * What a demonstration found. The names are those of {@code --json}.
 *
 * @param seconds that it ran.
 * @param topology of the engine.
 * @param symbols of the exchange.
 * @param booksLive books in sync at the end.
 * @param booksEqual books that held exactly what the exchange's did at the end; null with a capture, whose books
 *     reach further than a snapshot does.
 * @param events on the ring.
 * @param framesSent by the exchange, by type.
 * @param framesJournaled market messages in the journal by type, long ones counted once.
 * @param countsEqual whether the two are equal.
 * @param gaps in the chains of diffs.
 * @param resyncs of books.
 * @param latencyNs percentiles by scope and hop, nanoseconds: {@code events} sampled, {@code orders} all, {@code
 *     orders.ticker} and so on those of one cause.
 * @param trading what the orders have come to; null with a capture, which is played without orders.
 * @param halted why no entries were allowed at the end, "none" normally.
 * @param journal directory.
 * @param replay verdict of the replay.
 */
public record DemoReport(
        double seconds,
        String topology,
        int symbols,
        int booksLive,
        Integer booksEqual,
        long events,
        Map<String, Long> framesSent,
        Map<String, Long> framesJournaled,
        boolean countsEqual,
        long gaps,
        long resyncs,
        Map<String, Map<String, Map<String, Long>>> latencyNs,
        DemoTrading trading,
        String halted,
        String journal,
        ReplayVerdict replay) {
    /**
     * Verdict of the replay in a JVM of its own, as {@code replay --json} printed it.
     *
     * @param identical whether every output was.
     * @param events replayed.
     * @param stateHash over all outputs.
     * @param firstDifference null if identical.
     * @param seconds it took, the JVM's start included.
     */
    public record ReplayVerdict(
            boolean identical, long events, String stateHash, String firstDifference, double seconds) {}
}
