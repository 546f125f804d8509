/** Recorded results of performance runs, and how a new run compares with those of the same machine. */
package io.millrace.bench.history;
