package io.millrace.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What one way of running came to over all its forks.
 *
 * @param label of the way.
 * @param forks their results, at least one.
 */
public record WireFigures(String label, List<WireFork.Result> forks) {
    /** Percentiles that tables show. */
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);

    private static final int CURVE_TICKS = 5;

    /** Checks that there is something. */
    public WireFigures {
        forks = List.copyOf(forks);
        if (forks.isEmpty()) {
            throw new IllegalArgumentException("no fork of " + label + " was measured: measure one round or more");
        }
    }

    /** Gathers forks by their labels, in the order in which labels first came. */
    static List<WireFigures> of(List<WireFork.Result> results) {
        Map<String, List<WireFork.Result>> byLabel = new LinkedHashMap<>();
        results.forEach(result -> byLabel.computeIfAbsent(result.label(), label -> new ArrayList<>())
                .add(result));
        return byLabel.entrySet().stream()
                .map(entry -> new WireFigures(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Returns the times of all forks, from when a frame was due to its answer. */
    Histogram merged() {
        Histogram merged = new Histogram(forks.get(0).fromDue());
        forks.forEach(fork -> merged.add(fork.fromDue()));
        return merged;
    }

    /**
     * Returns the median over the forks of a percentile of each.
     *
     * @param percentile 0 to 100.
     * @return nanoseconds.
     */
    double ns(double percentile) {
        return median(forks.stream().mapToDouble(fork -> fork.fromDue().getValueAtPercentile(percentile)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Returns heap bytes per event of the measured engines' threads: the median over windows of half a second of all forks, for the
     * JVM itself puts constants on a thread's account once in a while; NaN if the subject does not tell.
     */
    double bytesPerEvent() {
        return median(forks.stream()
                .flatMap(fork -> StreamSupport.stream(
                        fork.report().path("bytesPerEventByWindow").spliterator(), false))
                .mapToDouble(JsonNode::asDouble));
    }

    /** Returns all bytes by all events, whatever came once included; NaN if the subject does not tell. */
    private double allBytesPerEvent() {
        long bytes = 0;
        long events = 0;
        for (WireFork.Result fork : forks) {
            bytes += fork.report().path("bytes").asLong();
            events += fork.report().path("events").asLong();
        }
        return events == 0 ? Double.NaN : (double) bytes / events;
    }

    long missing() {
        return forks.stream().mapToLong(WireFork.Result::missing).sum();
    }

    /** Returns the figures as a JSON object, the curve as pairs of percentile and nanoseconds. */
    public Map<String, Object> toJson() {
        Histogram merged = merged();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("label", label);
        json.put("forks", forks.size());
        json.put("answers", merged.getTotalCount());
        json.put("missing", missing());
        json.put("framesPerSecond", Math.round(forks.get(0).framesPerSecond()));
        Map<String, Object> percentiles = new LinkedHashMap<>();
        PERCENTILES.forEach(percentile -> percentiles.put("p" + name(percentile), ns(percentile)));
        json.put("ns", percentiles);
        json.put("warmUpSeconds", Math.round(forks.get(0).warmUpSeconds()));
        json.put("minNs", merged.getMinValue());
        json.put("maxNs", merged.getMaxValue());
        json.put(
                "ofForks",
                forks.stream()
                        .map(fork -> PERCENTILES.stream()
                                .map(fork.fromDue()::getValueAtPercentile)
                                .toList())
                        .toList());
        if (!Double.isNaN(bytesPerEvent())) {
            json.put("bytesPerEvent", bytesPerEvent());
            json.put("allBytesPerEvent", allBytesPerEvent());
        }
        json.put("curve", curve(merged));
        List<JsonNode> reports = forks.stream()
                .map(WireFork.Result::report)
                .filter(report -> !report.isEmpty())
                .toList();
        json.put("reports", reports);
        return json;
    }

    private static String name(double percentile) {
        return percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile);
    }

    private static List<double[]> curve(Histogram histogram) {
        List<double[]> points = new ArrayList<>();
        for (HistogramIterationValue value : histogram.percentiles(CURVE_TICKS)) {
            double[] point = {value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()};
            if (points.isEmpty() || !Arrays.equals(points.get(points.size() - 1), point)) {
                points.add(point);
            }
        }
        return points;
    }
}
