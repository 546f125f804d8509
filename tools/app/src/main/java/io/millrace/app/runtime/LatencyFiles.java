package io.millrace.app.runtime;

import io.millrace.engine.Engine;
import io.millrace.engine.status.LatencySeries;
import io.millrace.engine.status.OrderStamps;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latencies of a run as files: {@code latency-N.hlog}, every histogram of {@link Engine#latencySeries()} under its name
 * as tag, and {@code orders-N.csv}, the stamps of the last orders; N is the number of the run on its journal. Both hold
 * everything since the run's start and are replaced in one step by each dump. Whoever wants a dump of a running engine makes
 * a file {@code dump} beside them, which is removed when the dump is there.
 *
 * <p><b>Thread:</b> any one; dumps are cold.
 */
public final class LatencyFiles {
    /** A file of this name asks for a dump. */
    public static final String REQUEST = "dump";

    private static final Logger LOG = LoggerFactory.getLogger(LatencyFiles.class);
    private static final double NS_PER_US = 1e3;
    private static final double MS_PER_S = 1e3;

    private final Engine engine;
    private final Path directory;
    private final long run;
    private final long startMs;

    /**
     * Makes no file yet.
     *
     * @param engine whose latencies they are.
     * @param directory of the files, made when it is needed; null for none.
     * @param run number of the run on its journal.
     * @param startMs wall clock at the run's start.
     */
    LatencyFiles(Engine engine, Path directory, long run, long startMs) {
        this.engine = engine;
        this.directory = directory;
        this.run = run;
        this.startMs = startMs;
    }

    /** Dumps if somebody has asked for it; returns whether it did. */
    boolean poll() {
        if (directory == null) {
            return false;
        }
        Path request = directory.resolve(REQUEST);
        if (!Files.exists(request)) {
            return false;
        }
        dump();
        try {
            Files.deleteIfExists(request);
        } catch (IOException e) {
            LOG.warn("the request {} cannot be removed: {}", request, e.toString());
        }
        return true;
    }

    /** Writes both files. What cannot be written is logged: a full disk has better to do than to end a run for this. */
    void dump() {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            writeHistograms(directory.resolve("latency-" + run + ".hlog"));
            if (engine.orderStamps().isOn()) {
                writeOrders(directory.resolve("orders-" + run + ".csv"));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("latencies cannot be written to {}: {}", directory, e.toString());
        }
    }

    private void writeHistograms(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long nowMs = System.currentTimeMillis();
        try (PrintStream out = new PrintStream(Files.newOutputStream(part), false, StandardCharsets.US_ASCII)) {
            HistogramLogWriter log = new HistogramLogWriter(out);
            log.outputLogFormatVersion();
            log.outputComment("[nanoseconds; maximum of each line in microseconds]");
            log.outputStartTime(startMs);
            log.outputLegend();
            for (LatencySeries series : engine.latencySeries()) {
                Histogram histogram = series.histogram();
                histogram.setTag(series.name());
                histogram.setStartTimeStamp(startMs);
                histogram.setEndTimeStamp(nowMs);
                log.outputIntervalHistogram(startMs / MS_PER_S, nowMs / MS_PER_S, histogram, NS_PER_US);
            }
            if (out.checkError()) {
                throw new IOException("the disk took not all of " + part);
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeOrders(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.US_ASCII)) {
            List<String> head =
                    new ArrayList<>(List.of("commandId", "command", "instrument", "causeSequence", "cause", "readNs"));
            for (int point = OrderStamps.READ + 1; point < OrderStamps.POINTS; point++) {
                head.add(OrderStamps.name(point) + "Ns");
            }
            out.write(String.join(",", head) + "\n");
            engine.orderStamps().snapshot((row, stampsNs) -> {
                try {
                    out.write(line(row, stampsNs));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The first stamp as it is, the others from there on; nothing where none was taken. */
    private static String line(OrderStamps.Row row, long[] stampsNs) {
        StringBuilder line = new StringBuilder();
        line.append(row.commandId()).append(',').append(LatencySeries.commandName(row.commandTemplateId()));
        line.append(',').append(row.instrumentId()).append(',').append(row.causeSequence());
        line.append(',').append(LatencySeries.eventName(row.causeTemplateId()));
        long readNs = stampsNs[OrderStamps.READ];
        line.append(',').append(readNs);
        for (int point = OrderStamps.READ + 1; point < OrderStamps.POINTS; point++) {
            line.append(',');
            if (stampsNs[point] != 0) {
                line.append(stampsNs[point] - readNs);
            }
        }
        return line.append('\n').toString();
    }

    /**
     * Reads a {@code .hlog} file; of several files' maps the histograms of one name may be added up.
     *
     * @param file that {@link #dump} wrote.
     * @return nanoseconds by name, {@code orders.ticker/event-to-socket} say.
     * @throws IOException if it cannot be read.
     */
    public static Map<String, Histogram> read(Path file) throws IOException {
        Map<String, Histogram> byName = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(Files.newInputStream(file))) {
            while (reader.hasNext()) {
                EncodableHistogram next = reader.nextIntervalHistogram();
                if (next instanceof Histogram histogram && histogram.getTag() != null) {
                    byName.merge(histogram.getTag(), histogram, (sum, more) -> {
                        sum.add(more);
                        return sum;
                    });
                }
            }
        }
        return byName;
    }
}
