package io.millrace.engine.status;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Latencies of orders, hop by hop and by the type of the event that caused them, from the stamps of {@link OrderStamps}.
 *
 * <pre>
 *  decode           frame read to event encoded
 *  publish          from there until its slot was written
 *  queue            from there until the book stage took it
 *  book             book stage
 *  strategy         features and strategies
 *  risk             risk and orders: the command is decided on
 *  inputs           slot written to event in the input journal, beside the stages
 *  outputs          later of risk and inputs to command in the output journal
 *  egress           from there until the command was offered to the gateway
 *  link             from there until the gateway took it up
 *  encode           from there until the request stood ready, signed where it has to be
 *  write            from there until the socket had it
 *  answer           from there until the answer's frame was read
 *  event-to-socket  slot written to socket
 *  frame-to-order   frame read to request ready
 *  frame-to-socket  frame read to socket
 * </pre>
 *
 * <p>A hop counts where both of its stamps were taken: of an event outside the sample those before the strategy stage are
 * missing.
 *
 * <p><b>Thread:</b> recorded by egress's, read by any. <b>Allocation:</b> when the first order of an event type ends.
 */
public final class OrderLatencies {
    private static final int TYPES = CounterIds.TEMPLATES;

    // Points whose distance each hop is; inputs and outputs are told apart in record().
    private static final Hop[] HOPS = {
        new Hop("decode", OrderStamps.READ, OrderStamps.DECODED),
        new Hop("publish", OrderStamps.DECODED, OrderStamps.PUBLISHED),
        new Hop("queue", OrderStamps.PUBLISHED, OrderStamps.STARTED),
        new Hop("book", OrderStamps.STARTED, OrderStamps.BOOK),
        new Hop("strategy", OrderStamps.BOOK, OrderStamps.STRATEGY),
        new Hop("risk", OrderStamps.STRATEGY, OrderStamps.RISK),
        new Hop("inputs", OrderStamps.PUBLISHED, OrderStamps.INPUTS),
        new Hop("outputs", OrderStamps.RISK, OrderStamps.OUTPUTS),
        new Hop("egress", OrderStamps.OUTPUTS, OrderStamps.OFFERED),
        new Hop("link", OrderStamps.OFFERED, OrderStamps.TAKEN),
        new Hop("encode", OrderStamps.TAKEN, OrderStamps.ENCODED),
        new Hop("write", OrderStamps.ENCODED, OrderStamps.WRITTEN),
        new Hop("answer", OrderStamps.WRITTEN, OrderStamps.ANSWERED),
        new Hop("event-to-socket", OrderStamps.PUBLISHED, OrderStamps.WRITTEN),
        new Hop("frame-to-order", OrderStamps.READ, OrderStamps.ENCODED),
        new Hop("frame-to-socket", OrderStamps.READ, OrderStamps.WRITTEN),
    };

    private final AtomicReferenceArray<HopHistograms> byType = new AtomicReferenceArray<>(TYPES);

    private record Hop(String name, int from, int to) {}

    OrderLatencies() {}

    /** Returns the number of hops. */
    public static int hops() {
        return HOPS.length;
    }

    /** Returns the name of a hop as reports show it. */
    public static String name(int hop) {
        return HOPS[hop].name;
    }

    /** Returns the hop with a name, -1 for none. */
    public static int hop(String name) {
        for (int hop = 0; hop < HOPS.length; hop++) {
            if (HOPS[hop].name.equals(name)) {
                return hop;
            }
        }
        return -1;
    }

    /** Returns the template ids of the events that have caused orders so far; for any thread. */
    public List<Integer> causes() {
        return IntStream.range(0, TYPES)
                .filter(type -> byType.get(type) != null)
                .boxed()
                .toList();
    }

    /**
     * Returns all that was recorded for a hop of orders with a cause until now; for any thread.
     *
     * @param causeTemplateId of {@link #causes()}.
     * @param hop below {@link #hops()}.
     */
    public Histogram copy(int causeTemplateId, int hop) {
        return byType.get(causeTemplateId).copy(hop);
    }

    /** Returns all that was recorded for a hop until now, whatever the cause; for any thread. */
    public Histogram copy(int hop) {
        Histogram sum = new Histogram(1, HopHistograms.MAX_NS, 2);
        causes().forEach(type -> sum.add(copy(type, hop)));
        return sum;
    }

    /** Records an order's hops; for the thread that stamps. */
    void record(int causeTemplateId, OrderStamps stamps, int row) {
        int type = causeTemplateId & (TYPES - 1);
        HopHistograms histograms = byType.get(type);
        if (histograms == null) {
            histograms = new HopHistograms(HOPS.length);
            byType.set(type, histograms);
        }
        for (int hop = 0; hop < HOPS.length; hop++) {
            long fromNs = stamps.stampNs(row, HOPS[hop].from);
            if (HOPS[hop].to == OrderStamps.OUTPUTS) {
                fromNs = Math.max(fromNs, stamps.stampNs(row, OrderStamps.INPUTS));
            }
            long toNs = stamps.stampNs(row, HOPS[hop].to);
            if (fromNs != StageStamps.MISSING && toNs != StageStamps.MISSING) {
                histograms.record(hop, toNs - fromNs);
            }
        }
    }
}
