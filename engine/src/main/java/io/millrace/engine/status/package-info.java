/**
 * What the engine tells about itself: counters, latencies per stage, and the telemetry buffer that carries both to a
 * console. Nothing here is journaled, hashed, read by a stage or waited for.
 *
 * <p><b>Thread:</b> each counter has the one writer that its registry entry names; reading is free for all. The latency
 * recorder is written by the agent that ends the pipeline.
 */
package io.millrace.engine.status;
