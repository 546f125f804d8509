package io.millrace.app.inspect;

import java.util.List;
import java.util.Map;

/**
 * What was found in one capture. The names are those of {@code --json}.
 *
 * @param file as it was named.
 * @param frames by type.
 * @param symbols in the order of their first frame.
 * @param nsPerFrame decoding and book, nanoseconds per frame of a stream: the median of the last passes, when
 *     the compiler has done its work.
 */
public record CaptureReport(String file, Map<String, Long> frames, List<SymbolReport> symbols, double nsPerFrame) {
    /**
     * What was found of one symbol.
     *
     * @param symbol as the venue writes it.
     * @param frames by type.
     * @param diffs applied.
     * @param gaps in the chain of diffs.
     * @param crossed books after an update.
     * @param tickersMatched tickers that said the same as the book at their id.
     * @param tickersMismatched tickers that did not.
     * @param tickersMatchedTickerFirst of the matched, those that came before their diff.
     * @param tickersMatchedDiffFirst of the matched, those that came after it.
     * @param bidLevels at the end.
     * @param askLevels at the end.
     * @param errors frames that could not be read, and values that could not be used.
     * @param state of the book at the end.
     * @param tick step of prices, found or given.
     * @param lot step of quantities, found or given.
     */
    public record SymbolReport(
            String symbol,
            Map<String, Long> frames,
            long diffs,
            long gaps,
            long crossed,
            long tickersMatched,
            long tickersMismatched,
            long tickersMatchedTickerFirst,
            long tickersMatchedDiffFirst,
            int bidLevels,
            int askLevels,
            long errors,
            String state,
            String tick,
            String lot) {
        /** Returns whether nothing is wrong with it. */
        public boolean isSound() {
            return gaps == 0 && crossed == 0 && tickersMismatched == 0 && errors == 0;
        }
    }
}
