package io.millrace.bench.footprint;

import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.pipeline.StageIds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;

/**
 * Loads an engine with the whole market and prints what it takes, in a JVM of its own: resident memory of the process, heap in use after a
 * collection. The engine has its ring, all stages with default settings, and no journal and no sockets. The market: {@value
 * WideMarket#INSTRUMENTS} instruments with touch, mark price and indicators on all six timeframes, full books and trades of the first {@value
 * WideMarket#DEEP}, histories as deep as configured by default.
 */
public final class Footprint {
    private static final int BARS = 130;
    private static final int TRADES = 600;
    private static final long FIRST_MS = 1_577_836_800_000L;
    private static final long MIB = 1 << 20;

    private final WideMarket market = new WideMarket();
    private final Engine engine =
            new Engine(new EngineContext().isJournaled(false).slotLength(WideMarket.SLOT_LENGTH));
    private final Agent[] stages = new Agent[StageIds.COUNT];
    private long events;

    private Footprint() {
        for (int id = 0; id < StageIds.COUNT; id++) {
            stages[id] = engine.stageAgent(id);
        }
    }

    /**
     * Loads the engine and prints one line: resident MiB, heap MiB, events.
     *
     * @param args none.
     * @throws IOException if the process cannot read about itself.
     */
    public static void main(String[] args) throws IOException {
        Footprint footprint = new Footprint();
        footprint.load();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf("%d %d %d%n", residentKib() / 1024, heap / MIB, footprint.events);
        if (footprint.engine.bookStage().reports().size() < WideMarket.DEEP) {
            throw new IllegalStateException("books are missing");
        }
    }

    private void load() {
        for (int id = 0; id < WideMarket.INSTRUMENTS; id++) {
            offer(market.definition(id));
        }
        offer(market.runStarted());
        offer(market.subscribed());
        for (int id = 0; id < WideMarket.INSTRUMENTS; id++) {
            offer(market.bookTicker(id, 900));
            offer(market.markPrice(id));
        }
        for (int id = 0; id < WideMarket.DEEP; id++) {
            offer(market.snapshot(id));
            offer(market.depth(id));
            for (int i = 0; i < TRADES; i++) {
                offer(market.aggTrade(id, i));
            }
        }
        for (int bar = 0; bar < BARS; bar++) {
            for (int id = 0; id < WideMarket.INSTRUMENTS; id++) {
                for (Timeframe timeframe : Timeframe.values()) {
                    // Each timeframe at times of its own, so that none is added up from shorter ones.
                    long firstMs = FIRST_MS + TimeUnit.DAYS.toMillis(400L * timeframe.index());
                    offer(market.kline(id, timeframe, firstMs + bar * timeframe.lengthMs()));
                }
            }
        }
    }

    private void offer(int length) {
        while (engine.marketInlet().offer(market.buffer(), 0, length) == Inlet.BACK_PRESSURED) {
            work();
        }
        events++;
        if (events % 64 == 0) {
            work();
        }
    }

    private void work() {
        try {
            for (Agent stage : stages) {
                int done = 1;
                while (done > 0) {
                    done = stage.doWork();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("a stage failed while the market was loaded", e);
        }
        engine.outputs().poll((sequence, buffer, offset, length) -> {}, Integer.MAX_VALUE);
    }

    private static long residentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("/proc/self/status has no line VmRSS");
    }
}
