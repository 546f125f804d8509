/**
 * The account as the venue tells it: the private stream on overlapping connections, audits over REST, and the settings that have
 * to be right before anything is traded.
 *
 * <p><b>Thread:</b> everything is confined to the order agent's thread. <b>Allocation:</b> none per frame of the private stream;
 * audits allocate.
 */
package io.millrace.gateway.account;
