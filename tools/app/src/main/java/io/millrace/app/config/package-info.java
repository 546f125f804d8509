/**
 * The configuration: one YAML tree, read into records. Every key is declared once, by a record component and its {@link
 * io.millrace.app.config.Key}: the loader, the checks and {@code docs/configuration.md} follow from that. Unknown keys are
 * refused.
 */
package io.millrace.app.config;
