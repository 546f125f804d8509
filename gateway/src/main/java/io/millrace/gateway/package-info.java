/**
 * The connection to the venue: market streams, REST, the private stream, order entry, the ledger of rate limits and
 * reconnects. Depends on the codecs alone and meets the engine through the two ports defined there.
 */
package io.millrace.gateway;
