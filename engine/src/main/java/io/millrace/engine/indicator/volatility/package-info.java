/**
 * How much prices move: ranges, bands around averages, volatilities and their regimes. Each volatility is that of one bar and
 * is annualised by the bars of its own timeframe in a year. Thread and allocation as in
 * {@link io.millrace.engine.indicator}.
 */
package io.millrace.engine.indicator.volatility;
