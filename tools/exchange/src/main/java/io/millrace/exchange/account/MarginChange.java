package io.millrace.exchange.account;

/**
 * A change of a position's isolated margin by request.
 *
 * @param symbol index of the contract.
 * @param isAdded whether margin was added, else taken away.
 * @param amount above 0, at 1e-8 USDT.
 * @param timeMs epoch milliseconds.
 */
public record MarginChange(int symbol, boolean isAdded, long amount, long timeMs) {}
