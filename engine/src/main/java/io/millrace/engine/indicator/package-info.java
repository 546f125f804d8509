/**
 * Incremental indicators: what every one of them can do, and the bar that they are fed with. The indicators themselves
 * stand in {@code trend}, {@code momentum}, {@code volatility}, {@code volume} and {@code stats}; what they are built of,
 * in {@code window}. The list with formulas' sources and what each was checked against is {@code docs/indicators.md}.
 *
 * <p><b>Thread:</b> the agent that updates an object owns it; nothing here is synchronised. <b>Allocation:</b> in
 * constructors only; no update allocates. <b>Units:</b> prices and volumes as {@code double} in the units of the caller;
 * ratios as said in each class; volatilities per bar and annualised by their own timeframe.
 *
 * <p><b>Numbers.</b> Same inputs give the same bits on every machine: {@code StrictMath} for transcendental functions,
 * fixed orders of summation. Sums over windows are kept in blocks ({@link io.millrace.engine.indicator.window.RollingSum})
 * that never subtract, so a value that left the window has left no residue. A ready indicator never answers NaN or an
 * infinity; before that every output is NaN. Each class says what it answers where its formula divides by zero.
 *
 * <p><b>State.</b> Each class names its settings and state once, in {@code visit}; snapshot, restore, reset and hash are all
 * made from that one list.
 */
package io.millrace.engine.indicator;
