package io.millrace.exchange.trading;

import io.millrace.exchange.matching.MatchingEngine;
import io.millrace.exchange.trade.MarketFlow;

/**
 * What the market tells the venue: matching hears of queues, prices are noted for when the event is over.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class VenueFlow implements MarketFlow {
    private final FollowUps followUps;
    private MatchingEngine engine;

    VenueFlow(FollowUps followUps) {
        this.followUps = followUps;
    }

    void connect(MatchingEngine newEngine) {
        engine = newEngine;
    }

    @Override
    public void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs) {
        engine.onTake(symbol, isBid, priceTicks, qtyLots, timeMs);
    }

    @Override
    public void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots) {
        engine.onWithdraw(symbol, isBid, priceTicks, qtyLots, leftLots);
    }

    @Override
    public void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
        engine.onPrint(symbol, isSell, priceTicks, qtyLots, timeMs);
        followUps.onLast(symbol);
    }

    @Override
    public void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
        engine.onLevel(symbol, isBid, priceTicks, oldLots, newLots, timeMs);
    }

    @Override
    public void onLast(int symbol) {
        followUps.onLast(symbol);
    }

    @Override
    public void onMark(int symbol) {
        followUps.onMark(symbol);
    }

    @Override
    public void onFunding(int symbol, long rateE8, long markE8) {
        followUps.onFunding(symbol, rateE8, markE8);
    }
}
