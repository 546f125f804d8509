/**
 * The simulated exchange: a model of the venue (matching, accounts, margin, funding) and a server that speaks the venue's
 * protocol, so that the gateway can be run and tested without the venue.
 */
package io.millrace.exchange;
