/** From the start of a process to its first synced book, beside another library's. */
package io.millrace.bench.startup;
