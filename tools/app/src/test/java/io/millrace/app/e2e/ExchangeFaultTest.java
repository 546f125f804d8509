package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.config.Config;
import io.millrace.app.demo.BookCompare;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Venue;
import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.StreamKind;
import io.millrace.gateway.MarketDataGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the exchange does wrong: a book is the exchange's, level by level, or it says that it is not live; and when the
 * fault is over it is the exchange's again.
 */
@Tag("slow")
class ExchangeFaultTest {
    private static final String SYMBOL = "BTCUSDT";
    private static final int SYMBOLS = 2;
    /** The first may belong to a turn that had looked before. */
    private static final long QUIET_TICKS = 3;

    private static final long FRAMES_AFTER = 200;

    @TempDir
    static Path directory;

    private static SimulatedExchange exchange;
    private static LiveRun run;
    private static MarketDataGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        exchange = TestRuns.exchange(SYMBOLS, 1200);
        Config config = TestRuns.config(exchange, "single");
        run = TestRuns.open(config, directory.resolve("journal"), UnaryOperator.identity());
        gateway = Venue.gateway(config, null, run);
        run.start(List.of(gateway), gateway.commandInlet());
    }

    @AfterAll
    static void stop() {
        run.close();
        exchange.close();
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, to = "REFUSE")
    void shouldBeTheExchangesBookOrSayThatItIsNot(FaultKind kind) {
        awaitRecovered("before " + kind);

        ActiveFault fault = exchange.faults().inject(aim(kind));
        provoke(kind);
        TestRuns.await(kind + " to strike", () -> fault.hits() > 0);
        long sent = framesSent();
        TestRuns.await("the market to go on", () -> framesSent() - sent > FRAMES_AFTER);
        if (kind == FaultKind.STALL) {
            TestRuns.await("the silent stream to be noticed", () -> state(SYMBOL) != BookState.LIVE);
        } else if (kind
                != FaultKind.SLOW) { // A slow connection is late, not wrong, and nobody can tell from its bytes.
            assertNeverSilentlyWrong(kind);
        }

        exchange.faults().clearAll();
        awaitRecovered("after " + kind);
    }

    private static Fault aim(FaultKind kind) {
        Fault fault = Fault.of(kind);
        return switch (kind) {
            case SLOW -> fault.on(SYMBOL).on(StreamKind.DEPTH_100MS).amount(20_000);
            // 429 would keep the gateway away for the rest of the minute, as it should.
            case HTTP_STATUS -> fault.amount(503);
            case DELAYED_SNAPSHOT -> fault.on(SYMBOL).amount(300);
            case REFUSE -> fault;
            default ->
                kind.target() == FaultKind.Target.FRAME
                        ? fault.on(SYMBOL).on(StreamKind.DEPTH_100MS)
                        : fault.on(SYMBOL);
        };
    }

    /** Makes the engine ask for a snapshot, or connect, where that is what goes wrong. */
    private static void provoke(FaultKind kind) {
        if (kind == FaultKind.REFUSE) {
            exchange.faults().inject(Fault.of(FaultKind.CUT).on(SYMBOL).on(StreamKind.DEPTH_100MS));
        } else if (kind.target() != FaultKind.Target.FRAME) {
            exchange.faults().inject(Fault.of(FaultKind.GAP).on(SYMBOL).on(StreamKind.DEPTH_100MS));
        }
    }

    /** Stops the market, lets everything arrive, and compares. */
    private static void assertNeverSilentlyWrong(FaultKind kind) {
        exchange.pause();
        try {
            awaitQuiet();
            for (BookReport report : reports()) {
                boolean isLive = report.state() == BookState.LIVE;
                assertTrue(
                        !isLive || isEqual(report), kind + ": " + report + " is live and wrong, seed " + TestRuns.SEED);
            }
        } finally {
            exchange.resume();
        }
    }

    private static void awaitRecovered(String when) {
        TestRuns.await("live and equal books " + when, () -> {
            if (reports().size() < SYMBOLS || reports().stream().anyMatch(report -> report.state() != BookState.LIVE)) {
                return false;
            }
            exchange.pause();
            try {
                awaitQuiet();
                return reports().stream().allMatch(report -> report.state() == BookState.LIVE && isEqual(report));
            } finally {
                exchange.resume();
            }
        });
    }

    /**
     * Waits until the feed has looked at its sockets again and again without finding anything: an exchange that stands still has
     * written all it will ever write, and what is written on the loopback can be read.
     */
    private static void awaitQuiet() {
        long[] seen = {-1, 0};
        TestRuns.await("silence", () -> {
            long events = run.engine().counters().events(DepthDiffDecoder.TEMPLATE_ID)
                    + run.engine().counters().events(BookTickerDecoder.TEMPLATE_ID);
            long ticks = gateway.status().ticks();
            if (events != seen[0]) {
                seen[0] = events;
                seen[1] = ticks;
            }
            return ticks >= seen[1] + QUIET_TICKS && run.engine().isDrained();
        });
    }

    private static boolean isEqual(BookReport report) {
        return BookCompare.isEqual(books().book(report.instrumentId()), exchange.bookOf(report.symbol()));
    }

    private static BookState state(String symbol) {
        return reports().stream()
                .filter(report -> report.symbol().equals(symbol))
                .map(BookReport::state)
                .findFirst()
                .orElse(BookState.NONE);
    }

    /** Read beside the running stage: good enough to wait by; what is asserted is read when nothing moves. */
    private static List<BookReport> reports() {
        return books().reports();
    }

    private static BookStage books() {
        return (BookStage) run.engine().stage(StageIds.BOOK);
    }

    private static long framesSent() {
        return exchange.framesSent().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
