package io.millrace.exchange.api;

import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.conditional.AlgoRequest;
import io.millrace.exchange.matching.Amendment;
import io.millrace.exchange.matching.UserTrade;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import java.util.List;

/**
 * What the order endpoints ask of the venue.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> ticks, lots, epoch milliseconds; money in 1e-8 of the quote asset.
 */
public interface TradingPort {
    /** Stands for all contracts. */
    int ALL = -1;

    /**
     * Returns the index of a contract, or -1 if it is not listed.
     *
     * @param symbol upper case.
     */
    int symbolIndex(String symbol);

    /** Returns the number of contracts; their indices are below it. */
    int symbolCount();

    /**
     * Returns the rules of a contract.
     *
     * @param symbol its index.
     */
    ContractRules rules(int symbol);

    /**
     * Returns an account's setting for orders that do not name a position side.
     *
     * @param accountId of the client.
     * @return whether the account holds long and short positions apart.
     */
    boolean isHedgeMode(int accountId);

    /**
     * Places an order and matches it.
     *
     * @param request the order.
     * @return the order as it is after matching.
     * @throws VenueException with the venue's reason.
     */
    Order place(OrderRequest request) throws VenueException;

    /**
     * Checks an order as if it were placed, and does not place it.
     *
     * @param request the order.
     * @throws VenueException with the venue's reason.
     */
    void check(OrderRequest request) throws VenueException;

    /**
     * Amends an open order.
     *
     * @param request what to change.
     * @return the order as it is now; cancelled where the venue cancels instead.
     * @throws VenueException with the venue's reason; the order is unchanged then.
     */
    Order amend(AmendRequest request) throws VenueException;

    /**
     * Cancels an open order.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId of the order, 0 to find it by the client's id.
     * @param clientOrderId the client's id, or null.
     * @return the cancelled order.
     * @throws VenueException -2011 if there is no such open order.
     */
    Order cancel(int accountId, int symbol, long orderId, String clientOrderId) throws VenueException;

    /**
     * Cancels all open orders of an account for a contract; conditional orders stay.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     */
    void cancelAll(int accountId, int symbol);

    /**
     * Sets the time after which all open orders of an account for a contract are cancelled.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param countdownMs milliseconds from now, 0 to stop the countdown.
     */
    void countdown(int accountId, int symbol, long countdownMs);

    /**
     * Places a conditional order.
     *
     * @param request the order.
     * @return the order, waiting.
     * @throws VenueException with the venue's reason.
     */
    AlgoOrder placeAlgo(AlgoRequest request) throws VenueException;

    /**
     * Cancels a conditional order that waits.
     *
     * @param accountId of the client.
     * @param algoId of the order, 0 to find it by the client's id.
     * @param clientAlgoId the client's id, or null.
     * @return the cancelled order.
     * @throws VenueException if it does not wait.
     */
    AlgoOrder cancelAlgo(int accountId, long algoId, String clientAlgoId) throws VenueException;

    /**
     * Cancels all conditional orders of an account for a contract that wait.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     */
    void cancelAllAlgos(int accountId, int symbol);

    /**
     * Returns an order of whatever state, or null; of several with one client's id the latest.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @param orderId of the order, 0 to find it by the client's id.
     * @param clientOrderId the client's id, or null.
     */
    Order order(int accountId, int symbol, long orderId, String clientOrderId);

    /**
     * Returns an account's open orders by order id.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ALL}.
     */
    List<Order> openOrders(int accountId, int symbol);

    /**
     * Returns an account's orders of whatever state by order id, as far back as the venue remembers.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ALL}.
     */
    List<Order> orders(int accountId, int symbol);

    /**
     * Returns an account's fills, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract, or {@link #ALL}.
     */
    List<UserTrade> trades(int accountId, int symbol);

    /**
     * Returns the amendments of an account's orders, oldest first.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     */
    List<Amendment> amendments(int accountId, int symbol);
}
