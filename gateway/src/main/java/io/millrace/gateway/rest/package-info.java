/**
 * The venue's REST interface: a client on its agent's own loop, behind breaker and ledger. Cold, but confined to that agent's
 * thread all the same.
 */
package io.millrace.gateway.rest;
