/**
 * Statistics over windows of any series. Thread and allocation as in {@link io.millrace.engine.indicator}.
 */
package io.millrace.engine.indicator.stats;
