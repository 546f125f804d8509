/**
 * The venue as one thing: market, matching, accounts, conditional orders and private events under one clock. The server drives it by
 * real time, a backtest by virtual time; both see the same venue.
 *
 * <p><b>Thread:</b> one thread calls everything. <b>Units:</b> ticks, lots, money in 1e-8 of the quote asset.
 */
package io.millrace.exchange.trading;
