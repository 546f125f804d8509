/**
 * The venue's REST interface as market data need it: a client on the feed agent's own loop, and the ledger of request
 * weight. Cold, but confined to that agent's thread all the same.
 */
package io.millrace.gateway.rest;
