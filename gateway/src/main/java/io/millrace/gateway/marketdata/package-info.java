/**
 * Market data: which streams stand on which connection, the life of those connections, what goes from them to the engine's
 * inlets, and the engine's commands that concern them. Confined to the feed agent's thread.
 */
package io.millrace.gateway.marketdata;
