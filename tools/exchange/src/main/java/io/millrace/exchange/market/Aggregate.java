package io.millrace.exchange.market;

/** The fills of one order at one price, which the venue publishes as one aggregated trade. Mutable, used again. */
final class Aggregate {
    long id;
    long timeMs;
    long priceTicks;
    long qtyLots;
    long firstTradeId;
    long lastTradeId;
    boolean isBuyerMaker;
}
