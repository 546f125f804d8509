/** What the whole market costs: memory of 648 instruments, and the close of all their bars at a full hour. */
package io.millrace.bench.footprint;
