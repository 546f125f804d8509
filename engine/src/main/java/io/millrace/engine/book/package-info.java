/**
 * Order books rebuilt from the venue's depth, merged with its best bid and ask, and everything that keeps them right: the
 * sync of snapshot and diffs, the watch over silent streams, the check of depth against ticker. {@link
 * io.millrace.engine.book.BookStage} is the first stage of the ring; what others may know of a book it writes into a {@link
 * io.millrace.engine.book.MarketView}.
 *
 * <p><b>Thread:</b> the book stage's agent owns every object here. No field is volatile and no reference leaves the thread
 * while it runs; reports are read after it stopped. <b>Allocation:</b> when an instrument is first used and while pools grow
 * to what a market needs; none after that. <b>Units:</b> prices in ticks, quantities in lots, times in epoch nanoseconds.
 */
package io.millrace.engine.book;
