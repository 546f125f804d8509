/**
 * Faults on demand: what to do wrong, to which symbol, stream or connection, when to begin and how often. Faults count
 * frames and requests, not time or chance, so the same fault meets the same frame again.
 */
package io.millrace.exchange.faults;
