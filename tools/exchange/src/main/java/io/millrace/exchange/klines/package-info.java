/**
 * Bars as a market: a file of bars becomes trades, books and streams that add up to those bars. What happens inside a bar is
 * made up, by a seed and always alike: the price goes from the bar's open to its extremes and to its close in straight lines
 * with noise, one trade a step, and around each trade stands a book of a given spread and depth.
 *
 * <p><b>Thread:</b> confined to the thread that drives the market.
 */
package io.millrace.exchange.klines;
