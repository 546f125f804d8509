package io.millrace.bench.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.bench.peer.ByteScan;
import io.millrace.bench.peer.JacksonTreeMapBook;
import io.millrace.engine.book.BookReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is compared for speed must do the same work. */
class MarketPathTest {
    private static CaptureFrames frames;

    @BeforeAll
    static void load() {
        frames = capture();
    }

    /** Returns the recorded capture; without it the test is skipped, on CI it fails. */
    static CaptureFrames capture() {
        Path capture = Path.of(System.getProperty("millrace.shared", "../../shared"))
                .resolve("data/captures/usdm-btcusdt-20240808.jsonl.gz");
        if (!Files.exists(capture)) {
            if (System.getenv("CI") != null) {
                throw new AssertionError("recorded data " + capture + " is absent, and CI is set");
            }
            System.out.println("skipped: recorded data " + capture + " is absent");
            Assumptions.abort("recorded data " + capture + " is absent");
        }
        return CaptureFrames.load(capture);
    }

    @Test
    void shouldEndEveryPassWithTheLevelsThatThePeerHas() {
        MarketPathBenchmark benchmark = new MarketPathBenchmark();
        benchmark.setUp(frames);
        benchmark.jacksonTreeMap();
        JacksonTreeMapBook peer = benchmark.jackson();
        MarketPath path = new MarketPath(frames);
        EnginePath engine = new EnginePath(frames);
        for (int pass = 1; pass <= 8; pass++) {
            path.decodeAndBookAll();
            engine.passAll();
            assertSame(peer, path.report(), pass);
            assertSame(peer, engine.report(), pass);
        }
    }

    @Test
    void shouldEndAReplayWithTheLevelsOfTheRecordedRun() throws IOException {
        ReplayBenchmark benchmark = new ReplayBenchmark();
        benchmark.setUp(frames);
        benchmark.open();
        benchmark.replayToBook();
        benchmark.close();
        benchmark.tearDown();
        MarketPath path = new MarketPath(frames);
        path.decodeAndBookAll();
        assertEquals(path.report(), benchmark.report());
    }

    private static void assertSame(JacksonTreeMapBook peer, BookReport ours, int passes) {
        assertEquals(peer.bids().size(), ours.bidLevels());
        assertEquals(peer.asks().size(), ours.askLevels());
        assertEquals((long) peer.diffs() * passes, ours.diffs().applied());
        assertEquals(0, ours.sync().errors());
    }

    @Test
    void shouldFindTheSameQuotesEightBytesAtATime() {
        byte[] bytes = frames.heapCopy();
        for (int frame = 0; frame < 1000; frame++) {
            long quotes = 0;
            int end = frames.offset(frame) + frames.length(frame);
            for (int i = frames.offset(frame); i < end; i++) {
                quotes += bytes[i] == '"' ? i : 0;
            }
            assertEquals(quotes, ByteScan.swar(frames.buffer(), frames.offset(frame), frames.length(frame)));
        }
    }

    @Test
    void shouldDecodeEverySampleFrame() {
        for (String type : new String[] {"aggTrade", "markPriceUpdate", "kline", "forceOrder", "24hrTicker"}) {
            DecodeBenchmark benchmark = new DecodeBenchmark();
            benchmark.type = type;
            benchmark.setUp();
            benchmark.decode();
        }
    }
}
