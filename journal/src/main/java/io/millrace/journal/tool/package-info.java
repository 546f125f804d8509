/**
 * Tools that write journals other than by running an engine: the editor with which tests mutate copies, and the repair that
 * cuts off what is behind a damaged record. Nothing of the product's run-time path uses them.
 */
package io.millrace.journal.tool;
