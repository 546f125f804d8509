package io.millrace.app.demo;

import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.ForceOrderDecoder;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.MarkPriceDecoder;
import io.millrace.codecs.event.Ticker24hDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.status.Counters;
import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Market messages by the venue's event type, counted on either side of the sockets. */
final class FrameCounts {
    /** The venue's name of each template. */
    static final Map<Integer, String> TYPES = types();

    private static final int BATCH = 1024;

    private FrameCounts() {}

    /** Returns what a journal holds: market messages by type, an update in chunks counted once. */
    static Map<String, Long> journaled(Path directory) {
        long[] counts = new long[128];
        try (JournalReader inputs = JournalReader.inputs(directory)) {
            while (inputs.poll(
                            (sequence, buffer, offset, length) -> {
                                if (EventFlags.isFirst(EventHeader.flags(buffer, offset))) {
                                    counts[EventHeader.templateId(buffer, offset)]++;
                                }
                            },
                            BATCH)
                    > 0) {
                // Until the end.
            }
        }
        Map<String, Long> byType = new TreeMap<>();
        TYPES.forEach((templateId, type) -> {
            if (counts[templateId] > 0) {
                byType.put(type, counts[templateId]);
            }
        });
        return byType;
    }

    /** Returns what has passed the book stage so far, as {@link #journaled}. */
    static Map<String, Long> onRing(Counters counters) {
        Map<String, Long> byType = new TreeMap<>();
        TYPES.forEach((templateId, type) -> {
            if (counters.events(templateId) > 0) {
                byType.put(type, counters.events(templateId));
            }
        });
        return byType;
    }

    /** Returns the counts of market messages without those that are zero, sorted; what concerns an account is left out. */
    static Map<String, Long> sent(Map<String, Long> framesSent) {
        Map<String, Long> byType = new TreeMap<>();
        framesSent.forEach((type, count) -> {
            if (count > 0 && TYPES.containsValue(type)) {
                byType.merge(type, count, Long::sum);
            }
        });
        return byType;
    }

    private static Map<Integer, String> types() {
        Map<Integer, String> types = new LinkedHashMap<>();
        types.put(DepthDiffDecoder.TEMPLATE_ID, "depthUpdate");
        types.put(BookTickerDecoder.TEMPLATE_ID, "bookTicker");
        types.put(AggTradeDecoder.TEMPLATE_ID, "aggTrade");
        types.put(TradeDecoder.TEMPLATE_ID, "trade");
        types.put(MarkPriceDecoder.TEMPLATE_ID, "markPriceUpdate");
        types.put(KlineDecoder.TEMPLATE_ID, "kline");
        types.put(ForceOrderDecoder.TEMPLATE_ID, "forceOrder");
        types.put(Ticker24hDecoder.TEMPLATE_ID, "24hrTicker");
        return types;
    }
}
