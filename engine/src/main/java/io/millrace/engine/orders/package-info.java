/**
 * Orders, positions and what is known of the account: from a strategy's intent to commands, and from the venue's reports back
 * to a picture that says what it does not know. All state lies in one {@link io.millrace.engine.memory.StateMemory}, so an
 * event that faults leaves nothing behind and the hash is that of everything.
 *
 * <p><b>Thread:</b> the risk agent owns every object here. <b>Allocation:</b> in constructors.
 */
package io.millrace.engine.orders;
