/**
 * Which instruments get full depth and trades: the most volatile and liquid ones, ranked again and again on engine time.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> when instruments are defined.
 */
package io.millrace.engine.universe;
