package io.millrace.app.acceptance;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ordinary book stage; after every event each book that says it is live is compared with the venue's at that update. */
final class CheckedBooks implements Stage {
    private final BookStage stage;
    private final VenueOracle oracle;
    private final Map<String, Long> checked = new HashMap<>();
    private AssertionError failure;
    private long comparisons;

    CheckedBooks(BookSettings settings, VenueOracle oracle) {
        this.stage = new BookStage(settings);
        this.oracle = oracle;
    }

    /** Throws what was found wrong. */
    void rethrow() {
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    /** Returns how many books were compared. */
    long comparisons() {
        return comparisons;
    }

    List<BookReport> reports() {
        return stage.reports();
    }

    OrderBook book(int instrumentId) {
        return stage.book(instrumentId);
    }

    @Override
    public int id() {
        return stage.id();
    }

    @Override
    public int viewLength() {
        return stage.viewLength();
    }

    @Override
    public int commandsLength() {
        return stage.commandsLength();
    }

    @Override
    public void onEvent(SlotContext slot) {
        stage.onEvent(slot);
        // Half of an update is in the book between its first and its last chunk.
        if (EventFlags.isLast(EventHeader.flags(slot.buffer(), slot.offset())) && failure == null) {
            try {
                for (BookReport report : stage.reports()) {
                    check(report);
                }
            } catch (AssertionError e) {
                failure = e;
            }
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        stage.onSkip(slot);
    }

    @Override
    public long stateHash() {
        return stage.stateHash();
    }

    private void check(BookReport report) {
        Long last = checked.get(report.symbol());
        if (report.state() != BookState.LIVE || (last != null && last == report.lastUpdateId())) {
            return;
        }
        String name = report.symbol() + " at " + report.lastUpdateId();
        VenueOracle.Levels venue = oracle.at(report.symbol(), report.lastUpdateId());
        check(name, report, OrderBook.BID, venue.bids());
        check(name, report, OrderBook.ASK, venue.asks());
        checked.put(report.symbol(), report.lastUpdateId());
        comparisons++;
    }

    private void check(String name, BookReport report, int side, Map<Long, Long> venue) {
        OrderBook book = stage.book(report.instrumentId());
        String of = name + (side == OrderBook.BID ? " bids" : " asks");
        if (book.levels(side) != venue.size()) {
            throw new AssertionError(
                    of + ": live with " + book.levels(side) + " levels, the venue has " + venue.size());
        }
        venue.forEach((ticks, lots) -> {
            if (book.lotsAt(side, ticks) != lots) {
                throw new AssertionError(of + ": live with " + book.lotsAt(side, ticks) + " lots at " + ticks
                        + " ticks, the venue has " + lots);
            }
        });
    }
}
