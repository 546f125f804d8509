/**
 * Features and strategies. For now the last market view of each instrument and a few figures on it.
 *
 * <p><b>Thread:</b> the strategy agent owns every object here. <b>Allocation:</b> when an instrument is first seen.
 */
package io.millrace.engine.strategy;
