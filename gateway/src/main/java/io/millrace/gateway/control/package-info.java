/**
 * The two ends that every agent of the gateway has towards the engine: where commands come in, and where its own events go
 * out in order.
 *
 * <p><b>Thread:</b> any thread may offer commands; everything else is confined to the agent's thread.
 */
package io.millrace.gateway.control;
