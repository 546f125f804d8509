package io.millrace.exchange.market;

/** The largest liquidation order of the current second. Mutable, used again; empty while its quantity is 0. */
final class Liquidation {
    boolean isSell;
    long qtyLots;
    long limitTicks;
    long turnover;
    long lastLots;
    long timeMs;
}
