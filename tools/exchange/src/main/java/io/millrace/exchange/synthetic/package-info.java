/**
 * A market made of order flow: limit orders, cancels and market orders arrive by a self-exciting process for each symbol,
 * and everything else (prices, trades, bars, statistics) follows from what they do to an exact book. Nothing but the seed,
 * the start time and the settings decides what happens, so a seed is a market.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> none per event after the buffers have grown.
 */
package io.millrace.exchange.synthetic;
