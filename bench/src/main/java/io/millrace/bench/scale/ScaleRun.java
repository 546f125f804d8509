package io.millrace.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.EngineDriver;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/**
 * One measurement in a JVM of its own, one line of JSON at its end: decoder and whole engine, without a journal and without sockets, on
 * one thread.
 */
public final class ScaleRun {
    private static final int FRAMES_PER_CYCLE = 16;
    private static final long FRAME_NS = 100_000;
    private static final int FRAMES = 200_000;
    private static final int LONG_FRAMES = 800_000;
    private static final int WARM_UP_PASSES = 3;
    private static final int PASSES = 5;
    private static final int RATE_SECONDS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScaleRun() {}

    /**
     * Measures.
     *
     * @param args {@code instruments N}, {@code levels N}, {@code rate N PER_SECOND} or {@code overload N FACTOR}.
     */
    public static void main(String[] args) {
        int size = Integer.parseInt(args[1]);
        ObjectNode result = switch (args[0]) {
            case "instruments" -> cost(MarketRecorder.record(size, FRAMES, 128), size);
            case "levels" -> cost(ScaleTape.ofDiffs(size), size);
            case "rate" -> rate(MarketRecorder.record(size, LONG_FRAMES, 448), Integer.parseInt(args[2]));
            default -> overload(MarketRecorder.record(size, LONG_FRAMES, 448), Double.parseDouble(args[2]));
        };
        System.out.println(result);
    }

    private static ObjectNode cost(ScaleTape tape, int size) {
        double[] nsPerEvent = new double[PASSES];
        for (int pass = -WARM_UP_PASSES; pass < PASSES; pass++) {
            double ns = pass(tape, driver(tape));
            if (pass >= 0) {
                nsPerEvent[pass] = ns;
            }
        }
        Arrays.sort(nsPerEvent);
        long before = memory();
        EngineDriver driver = driver(tape);
        pass(tape, driver);
        long bytes = memory() - before;
        double median = nsPerEvent[PASSES / 2];
        return JSON.createObjectNode()
                .put("size", size)
                .put("frames", tape.count())
                .put("bytesPerFrame", tape.offset(tape.count()) / tape.count())
                .put("nsPerEvent", Math.round(median))
                .put("nsPerEventBest", Math.round(nsPerEvent[0]))
                .put("eventsPerSecond", Math.round(1e9 / median))
                .put("engineBytes", bytes)
                .put("liveBooks", live(driver));
    }

    /** Offers a fixed rate, some seconds of it, and tells how old the touch is; the code is warm by full speed before. */
    private static ObjectNode rate(ScaleTape tape, int perSecond) {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            pass(tape, driver(tape));
        }
        int frames = (int) Math.min(tape.count(), (long) RATE_SECONDS * perSecond);
        new Overloaded(tape, frames, 1e9 / perSecond, false).run();
        Overloaded run = new Overloaded(tape, frames, 1e9 / perSecond, false);
        run.run();
        return run.toJson();
    }

    private static ObjectNode overload(ScaleTape tape, double factor) {
        double ns = Double.MAX_VALUE;
        for (int pass = 0; pass < 3; pass++) {
            ns = Math.min(ns, pass(tape, driver(tape)));
        }
        ObjectNode result = JSON.createObjectNode().put("sustainedPerSecond", Math.round(1e9 / ns));
        result.put("offeredPerSecond", Math.round(factor * 1e9 / ns)).put("frames", tape.count());
        ArrayNode policies = result.putArray("policies");
        for (boolean isConflating : new boolean[] {false, true}) {
            // Once to warm up what only overload runs.
            new Overloaded(tape, tape.count(), ns / factor, isConflating).run();
            Overloaded run = new Overloaded(tape, tape.count(), ns / factor, isConflating);
            run.run();
            policies.add(run.toJson());
        }
        return result;
    }

    /** Returns an engine that knows the instruments and has their books. */
    static EngineDriver driver(ScaleTape tape) {
        return driver(tape, (sequence, buffer, offset, length) -> {});
    }

    static EngineDriver driver(ScaleTape tape, OutletHandler records) {
        EngineDriver driver = new EngineDriver(
                new Engine(new EngineContext().isJournaled(false).slotLength(ScaleTape.SLOT_LENGTH)), records);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
        for (int id = 0; id < tape.instruments(); id++) {
            driver.offer(buffer, tape.definition(id, buffer));
            driver.offer(buffer, tape.snapshot(id, buffer));
            driver.work();
        }
        return driver;
    }

    /** Plays the tape as fast as it goes; returns nanoseconds of a frame. */
    private static double pass(ScaleTape tape, EngineDriver driver) {
        MarketDecoder decoder = new MarketDecoder(tape.table(), ScaleTape.SLOT_LENGTH);
        long startNs = System.nanoTime();
        for (int i = 0; i < tape.count(); i++) {
            long ingressNs = ScaleTape.START_NS + i * FRAME_NS;
            if (decoder.decode(tape.frames(), tape.offset(i), tape.length(i), 1, ingressNs) > 0) {
                driver.offer(decoder.encoded(), decoder.encodedLength());
            }
            if (i % FRAMES_PER_CYCLE == 0) {
                driver.work();
            }
        }
        driver.work();
        return (double) (System.nanoTime() - startNs) / tape.count();
    }

    static long live(EngineDriver driver) {
        return driver.engine().bookStage().reports().stream()
                .filter(report -> report.state() == BookState.LIVE)
                .count();
    }

    private static long memory() {
        System.gc();
        long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += pool.getMemoryUsed();
        }
        return bytes;
    }
}
