/**
 * Averages and trend followers. Prices in the caller's unit; thread and allocation as in
 * {@link io.millrace.engine.indicator}.
 */
package io.millrace.engine.indicator.trend;
