/**
 * Benchmarks and latency harnesses. They may see every module; no module may see them.
 */
package io.millrace.bench;
