package io.millrace.app.demo;

import io.millrace.codecs.event.BookState;
import io.millrace.engine.Engine;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.venue.BookImage;

/** Compares the engine's books with the exchange's own, level by level; both have to stand still. */
public final class BookCompare {
    private BookCompare() {}

    /** Returns how many live books hold exactly the levels of the exchange's. */
    public static int equalBooks(Engine engine, SimulatedExchange exchange) {
        if (!(engine.stage(StageIds.BOOK) instanceof BookStage stage)) {
            return 0;
        }
        int equal = 0;
        for (BookReport report : stage.reports()) {
            if (report.state() == BookState.LIVE
                    && isEqual(stage.book(report.instrumentId()), exchange.bookOf(report.symbol()))) {
                equal++;
            }
        }
        return equal;
    }

    /**
     * Returns whether a book holds exactly the levels of an image. Depth alone counts, not a ticker that lies over it.
     *
     * @param book of the engine, null for none.
     * @param image of the exchange, on the same grid, null for none.
     */
    public static boolean isEqual(OrderBook book, BookImage image) {
        return book != null
                && image != null
                && isEqual(book, OrderBook.BID, image.bidTicks(), image.bidLots())
                && isEqual(book, OrderBook.ASK, image.askTicks(), image.askLots());
    }

    private static boolean isEqual(OrderBook book, int side, long[] ticks, long[] lots) {
        if (book.levels(side) != ticks.length) {
            return false;
        }
        for (int i = 0; i < ticks.length; i++) {
            if (book.lotsAt(side, ticks[i]) != lots[i]) {
                return false;
            }
        }
        return true;
    }
}
