package io.millrace.exchange.account;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.Trade;

/**
 * One client's side of a trade, booked. In one between two clients each has its own.
 *
 * @param trade the trade.
 * @param order the client's order.
 * @param isMaker whether that order had been resting.
 * @param commission paid, below 0 if received, at 1e-8 USDT; always 0 for liquidations and deleveraging.
 * @param realizedPnl realized, commission not taken off, at 1e-8 USDT.
 * @param isOffBook whether it happened outside the book: a takeover by the insurance fund, or deleveraging.
 */
public record Fill(Trade trade, Order order, boolean isMaker, long commission, long realizedPnl, boolean isOffBook) {}
