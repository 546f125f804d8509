/**
 * The latency report: measures a named set of rows, states the verdict of each goal, and writes it all as one HTML page that needs
 * nothing else, and as JSON.
 */
package io.millrace.bench.report;
