/**
 * What the instruments are, for the stages behind the books.
 *
 * <p><b>Thread:</b> the agent of the stage that owns the directory. <b>Allocation:</b> at definitions.
 */
package io.millrace.engine.instrument;
