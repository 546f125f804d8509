package io.millrace.bench.market;

import io.millrace.bench.peer.ConnectorBook;
import io.millrace.bench.peer.JacksonTreeMapBook;
import io.millrace.bench.peer.PeerBook;
import io.millrace.bench.peer.XChangeBook;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The recorded arrival times through one server: how long a message waits behind those before it, and is served. Service times are measured message by
 * message in several passes, as fast as it goes; of each message the median over the passes counts, so that neither a collector's pause nor another
 * process on the machine does. The queue is then computed.
 */
public final class BurstBench {
    /** The product's path. */
    public static final String OURS = "burst decodeAndBook";
    /** The usual way. */
    public static final String JACKSON = "burst jacksonTreeMap";
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS = List.of(OURS, JACKSON, "burst xchange", "burst connectorTreeMap");
    /** End of the name of the figure that counts. */
    public static final String TAIL = " p99.9";

    /** For the quick ones many passes, for the slow ones a few: the compiler needs time as well as turns. */
    private static final long WARMUP_NS = 6_000_000_000L;

    private static final int PASSES = 7;
    private static final int CALIBRATIONS = 100_000;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;

    private BurstBench() {}

    /**
     * Measures one variant and prints the samples.
     *
     * @param args the variant.
     */
    public static void main(String[] args) {
        CaptureFrames frames = CaptureFrames.configured();
        long[] serviceNs = serviceNs(args[0], frames, WARMUP_NS, PASSES);
        long[] sojournNs = sojournNs(frames, serviceNs);
        String name = "sample " + args[0];
        System.out.println(name + " p50 " + quantile(sojournNs, P50));
        System.out.println(name + " p99 " + quantile(sojournNs, P99));
        System.out.println(name + TAIL + " " + quantile(sojournNs, P999));
    }

    /** Returns the service time of each message. */
    static long[] serviceNs(String variant, CaptureFrames frames, long warmupNs, int passes) {
        long clockNs = clockNs();
        long[][] times = new long[passes][];
        PeerBook peer = peer(variant);
        MarketPath path = peer == null ? new MarketPath(frames) : null;
        long sum = 0;
        long startNs = System.nanoTime();
        int pass = 0;
        while (pass < passes) {
            boolean isWarm = System.nanoTime() - startNs >= warmupNs;
            long[] ofPass;
            if (peer == null) {
                path.start();
                ofPass = pass(frames, path::take);
            } else {
                peer.clear();
                peer.onSnapshot(frames.restBodies().get(0).json());
                ofPass = pass(frames, i -> peer.onFrame(frames.heapCopy(), frames.offset(i), frames.length(i)));
            }
            sum += ofPass[0];
            if (isWarm) {
                times[pass++] = ofPass;
            }
        }
        if (sum == 0) {
            throw new IllegalStateException("no time has passed");
        }
        return medians(times, clockNs);
    }

    private static PeerBook peer(String variant) {
        return switch (variant) {
            case OURS -> null;
            case JACKSON -> new JacksonTreeMapBook();
            case "burst xchange" -> new XChangeBook();
            case "burst connectorTreeMap" -> new ConnectorBook();
            default -> throw new IllegalArgumentException("no variant " + variant + ", choose of " + VARIANTS);
        };
    }

    private static long[] pass(CaptureFrames frames, IntToLongFunction server) {
        long[] ns = new long[frames.count()];
        long sum = 0;
        for (int i = 0; i < ns.length; i++) {
            long startNs = System.nanoTime();
            sum += server.applyAsLong(i);
            ns[i] = System.nanoTime() - startNs;
        }
        // What was read has to have been read.
        ns[0] += sum == 1 ? 1 : 0;
        return ns;
    }

    private static long[] medians(long[][] times, long clockNs) {
        long[] medians = new long[times[0].length];
        long[] ofMessage = new long[times.length];
        for (int i = 0; i < medians.length; i++) {
            for (int pass = 0; pass < times.length; pass++) {
                ofMessage[pass] = times[pass][i];
            }
            Arrays.sort(ofMessage);
            medians[i] = Math.max(1, ofMessage[ofMessage.length / 2] - clockNs);
        }
        return medians;
    }

    /** Returns what two readings of the clock take, a median. */
    private static long clockNs() {
        long[] ns = new long[CALIBRATIONS];
        for (int i = 0; i < ns.length; i++) {
            long startNs = System.nanoTime();
            ns[i] = System.nanoTime() - startNs;
        }
        return quantile(ns, P50);
    }

    /** Returns waiting and service time of each message: it is served when it has arrived and the one before it is done. */
    static long[] sojournNs(CaptureFrames frames, long[] serviceNs) {
        long[] sojourn = new long[serviceNs.length];
        long freeNs = 0;
        for (int i = 0; i < sojourn.length; i++) {
            long arrivedNs = frames.arrivalNs(i);
            freeNs = Math.max(freeNs, arrivedNs) + serviceNs[i];
            sojourn[i] = freeNs - arrivedNs;
        }
        return sojourn;
    }

    private static long quantile(long[] values, double q) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
    }
}
