package io.millrace.bench.hop;

import io.millrace.bench.market.SampleEvents;
import io.millrace.engine.pipeline.IdleStrategies;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.IdleStrategy;

/**
 * One event at a time between two threads: from the producer's first step to the consumer's look at the event, with the same idle strategy in the
 * consumer. The producer waits a moment after each event, so that the consumer is idle again.
 */
public final class HopBench {
    /** The product's ring. */
    public static final String OURS = "ringHop";
    /** Bare Disruptor. */
    public static final String FLOOR = "bareHop";
    /** Both, in the order of a round. */
    public static final List<String> VARIANTS = List.of(FLOOR, OURS);
    /** Idle strategies that are measured. */
    public static final List<String> IDLE_STRATEGIES = List.of("busy-spin", "yield");
    /** End of a median's name. */
    public static final String MEDIAN = " p50";

    private static final int WARMUP = 200_000;
    private static final int MEASURED = 300_000;
    /** A consumer that yields on a machine with other work gets its turn every few milliseconds only. */
    private static final long MAX_RUN_NS = 10_000_000_000L;

    private static final long PAUSE_NS = 1_000;
    private static final long MAX_NS = 10_000_000_000L;
    private static final int DIGITS = 3;
    private static final int P50 = 50;
    private static final int P99 = 99;

    private final Hop hop;
    private final IdleStrategy idle;
    private final Histogram histogram = new Histogram(1, MAX_NS, DIGITS);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private long count;

    HopBench(Hop hop, String idle) {
        this.hop = hop;
        this.idle = IdleStrategies.of(idle);
    }

    /**
     * Measures one variant with all idle strategies and prints the samples.
     *
     * @param args the variant.
     */
    public static void main(String[] args) throws InterruptedException {
        for (String idle : IDLE_STRATEGIES) {
            Hop hop = args[0].equals(OURS) ? new RingHop(SampleEvents.bookTicker()) : new BareHop();
            Histogram histogram = new HopBench(hop, idle).run(WARMUP, MEASURED);
            String name = "sample " + args[0] + " " + idle;
            System.out.println(name + MEDIAN + " " + histogram.getValueAtPercentile(P50));
            System.out.println(name + " p99 " + histogram.getValueAtPercentile(P99));
        }
    }

    /** Runs both threads until all events have passed or the time is over; returns the times after the warm-up, or of the second half. */
    Histogram run(int warmup, int measured) throws InterruptedException {
        int total = warmup + measured;
        long startNs = System.nanoTime();
        Thread consumer = new Thread(() -> consume(warmup, startNs + MAX_RUN_NS / 2), "hop-consumer");
        consumer.setDaemon(true);
        consumer.start();
        long sent = 0;
        while (sent < total && System.nanoTime() - startNs < MAX_RUN_NS) {
            hop.publish(System.nanoTime());
            sent++;
            while (received.getAcquire() < sent) {
                Thread.onSpinWait();
                if (!consumer.isAlive()) {
                    throw new IllegalStateException("the consumer ended after " + received + " events");
                }
            }
            long untilNs = System.nanoTime() + PAUSE_NS;
            while (System.nanoTime() < untilNs) {
                Thread.onSpinWait();
            }
        }
        last.setRelease(sent);
        consumer.join();
        return histogram;
    }

    private void consume(int warmup, long halfNs) {
        Hop.Receiver receiver = sentNs -> {
            long nowNs = System.nanoTime();
            count++;
            if (count > warmup || nowNs - halfNs > 0) {
                histogram.recordValue(Math.max(1, nowNs - sentNs));
            }
            received.setRelease(count);
        };
        while (count < last.getAcquire()) {
            idle.idle(hop.poll(receiver));
        }
    }
}
