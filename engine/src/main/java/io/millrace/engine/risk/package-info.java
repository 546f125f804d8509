/**
 * Risk and orders. For now the trading state: whether new entries are allowed, and if not, why.
 *
 * <p><b>Thread:</b> the risk agent owns every object here. <b>Allocation:</b> on faults and operators' commands only.
 */
package io.millrace.engine.risk;
