/**
 * Bars of each instrument on six timeframes, from klines, from trades, or added up from a shorter timeframe; their packed
 * history with its holes; the indicators that closed bars feed; and the bars that are asked for to warm all of it up.
 *
 * <p><b>Thread:</b> the strategy agent owns every object here. <b>Allocation:</b> when an instrument's first bar of a
 * timeframe comes, and when prices do not fit their packing any more.
 */
package io.millrace.engine.bars;
