/**
 * Oscillators and divergences: how fast, how far, and whether price and momentum still agree. Thread and allocation as in
 * {@link io.millrace.engine.indicator}.
 */
package io.millrace.engine.indicator.momentum;
