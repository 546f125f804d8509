/** What it costs to hand an event to another thread: the product's ring with its real slots, beside a bare Disruptor. */
package io.millrace.bench.hop;
