/**
 * The deterministic core: ring, agents, books, bars, indicators, features, strategies, signals, risk, orders, positions and
 * model scoring. Nothing in here opens a socket or a file, or reads a clock: time and data arrive as events.
 */
package io.millrace.engine;
