/**
 * What an event costs by number of instruments and by levels of a diff, and what becomes of more events than that allows.
 *
 * <p><b>Thread:</b> one in each JVM that measures. <b>Allocation:</b> free; what is measured allocates nothing.
 */
package io.millrace.bench.scale;
