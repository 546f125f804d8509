package io.millrace.exchange.trading;

import io.millrace.exchange.market.CompositeIndex;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.pricing.FundingTerms;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;

/** A market that answers as another one does, except for what a subclass makes its own. */
abstract class WrappedMarket implements MarketSource {
    private final MarketSource market;

    WrappedMarket(MarketSource market) {
        this.market = market;
    }

    /** Returns the market inside. */
    final MarketSource market() {
        return market;
    }

    @Override
    public final PricePort prices() {
        return market.prices();
    }

    @Override
    public final List<SymbolSpec> symbols() {
        return market.symbols();
    }

    @Override
    public final BookImage book(int symbol, int limit) {
        return market.book(symbol, limit);
    }

    @Override
    public final SymbolHistory history(int symbol) {
        return market.history(symbol);
    }

    @Override
    public final CompositeIndex compositeIndex() {
        return market.compositeIndex();
    }

    @Override
    public final void fundingTerms(int symbol, FundingTerms terms) {
        market.fundingTerms(symbol, terms);
    }

    @Override
    public final void announce(ContractRules rules, boolean hasNewBrackets, long nowNs, FrameSink frames) {
        market.announce(rules, hasNewBrackets, nowNs, frames);
    }

    @Override
    public final void flush(long nowNs, FrameSink frames) {
        market.flush(nowNs, frames);
    }

    @Override
    public final void onStreamsWanted(int streams) {
        market.onStreamsWanted(streams);
    }

    @Override
    public final long venueTimeMs(long clockNs) {
        return market.venueTimeMs(clockNs);
    }

    @Override
    public final boolean isOnDriversTime() {
        return market.isOnDriversTime();
    }

    @Override
    public final boolean isExhausted() {
        return market.isExhausted();
    }

    @Override
    public final boolean isPacedByReaders() {
        return market.isPacedByReaders();
    }

    @Override
    public void close() {
        market.close();
    }
}
