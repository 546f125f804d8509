/**
 * The venue's doors: REST and WebSocket servers on loopback in the venue's own protocol, in front of one market.
 *
 * <p><b>Thread:</b> one event loop owns the market, all connections and all counters that are not said to be readable
 * elsewhere; so an answer to a depth request stands exactly between two frames, and a frame crosses no queue inside the
 * process. <b>Allocation:</b> frames are gathered into one buffer a connection and turn.
 */
package io.millrace.exchange.server;
