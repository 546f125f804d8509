package io.millrace.exchange.marketdata;

import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.SymbolHistory;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the public endpoints answer from.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class PublicMarket {
    private static final long INSURANCE_E8 = 100_000_000_000_000L;

    private final MarketSource source;
    private final Supplier<List<ContractRules>> rules;
    private final Map<String, Integer> symbols = new LinkedHashMap<>();
    private LongSupplier insuranceE8 = () -> INSURANCE_E8;

    /**
     * Makes the view.
     *
     * @param source the market.
     * @param rules of all contracts as they are now, in the order of the market's symbols.
     */
    public PublicMarket(MarketSource source, Supplier<List<ContractRules>> rules) {
        this.source = source;
        this.rules = rules;
        for (SymbolSpec spec : source.symbols()) {
            symbols.put(spec.symbol(), symbols.size());
        }
    }

    /**
     * Says where the balance of the insurance fund comes from; 1,000,000 otherwise.
     *
     * @param balanceE8 in 1e-8 of the quote asset.
     */
    public PublicMarket withInsurance(LongSupplier balanceE8) {
        insuranceE8 = balanceE8;
        return this;
    }

    /** Returns the rows of the endpoint table for everything but ping, time, exchangeInfo and depth. */
    public List<Endpoint> rows() {
        List<Endpoint> rows = new ArrayList<>();
        rows.addAll(new BookEndpoints(this).rows());
        rows.addAll(new TradeEndpoints(this).rows());
        rows.addAll(new BarEndpoints(this).rows());
        rows.addAll(new TickerEndpoints(this).rows());
        rows.addAll(new PriceEndpoints(this).rows());
        rows.addAll(new FundingEndpoints(this).rows());
        rows.addAll(new StatisticsEndpoints(this).rows());
        rows.addAll(new VenueStatusEndpoints(this).rows());
        return rows;
    }

    MarketSource source() {
        return source;
    }

    List<ContractRules> rules() {
        return rules.get();
    }

    long insuranceE8() {
        return insuranceE8.getAsLong();
    }

    int count() {
        return symbols.size();
    }

    /** Returns the index of the symbol that a parameter names; -1102 without one, -1121 if there is no such symbol. */
    int mandatorySymbol(Parameters parameters, String name) throws VenueException {
        Integer index = symbols.get(parameters.mandatory(name));
        if (index == null) {
            throw Errors.invalidSymbol();
        }
        return index;
    }

    /** Returns the indexes of the one symbol that was asked for, or of all. */
    List<Integer> chosen(Parameters parameters) throws VenueException {
        return parameters.has("symbol")
                ? List.of(mandatorySymbol(parameters, "symbol"))
                : List.copyOf(symbols.values());
    }

    /** Returns what is known about a symbol; -1122 if the source of the market keeps nothing. */
    SymbolHistory history(int symbol) throws VenueException {
        SymbolHistory history = source.history(symbol);
        if (history == null) {
            throw Errors.invalidSymbolStatus();
        }
        return history;
    }

    SymbolHistory mandatoryHistory(Parameters parameters) throws VenueException {
        return history(mandatorySymbol(parameters, "symbol"));
    }
}
