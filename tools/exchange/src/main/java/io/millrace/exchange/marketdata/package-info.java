/**
 * The answers to what anybody may ask about the market: rows of the endpoint table over the histories that the sources of
 * market data keep, so that answers and streams say the same.
 *
 * <p><b>Thread:</b> the venue's.
 */
package io.millrace.exchange.marketdata;
