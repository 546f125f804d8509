/**
 * The usual indicators of one series of bars, worked out together. All of them stand in one array of numbers for each series: what several of
 * them need is kept and computed once (the sum of 20 closes is SMA, Bollinger's middle, the middle of the ATR channel and what the slope is of),
 * and windows of one length lie in rows, so that a bar touches one row and its neighbour. The objects of this package hold no state: they
 * know where theirs stands in the array, and serve all series.
 *
 * <p>Each formula is that of the class of the same name in the packages beside this one, bit for bit; a test feeds both with the same bars.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> in constructors only.
 */
package io.millrace.engine.indicator.kernel;
