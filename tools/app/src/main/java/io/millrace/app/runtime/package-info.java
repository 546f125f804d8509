/**
 * Puts engine, journal and gateway together: a live run on a journal, new or continued, and a replay of a journal. The
 * only place that knows all three.
 */
package io.millrace.app.runtime;
