/**
 * What indicators are built of: the last n values of a series, and figures over them, each brought up to date in O(1) on average
 * with no subtraction of what leaves: a value that left the window has left nothing behind, however large it was.
 *
 * <p>Figures over a window are valid once it is full; until then they are numbers without meaning. All start from zeros,
 * allocate in the constructor only, and belong to the indicator that holds them.
 */
package io.millrace.engine.indicator.window;
