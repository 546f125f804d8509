/**
 * Sums and samples over windows of time, in buckets of a fixed grid: fixed memory however many events come, O(1) per event,
 * whole numbers added and taken away again so that nothing is left behind, or trees that never subtract.
 *
 * <p><b>Thread:</b> one owner. <b>Allocation:</b> in constructors only. <b>Time:</b> engine time in nanoseconds, which never
 * falls; a time that lies before the last one counts as the last one.
 */
package io.millrace.engine.feature.window;
