/**
 * Scenario files: a simulated exchange described in YAML, with its market, accounts, latencies and faults over time. {@link
 * io.millrace.app.scenario.Scenario} reads one and opens the exchange behind loopback sockets or in virtual time; the records are its
 * keys, from which {@code docs/scenario-reference.md} is written.
 */
package io.millrace.app.scenario;
