/**
 * Wire to wire: a sender plays a venue over loopback sockets, at a rate of its own choice, and takes the time from a frame to the
 * order that answers it; beside it, in the same run, a bare Netty WebSocket echo of the same frames.
 *
 * <pre>
 *   sender (this process, one core)                 subject (a JVM of its own, another core)
 *   LoopbackVenue  --- market frames, paced --&gt;     the engine as it is wired for trading, or the echo
 *   WireTimes      &lt;-- order, or echoed frame ---
 *   VenueFront     &lt;-- REST ---                     (before the measurement, and seldom)
 * </pre>
 *
 * <p>Frames leave when they are due, whatever came of those before, and latency counts from the moment at which a frame was
 * due: a stall delays nobody's clock.
 */
package io.millrace.bench.wire;
