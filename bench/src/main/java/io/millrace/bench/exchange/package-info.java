/** What the simulated exchange can do: events of its market on one core, in process and as a venue with clients, and frames over loopback. */
package io.millrace.bench.exchange;
