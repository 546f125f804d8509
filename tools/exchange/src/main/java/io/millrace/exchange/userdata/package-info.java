/**
 * What an account learns over its private stream: the events of orders, balances, positions, conditional orders and
 * configuration, their JSON, the listen keys that open the stream, and the order in which events are delivered.
 *
 * <p><b>Thread:</b> everything here is confined to the venue's thread. No sockets, no clock: the server carries the
 * events to connections, a backtest takes them as they are.
 */
package io.millrace.exchange.userdata;
