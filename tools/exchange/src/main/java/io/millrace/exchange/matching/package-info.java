/**
 * Clients' orders among the market's. Every price at which a client rests has a queue: how much of the market's quantity stands
 * before each order. The market itself is behind {@link io.millrace.exchange.trade.MarketPort}; where its flow is exact (the
 * synthetic market) the queue is exact, where only totals are known (captures, bars) a {@link
 * io.millrace.exchange.matching.QueueModel} says who left it. {@link io.millrace.exchange.matching.MatchingEngine} is the door: it
 * checks orders against the contract's rules, matches them, lets them end in time, and keeps in {@link
 * io.millrace.exchange.matching.OrderStore} what clients can ask for later.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> prices in ticks, quantities in lots, times in epoch
 * milliseconds or nanoseconds as the names say. Nothing here reads a clock; time comes in with each call.
 */
package io.millrace.exchange.matching;
