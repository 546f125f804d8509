/**
 * Sockets: an event loop that its agent drives by hand, TLS, the WebSocket upgrade and a frame parser of our own, because
 * Netty's codec allocates for every frame. Everything here is confined to the feed agent's thread, which is the event
 * loop's thread.
 */
package io.millrace.gateway.transport;
