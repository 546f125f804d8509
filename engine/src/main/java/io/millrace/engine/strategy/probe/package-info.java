/**
 * A strategy that wants nothing but orders: it tries the whole way from an event to the venue and back.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> in constructors.
 */
package io.millrace.engine.strategy.probe;
