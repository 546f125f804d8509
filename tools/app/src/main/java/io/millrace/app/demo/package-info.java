/**
 * The demonstration: engine and simulated exchange in one process over real sockets, a live view fed by telemetry alone, a
 * closing report, and a replay of its own journal in a JVM of its own.
 */
package io.millrace.app.demo;
