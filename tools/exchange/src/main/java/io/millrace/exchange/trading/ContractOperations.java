package io.millrace.exchange.trading;

import io.millrace.exchange.market.MarketShocks;
import io.millrace.exchange.pricing.FundingTerms;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractStatus;

/**
 * What the venue does to its contracts: halts, delistings, new ticks and brackets. Each takes effect at the venue's present time and is
 * announced in the market's streams.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class ContractOperations {
    private final TradingVenue venue;

    ContractOperations(TradingVenue venue) {
        this.venue = venue;
    }

    /**
     * Puts any other rules in force, without a word in the market's streams but for changed brackets, status and delivery date;
     * the funding terms hold from the present interval on.
     *
     * @param symbol index of the contract.
     * @param rules for the same grid.
     */
    public void define(int symbol, ContractRules rules) {
        ContractRules old = rules(symbol);
        if (!rules.spec().equals(old.spec())) {
            throw new IllegalArgumentException(
                    "rules for " + rules.spec() + " are given to " + old.spec() + ", the grid of a contract is fixed");
        }
        if (rules.equals(old)) {
            return;
        }
        venue.changeRules(symbol, rules, !rules.brackets().equals(old.brackets()));
        FundingTerms terms = FundingTerms.of(rules);
        if (!terms.equals(FundingTerms.of(old))) {
            venue.market().fundingTerms(symbol, terms);
        }
    }

    /**
     * Halts a contract: orders stay where they are, nothing trades, new orders and amendments are refused; cancels go.
     *
     * @param symbol index of the contract.
     * @param status any but {@link ContractStatus#TRADING}.
     */
    public void halt(int symbol, ContractStatus status) {
        if (status == ContractStatus.TRADING) {
            throw new IllegalArgumentException("status TRADING is no halt, use resume");
        }
        venue.changeRules(symbol, rules(symbol).withStatus(status), false);
        shocks().halt(symbol, true);
    }

    /**
     * Lets a halted contract trade again.
     *
     * @param symbol index of the contract.
     */
    public void resume(int symbol) {
        venue.changeRules(symbol, rules(symbol).withStatus(ContractStatus.TRADING), false);
        shocks().halt(symbol, false);
    }

    /**
     * Announces the end of a contract, which comes by itself at that time: trading stops, open orders expire with {@link
     * ExpiryReason#DELISTED}, positions are closed at the mark price.
     *
     * @param symbol index of the contract.
     * @param deliveryDateMs the end, epoch milliseconds; in the past it is now.
     */
    public void delist(int symbol, long deliveryDateMs) {
        venue.changeRules(symbol, rules(symbol).withDeliveryDateMs(deliveryDateMs), false);
        venue.schedule(deliveryDateMs * 1_000_000L, () -> deliver(symbol, deliveryDateMs));
    }

    private void deliver(int symbol, long deliveryDateMs) {
        if (rules(symbol).deliveryDateMs() != deliveryDateMs || rules(symbol).status() == ContractStatus.CLOSE) {
            // Put off, or over already.
            return;
        }
        halt(symbol, ContractStatus.DELIVERING);
        venue.endContract(symbol);
        venue.changeRules(symbol, rules(symbol).withStatus(ContractStatus.CLOSE), false);
    }

    /**
     * Makes the tick of new orders coarser, or as fine as it was. What stands in the book stays there.
     *
     * @param symbol index of the contract.
     * @param stepTicks multiple of the grid's tick, 1 to 1,000.
     */
    public void changeTick(int symbol, long stepTicks) {
        if (stepTicks < 1 || stepTicks > 1000) {
            throw new IllegalArgumentException("stepTicks=" + stepTicks + " is outside 1 to 1,000");
        }
        venue.changeRules(symbol, rules(symbol).copy().priceStepTicks(stepTicks).build(), false);
        if (venue.market().shocks() != null) {
            // A market that is played keeps its own prices; the tick binds clients alone.
            venue.market().shocks().priceStepTicks(symbol, stepTicks);
        }
    }

    /**
     * Puts other brackets in force; positions have to meet them from the next mark price on.
     *
     * @param symbol index of the contract.
     * @param brackets new table.
     */
    public void changeBrackets(int symbol, BracketTable brackets) {
        venue.changeRules(symbol, rules(symbol).withBrackets(brackets), true);
    }

    /**
     * Walks the price to a target by market orders through whatever stands in the way: a flash crash, a squeeze.
     *
     * @param symbol index of the contract.
     * @param targetTicks best bid to reach.
     * @param overMs time that it takes, 0 for at once.
     * @param isLasting whether the price stays there; otherwise the market pulls it back as ever.
     */
    public void movePrice(int symbol, long targetTicks, long overMs, boolean isLasting) {
        venue.enterMarket();
        shocks().movePrice(symbol, targetTicks, overMs, isLasting);
        venue.settle();
    }

    /**
     * Makes a hole in the liquidity: the market's levels behind the best vanish and are not refilled for a time.
     *
     * @param symbol index of the contract.
     * @param keptPercent share of the levels that stays, 1 to 100.
     * @param forMs how long.
     */
    public void drain(int symbol, int keptPercent, long forMs) {
        venue.enterMarket();
        shocks().drain(symbol, keptPercent, forMs);
    }

    /**
     * Holds the mark price where it is put; margin and triggers follow at once.
     *
     * @param symbol index of the contract.
     * @param markE8 price in 1e-8 of the quote asset, 0 to let it go.
     */
    public void pinMark(int symbol, long markE8) {
        venue.enterMarket();
        shocks().pinMark(symbol, markE8);
        venue.settle();
    }

    /**
     * Makes the next settlement of funding use a rate.
     *
     * @param symbol index of the contract.
     * @param rateE8 at 1e-8, within the contract's cap.
     */
    public void forceFundingRate(int symbol, long rateE8) {
        shocks().forceFundingRate(symbol, rateE8);
    }

    private MarketShocks shocks() {
        MarketShocks shocks = venue.market().shocks();
        if (shocks == null) {
            throw new UnsupportedOperationException(
                    "a recorded market cannot be halted, moved, drained or pinned, use a synthetic one");
        }
        return shocks;
    }

    private ContractRules rules(int symbol) {
        return venue.rules(symbol);
    }
}
