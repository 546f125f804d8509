/**
 * The account's own stream: the listen key and its life, the connections that carry it, and what is told twice because there
 * are two of them. Runs on the order link's agent.
 */
package io.millrace.gateway.account;
