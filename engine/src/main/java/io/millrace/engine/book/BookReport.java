package io.millrace.engine.book;

import io.millrace.codecs.event.BookState;

/**
 * What became of one instrument's book, for reports. Counts are since the stage was made.
 *
 * @param instrumentId id.
 * @param symbol as the venue writes it.
 * @param state of depth.
 * @param bidLevels levels of depth now.
 * @param askLevels levels of depth now.
 * @param lastUpdateId update id that depth stands at, 0 if it is not live.
 * @param diffs how diffs fared.
 * @param sync how often and why the book started again.
 * @param tickers how tickers fared.
 */
public record BookReport(
        int instrumentId,
        String symbol,
        BookState state,
        int bidLevels,
        int askLevels,
        long lastUpdateId,
        Diffs diffs,
        Sync sync,
        Tickers tickers) {

    /**
     * Diffs, long ones counted once.
     *
     * @param applied to the book.
     * @param dropped older than the snapshot, or seen already.
     * @param buffered kept while a snapshot was on its way.
     * @param bufferOverflows how often what was kept had to be given up.
     */
    public record Diffs(long applied, long dropped, long buffered, long bufferOverflows) {}

    /**
     * Syncs.
     *
     * @param gaps diffs that did not follow on the one before.
     * @param crossed how often depth was crossed after an update.
     * @param resyncs how often a book that was live or nearly so started again.
     * @param errors frames that could not be read, levels refused, updates without an end, values on another grid.
     * @param silences streams that fell silent.
     * @param snapshotsApplied snapshots that became a book.
     * @param snapshotsIgnored snapshots that nobody needed.
     * @param snapshotsTooOld snapshots older than the oldest diff.
     * @param snapshotsFailed requests without a usable answer.
     */
    public record Sync(
            long gaps,
            long crossed,
            long resyncs,
            long errors,
            long silences,
            long snapshotsApplied,
            long snapshotsIgnored,
            long snapshotsTooOld,
            long snapshotsFailed) {}

    /**
     * Tickers, and how they compare with depth at the same update id.
     *
     * @param received all.
     * @param ignored older than what was shown already.
     * @param tickerFirst equal, the ticker came before the diff.
     * @param diffFirst equal, the diff came before the ticker.
     * @param mismatched different.
     */
    public record Tickers(long received, long ignored, long tickerFirst, long diffFirst, long mismatched) {
        /** Returns how many tickers said the same as depth. */
        public long matched() {
            return tickerFirst + diffFirst;
        }
    }

    static BookReport of(BookInstrument in) {
        BookInstrument.Tally tally = in.tally;
        return new BookReport(
                in.id,
                in.symbol,
                BookState.get((short) in.sync.state),
                in.book == null ? 0 : in.book.levels(OrderBook.BID),
                in.book == null ? 0 : in.book.levels(OrderBook.ASK),
                in.isLive() ? in.sync.bookUpdateId : 0,
                new Diffs(tally.diffsApplied, tally.diffsDropped, tally.diffsBuffered, tally.bufferOverflows),
                new Sync(
                        tally.gaps,
                        tally.crossed,
                        tally.resyncs,
                        tally.errors,
                        tally.silences,
                        tally.snapshotsApplied,
                        tally.snapshotsIgnored,
                        tally.snapshotsTooOld,
                        tally.snapshotsFailed),
                new Tickers(
                        tally.tickers,
                        tally.tickersIgnored,
                        tally.tickerFirstMatched,
                        tally.diffFirstMatched,
                        tally.tickersMismatched));
    }
}
