/** Closing bars. */
package io.millrace.bench.bars;
