/**
 * Faults on demand: what to do wrong, to which request, event, symbol, stream, account or connection, when to begin and how often.
 * Faults count what they match; what is left to chance follows from a seed. So the same faults meet the same things again.
 *
 * <p>{@link io.millrace.exchange.faults.Fault} is the value, {@link io.millrace.exchange.faults.FaultScript} a list of them with
 * times and rates, {@link io.millrace.exchange.faults.Faults} the set that is in force. What a kind does is done by the {@link
 * io.millrace.exchange.faults.FaultHand} of the part of the exchange that it concerns.
 */
package io.millrace.exchange.faults;
