package io.millrace.app.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.SharedData;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.demo.DemoExchange;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Replay;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.StopReason;
import io.millrace.gateway.orders.LinkCounters;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mode {@code paper} on a recorded market: real frames over sockets, the probe's orders matched with the recorded book. */
class PaperOnRecordingTest {
    private static final int ANSWERED = 6;

    @TempDir
    Path directory;

    @Test
    void shouldTradeWithTheRecordedBook() throws Exception {
        Config config = ConfigLoader.parse("""
                engine: {topology: single, bars: {warmUp: false}}
                journal: {blockMib: 1, prepareAheadMib: 1, reserveMib: 0, lowWatermarkMib: 2, criticalWatermarkMib: 1}
                exchange: {capture: '%s'}
                trading:
                  mode: paper
                  auditSeconds: 5
                  maxOrderNotional: 1000
                  maxTotalNotional: 5000
                  probe: {everyTickers: 50, notional: 250, offsetTicks: 5, exitSeconds: 1, maxOpen: 4}
                """.formatted(SharedData.file(SharedData.BTC)), "test");
        Path journal = directory.resolve("journal");
        Progress silent = new Progress(new PrintWriter(Writer.nullWriter()), false);
        try (PaperVenue paper = DemoExchange.paper(config)) {
            Config on = paper.on(config, config.venue().streams());
            LiveRun run = LiveRun.open(on, journal, "test", LiveRun.Options.of((stage, sequence, error) -> {}, silent));
            try (TradingSession session = new TradingSession(on, null, run, paper.keys())) {
                session.start();
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
                while (session.orderStatus().counters().get(LinkCounters.ANSWERED) < ANSWERED) {
                    assertTrue(run.isRunning() && System.nanoTime() - deadlineNs < 0, "waited in vain for orders");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
                session.stop(StopReason.ORDERLY);
            }
        }
        AccountPicture picture = AccountPicture.of(journal, ConfigLoader.defaults(), silent);
        AccountPicture.Position position = picture.positions().get(0);
        assertEquals("BTCUSDT", position.symbol());
        assertTrue(position.fills() > 0, () -> "no fill: " + picture.orders());
        AccountPicture.Wallet wallet = picture.wallets().get(0);
        assertEquals(0, new BigDecimal(wallet.ours()).compareTo(new BigDecimal(wallet.venue())), wallet.toString());
        assertTrue(new Replay(journal, ConfigLoader.defaults(), UnaryOperator.identity())
                .run(Long.MAX_VALUE, silent)
                .identical());
    }
}
