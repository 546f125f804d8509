/** The time that stamps events when they enter: monotonic, anchored to epoch, adjusted only by an event. */
package io.millrace.gateway.clock;
