/**
 * What the venue publishes about its market: the streams, their payloads as the venue writes them, and the port between a
 * source of market data and whoever carries it to clients.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Allocation:</b> the payload writers reuse their buffers.
 */
package io.millrace.exchange.market;
