/** The goals of speed and memory, and what a run measured of them. */
package io.millrace.bench.goal;
