/**
 * Memory for the state of a stage that has to go back to where it was when an event turns out to be poison: every word is
 * hashed as it changes and can be undone up to the last event. Beside it the mixing of hashes, and words read without a check.
 *
 * <p><b>Thread:</b> the agent of the stage that owns it. <b>Allocation:</b> in constructors; the undo log grows if one event
 * writes more than any before.
 */
package io.millrace.engine.memory;
