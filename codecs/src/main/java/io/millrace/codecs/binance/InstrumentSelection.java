package io.millrace.codecs.binance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the venue's instruments a process wants, how urgently, and which streams of them. */
public interface InstrumentSelection {
    /** Priority of an instrument that is not wanted. */
    int NOT_WANTED = -1;

    /**
     * Returns the order of need of an instrument.
     *
     * @param symbol as the venue writes it.
     * @return 0 for the most needed, {@link #NOT_WANTED} for none.
     */
    int priority(String symbol);

    /**
     * Returns the streams wanted of an instrument.
     *
     * @param symbol as the venue writes it.
     * @return bits of StreamSet.
     */
    int streams(String symbol);

    /**
     * Wants everything there is, all alike.
     *
     * @param streams bits of StreamSet.
     */
    static InstrumentSelection all(int streams) {
        return new InstrumentSelection() {
            @Override
            public int priority(String symbol) {
                return 0;
            }

            @Override
            public int streams(String symbol) {
                return streams;
            }
        };
    }

    /**
     * Wants some symbols, the first most.
     *
     * @param symbols as the venue writes them.
     * @param streams bits of StreamSet.
     */
    static InstrumentSelection of(List<String> symbols, int streams) {
        Map<String, Integer> priorities = new HashMap<>();
        for (String symbol : symbols) {
            priorities.putIfAbsent(symbol, priorities.size());
        }
        return new InstrumentSelection() {
            @Override
            public int priority(String symbol) {
                return priorities.getOrDefault(symbol, NOT_WANTED);
            }

            @Override
            public int streams(String symbol) {
                return streams;
            }
        };
    }
}
