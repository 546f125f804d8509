/**
 * Accounts of the simulated exchange: money, keys, positions, margin, fees, funding, liquidation. Everything is exact: money is
 * a {@code long} at 1e-8 USDT, every movement is a transfer in the {@link io.millrace.exchange.account.Ledger}, and their
 * sum never changes. Confined to the venue's thread.
 */
package io.millrace.exchange.account;
