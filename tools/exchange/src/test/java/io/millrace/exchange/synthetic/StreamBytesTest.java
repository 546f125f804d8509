package io.millrace.exchange.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * The bytes of each stream for a seed, as they were before there were others: more streams must not change them. Who changes
 * how prices come about changes the sums of the streams concerned, knowingly.
 */
class StreamBytesTest {
    private static final long START_NS = 1_795_262_385_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    private static final Map<String, String> BYTES = new TreeMap<>(Map.ofEntries(
            Map.entry("@aggTrade", "3cae90d4"),
            Map.entry("@bookTicker", "72179650"),
            Map.entry("@depth", "b73d9706"),
            Map.entry("@depth@0ms", "dfa9b80"),
            Map.entry("@depth@100ms", "9acbb352"),
            Map.entry("@depth@500ms", "9b4828db"),
            Map.entry("@forceOrder", "48047f87"),
            Map.entry("@kline_1m", "c4602718"),
            Map.entry("@markPrice", "850cad4"),
            Map.entry("@markPrice@1s", "4877bb7d"),
            Map.entry("@ticker", "c323b68d"),
            Map.entry("@trade", "a303ceb2")));

    @Test
    void shouldPublishTheSameBytesAsEverWhenTheSeedIsTheSame() {
        SyntheticMarket market = new SyntheticMarket(
                SyntheticSettings.of(12, 7).withEventsPerSecond(4000).withJumpsPerHour(600), START_NS);
        Map<StreamKind, CRC32> sums = new EnumMap<>(StreamKind.class);
        FrameSink sink = new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return true;
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                sums.computeIfAbsent(kind, unused -> new CRC32()).update(payload, 0, length);
            }
        };
        while (market.advance(START_NS + 90 * SECOND_NS, 1000, sink) > 0) {
            // All of it.
        }
        market.flush(START_NS + 90 * SECOND_NS, sink);
        Map<String, String> heard = new TreeMap<>();
        sums.forEach((kind, sum) -> {
            if (BYTES.containsKey(kind.suffix())) {
                heard.put(kind.suffix(), Long.toHexString(sum.getValue()));
            }
        });
        assertEquals(BYTES.toString(), heard.toString());
    }
}
