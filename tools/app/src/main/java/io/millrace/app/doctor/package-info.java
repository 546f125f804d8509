/**
 * Looks at the machine with the eyes of a low-latency deployment: what was read, why it matters, what to change. Reads files
 * below one root, so that tests give it a machine of their own.
 */
package io.millrace.app.doctor;
