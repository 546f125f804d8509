package io.millrace.exchange.account;

/**
 * One row of the income history, in USDT.
 *
 * @param symbol index of the contract, -1 without one.
 * @param type kind.
 * @param amount what the wallet got, below 0 if it paid, at 1e-8.
 * @param timeMs epoch milliseconds.
 * @param tranId the venue's number of the movement, unique and rising over all accounts.
 * @param tradeId the fill that it comes from, 0 without one.
 */
public record Income(int symbol, IncomeType type, long amount, long timeMs, long tranId, long tradeId) {}
