/**
 * The order link: takes the engine's order commands, sends each at most once, and says what became of it. The fast way is the
 * WebSocket API with a session that is logged on and a second one that stands by; the slow way is REST, for what the first
 * lacks and for when it is down.
 *
 * <p><b>Thread:</b> everything is confined to the order agent's thread. <b>Allocation:</b> none per order on the fast way up to
 * the socket; the slow way allocates. <b>Rule:</b> nothing is ever sent twice; what is not known is said to be unknown, and
 * the engine asks.
 */
package io.millrace.gateway.orders;
