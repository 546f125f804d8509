/**
 * What trading is made of: orders, fills, errors, and the ports through which matching, accounts and markets talk to each
 * other. Values only; the behaviour is in the packages that implement the ports.
 *
 * <p><b>Thread:</b> confined to the venue's thread unless a type is immutable. <b>Units:</b> prices in ticks, quantities in
 * lots of the contract, money in 1e-8 of the quote asset, times in epoch milliseconds.
 */
package io.millrace.exchange.trade;
