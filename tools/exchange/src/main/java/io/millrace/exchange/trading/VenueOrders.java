package io.millrace.exchange.trading;

import io.millrace.exchange.api.TradingPort;
import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.matching.Amendment;
import io.millrace.exchange.matching.OrderStore;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueClock;
import java.util.List;

/**
 * The venue as the order endpoints ask it, at the time of a driver's clock.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class VenueOrders implements TradingPort {
    private final TradingVenue venue;
    private final VenueClock clock;

    /**
     * Answers for a venue.
     *
     * @param venue asked.
     * @param clock tells when requests come.
     */
    public VenueOrders(TradingVenue venue, VenueClock clock) {
        this.venue = venue;
        this.clock = clock;
    }

    private TradingVenue now() {
        venue.at(clock.epochNs());
        return venue;
    }

    private OrderStore store() {
        return now().engine().orders();
    }

    @Override
    public int symbolIndex(String symbol) {
        return venue.symbolIndex(symbol);
    }

    @Override
    public int symbolCount() {
        return venue.symbols().size();
    }

    @Override
    public ContractRules rules(int symbol) {
        return venue.rules(symbol);
    }

    @Override
    public boolean isHedgeMode(int accountId) {
        return false;
    }

    @Override
    public Order place(OrderRequest request) throws VenueException {
        return now().place(request);
    }

    @Override
    public void check(OrderRequest request) throws VenueException {
        now().test(request);
    }

    @Override
    public Order amend(AmendRequest request) throws VenueException {
        return now().amend(request);
    }

    @Override
    public Order cancel(int accountId, int symbol, long orderId, String clientOrderId) throws VenueException {
        return now().cancel(accountId, symbol, orderId, clientOrderId);
    }

    @Override
    public void cancelAll(int accountId, int symbol) {
        now().cancelAll(accountId, symbol);
    }

    @Override
    public void countdown(int accountId, int symbol, long countdownMs) {
        now().countdown(accountId, symbol, countdownMs);
    }

    @Override
    public AlgoOrder placeAlgo(AlgoRequest request) throws VenueException {
        return now().placeAlgo(request);
    }

    @Override
    public AlgoOrder cancelAlgo(int accountId, long algoId, String clientAlgoId) throws VenueException {
        return now().cancelAlgo(accountId, algoId, clientAlgoId);
    }

    @Override
    public void cancelAllAlgos(int accountId, int symbol) {
        now().algo().cancelAll(accountId, symbol, venue.clock().epochNs());
        venue.settle();
    }

    @Override
    public Order order(int accountId, int symbol, long orderId, String clientOrderId) {
        return store().find(accountId, symbol, orderId, clientOrderId);
    }

    @Override
    public List<Order> openOrders(int accountId, int symbol) {
        return store().openOrders(accountId, symbol);
    }

    @Override
    public List<Order> orders(int accountId, int symbol) {
        return store().orders(accountId, symbol);
    }

    @Override
    public List<UserTrade> trades(int accountId, int symbol) {
        return store().userTrades(accountId, symbol);
    }

    @Override
    public List<Amendment> amendments(int accountId, int symbol) {
        return store().amendments(accountId, symbol);
    }
}
