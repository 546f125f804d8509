package io.millrace.gateway.marketdata;

import io.millrace.codecs.value.Streams;
import io.millrace.gateway.transport.Checks;
import java.time.Duration;
import java.util.List;

/**
 * Which instruments are followed, and with which streams. A symbol belongs to the first class that names it, or else to the
 * first that takes all and has room; the order of classes and of symbols within them is the order of need.
 *
 * @param classes at least one.
 * @param refresh between two looks at exchangeInfo, 1 s to 24 h.
 */
public record InstrumentSettings(List<SymbolClass> classes, Duration refresh) {

    /**
     * A class of instruments with the same streams.
     *
     * @param symbols as the venue writes them; empty for every perpetual contract that trades.
     * @param limit most instruments of the class, 1 to 4096.
     * @param streams bits of the streams, see {@code Streams}; not 0.
     */
    public record SymbolClass(List<String> symbols, int limit, int streams) {
        /** Checks the ranges. */
        public SymbolClass {
            symbols = List.copyOf(symbols);
            Checks.range("instruments.classes.limit", limit, 1, 4096);
            Checks.range("instruments.classes.streams", streams, 1, (1 << Streams.COUNT) - 1);
        }
    }

    /** Checks the ranges. */
    public InstrumentSettings {
        classes = List.copyOf(classes);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "instruments.classes is empty: name at least one class of symbols with its streams");
        }
        Checks.range("instruments.refresh", refresh, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * Returns settings for some symbols with the same streams, looked at again every hour.
     *
     * @param symbols as the venue writes them.
     * @param streams bits of the streams.
     * @return the settings.
     */
    public static InstrumentSettings of(List<String> symbols, int streams) {
        return new InstrumentSettings(
                List.of(new SymbolClass(symbols, Math.max(1, symbols.size()), streams)), Duration.ofHours(1));
    }
}
