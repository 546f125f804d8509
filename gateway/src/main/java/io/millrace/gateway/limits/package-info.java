/**
 * What the venue allows: one ledger of request weight and of orders, which every agent and process on the address may share,
 * and the breaker that keeps REST requests from a venue that does not answer.
 *
 * <p><b>Thread:</b> each agent has a view of its own, confined to its thread; the memory behind the views is shared.
 * <b>Allocation:</b> in constructors only. <b>Units:</b> times in the venue's epoch milliseconds.
 */
package io.millrace.gateway.limits;
