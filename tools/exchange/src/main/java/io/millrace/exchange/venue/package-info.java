/**
 * The venue itself, without sockets and without a clock of its own: instruments, exact books, the update ids that all
 * books share. Whoever drives it says what time it is.
 *
 * <p><b>Thread:</b> confined to the thread that drives the market, unless a type says otherwise. <b>Units:</b> prices in
 * ticks, quantities in lots, times in epoch nanoseconds or milliseconds as the names say.
 */
package io.millrace.exchange.venue;
