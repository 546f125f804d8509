/**
 * The venue's request and answer interface without any transport: authentication, limits, one table of all endpoints, and what
 * each answers. The server's REST and WebSocket doors and programs in the same process use the same table.
 *
 * <p><b>Thread:</b> the thread that owns the venue. <b>Time:</b> comes with each request, in epoch milliseconds; nothing here reads a
 * clock. <b>Numbers:</b> prices, quantities and money are fixed point, never floating point.
 */
package io.millrace.exchange.api;
