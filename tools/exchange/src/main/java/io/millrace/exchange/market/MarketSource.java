package io.millrace.exchange.market;

import io.millrace.exchange.pricing.FundingTerms;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/**
 * A market that can be driven: the synthetic one or a recorded one. It has no thread and no clock; whoever drives it says
 * how far to go.
 *
 * <p><b>Thread:</b> one thread calls everything.
 */
public interface MarketSource extends AutoCloseable {
    /** Result of {@link #nextDueNs()} when the source has ended or waits for its first taker. */
    long NEVER = Long.MAX_VALUE;

    /** Returns the contracts, in a fixed order whose positions are the symbol indexes. */
    List<SymbolSpec> symbols();

    /**
     * Publishes what happens up to a moment. Stops early when the limit is reached or the sink is full; call again then.
     *
     * @param nowNs epoch nanoseconds, not before the last call's.
     * @param limit most market events to go through in this call, at least 1.
     * @param sink takes the payloads.
     * @return market events gone through; 0 if nothing was due.
     */
    int advance(long nowNs, int limit, FrameSink sink);

    /** Returns when the next event is due, epoch nanoseconds on the driver's clock, or {@link #NEVER}. */
    long nextDueNs();

    /**
     * Returns the book as it stands after what has been published.
     *
     * @param symbol index.
     * @param limit most levels a side.
     * @return the book, consistent with the diff streams, or null if the source does not know it.
     */
    BookImage book(int symbol, int limit);

    /**
     * Publishes at once what batched streams have gathered, so that a client that has read everything has this book.
     *
     * @param nowNs epoch nanoseconds.
     * @param sink takes the payloads.
     */
    void flush(long nowNs, FrameSink sink);

    /**
     * Lets time pass without anything happening: what was due later is now due by as much later.
     *
     * @param deltaNs nanoseconds, 0 or more.
     */
    void skip(long deltaNs);

    /**
     * Tells the source that a stream found its first taker; a recorded market can wait for it.
     *
     * @param streams number of its streams that are being taken now.
     */
    default void onStreamsWanted(int streams) {}

    /**
     * Returns the venue's time as the payloads tell it.
     *
     * @param clockNs time on the driver's clock, epoch nanoseconds.
     * @return epoch milliseconds.
     */
    default long venueTimeMs(long clockNs) {
        return clockNs / 1_000_000L;
    }

    /** Says whether the venue's time is the driver's, as it is unless a recording tells its own. */
    default boolean isOnDriversTime() {
        return true;
    }

    /** Says whether the source has nothing more to publish, ever. */
    default boolean isExhausted() {
        return false;
    }

    /** Says whether publishing must wait while a client that takes streams is not reading. */
    default boolean isPacedByReaders() {
        return false;
    }

    /**
     * Lets clients' orders into the market.
     *
     * @param flow hears what the market does where clients' orders rest.
     * @return how matching trades with the market, or null if nobody can.
     */
    default MarketPort connect(MarketFlow flow) {
        return null;
    }

    /**
     * Returns what a client can ask about a symbol's past and present.
     *
     * @param symbol index.
     * @return the history, or null if the source keeps none.
     */
    default SymbolHistory history(int symbol) {
        return null;
    }

    /** Returns the index that is made of several contracts, or null if the source has none. */
    default CompositeIndex compositeIndex() {
        return null;
    }

    /**
     * Tells the source that a client acts now: what follows through the port happens at this time.
     *
     * @param nowNs epoch nanoseconds, not before the last event's.
     * @param sink takes the payloads.
     */
    default void enter(long nowNs, FrameSink sink) {}

    /** Returns what can be done to the market from outside, or null if nothing can. */
    default MarketShocks shocks() {
        return null;
    }

    /** Returns the rules of the contracts as they are now, by symbol index. */
    default List<ContractRules> rules() {
        return symbols().stream().map(ContractRules::of).toList();
    }

    /**
     * Puts other funding terms in force, from the interval that runs on. A market that settles recorded rates keeps them.
     *
     * @param symbol index.
     * @param terms interest, interval, cap and floor.
     */
    default void fundingTerms(int symbol, FundingTerms terms) {}

    /** Returns the prices of the market's contracts, or null if the source does not know them. */
    default PricePort prices() {
        return null;
    }

    /**
     * Publishes that a contract was listed or that its status or brackets changed.
     *
     * @param rules of the contract from now on.
     * @param hasNewBrackets whether the brackets changed.
     * @param nowNs epoch nanoseconds.
     * @param sink takes the payload.
     */
    default void announce(ContractRules rules, boolean hasNewBrackets, long nowNs, FrameSink sink) {}

    @Override
    default void close() {}
}
