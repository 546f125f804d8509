package io.millrace.exchange.trade;

/**
 * What matching and conditional orders ask of accounts.
 *
 * <p><b>Thread:</b> the venue's.
 */
public interface RiskPort {
    /**
     * Refuses an order that the account may not place: margin, position limit, account state.
     *
     * @param request the order.
     * @param referencePriceTicks price that a market order is valued at, in ticks.
     * @throws VenueException with the venue's reason.
     */
    void checkMargin(OrderRequest request, long referencePriceTicks) throws VenueException;

    /**
     * Refuses an amendment that the account may not make. The order is still as it was.
     *
     * @param order open order of the account.
     * @param qtyLots new total quantity in lots.
     * @param priceTicks new limit in ticks.
     * @throws VenueException with the venue's reason.
     */
    default void checkAmend(Order order, long qtyLots, long priceTicks) throws VenueException {
        long remainingLots = qtyLots - order.executedLots();
        checkMargin(
                order.request().toBuilder()
                        .qtyLots(remainingLots)
                        .priceTicks(priceTicks)
                        .build(),
                priceTicks);
    }

    /**
     * Returns a position.
     *
     * @param accountId of the client.
     * @param symbol index of the contract.
     * @return signed lots, above 0 for long, 0 if there is none.
     */
    long positionLots(int accountId, int symbol);
}
