package io.millrace.bench.startup;

import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Venue;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.StopReason;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.gateway.MarketDataGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The product: engine, journal and gateway on one contract, until its book is live. */
final class EngineStart {
    private EngineStart() {}

    /** The ordinary book stage, looked at after each event. */
    private static final class Watched implements Stage {
        private final BookStage books;
        private final CountDownLatch isLive;

        Watched(BookStage books, CountDownLatch isLive) {
            this.books = books;
            this.isLive = isLive;
        }

        @Override
        public int id() {
            return books.id();
        }

        @Override
        public int viewLength() {
            return books.viewLength();
        }

        @Override
        public int commandsLength() {
            return books.commandsLength();
        }

        @Override
        public void onEvent(SlotContext slot) {
            books.onEvent(slot);
            for (BookReport report : books.reports()) {
                if (report.state() == BookState.LIVE && isLive.getCount() > 0) {
                    isLive.countDown();
                    System.out.println(StartupBench.SYNCED);
                }
            }
        }

        @Override
        public void onSkip(SlotContext slot) {
            books.onSkip(slot);
        }

        @Override
        public long stateHash() {
            return books.stateHash();
        }
    }

    /**
     * Runs until the book is live.
     *
     * @param args addresses of REST, of the route for books, and of the other one.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("millrace-startup");
        CountDownLatch isLive = new CountDownLatch(1);
        try {
            Config config = ConfigLoader.parse(
                    "venue:%n  restUri: %s%n  publicUri: %s%n  marketUri: %s%n  symbols: [BTCUSDT]%n"
                            .formatted(args[0], args[1], args[2]),
                    "bench");
            LiveRun.Options ordinary = LiveRun.Options.of(
                    (stage, sequence, error) -> {},
                    new Progress(new PrintWriter(System.err, false, Charset.defaultCharset()), false));
            LiveRun.Options options = new LiveRun.Options(
                    stage -> new Watched((BookStage) stage, isLive),
                    ordinary.faultListener(),
                    ordinary.progress(),
                    ordinary.quarantined(),
                    ordinary.taps());
            try (LiveRun run = LiveRun.open(config, directory, "bench", options)) {
                MarketDataGateway gateway = Venue.gateway(config, null, run);
                run.start(List.of(gateway), gateway.commandInlet());
                isLive.await();
                run.stop(StopReason.ORDERLY);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
