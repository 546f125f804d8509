package io.millrace.bench.footprint;

import io.millrace.bench.EngineDriver;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.bars.Timeframe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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
    private final EngineDriver driver = new EngineDriver(
            new Engine(new EngineContext().isJournaled(false).slotLength(WideMarket.SLOT_LENGTH)),
            (sequence, buffer, offset, length) -> {});
    private long events;

    private Footprint() {}

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
        if (footprint.driver.engine().bookStage().reports().size() < WideMarket.DEEP) {
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
        driver.offer(market.buffer(), length);
        events++;
        if (events % 64 == 0) {
            driver.work();
        }
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
