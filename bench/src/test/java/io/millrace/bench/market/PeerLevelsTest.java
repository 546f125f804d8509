package io.millrace.bench.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.bench.peer.ConnectorBook;
import io.millrace.bench.peer.FastjsonTreeMapBook;
import io.millrace.bench.peer.JacksonTreeMapBook;
import io.millrace.bench.peer.PeerBook;
import io.millrace.bench.peer.XChangeBook;
import io.millrace.engine.book.OrderBook;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared for speed must end with the same book, level by level. */
class PeerLevelsTest {
    /** A part of the capture, with a good thousand diffs: peers are slow. */
    private static final int FRAMES = 12_000;

    private static CaptureFrames frames;
    private static OrderBook ours;

    @BeforeAll
    static void pass() {
        frames = MarketPathTest.capture().head(FRAMES);
        MarketPath path = new MarketPath(frames);
        path.decodeAndBookAll();
        ours = path.book();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jackson", "fastjson2", "connector", "xchange"})
    void shouldEndWithTheLevelsOfTheProductWhenPeerHasSeenTheSameFrames(String name) {
        PeerBook peer = switch (name) {
            case "jackson" -> new JacksonTreeMapBook();
            case "fastjson2" -> new FastjsonTreeMapBook();
            case "connector" -> new ConnectorBook();
            default -> new XChangeBook();
        };
        MarketPathBenchmark.pass(peer, frames);
        assertSame(OrderBook.BID, peer.bids());
        assertSame(OrderBook.ASK, peer.asks());
    }

    private static void assertSame(int side, Map<BigDecimal, BigDecimal> levels) {
        assertEquals(levels.size(), ours.levels(side));
        levels.forEach((price, qty) -> {
            long ticks = price.movePointRight(1).longValueExact();
            assertEquals(qty.movePointRight(3).longValueExact(), ours.lotsAt(side, ticks), () -> "at " + price);
        });
    }
}
