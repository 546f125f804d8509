/**
 * The service of conditional orders, a component beside the matching engine with ids, limits and states of its own: it
 * keeps stops, take-profits and trailing stops until prices meet their condition, and then places an ordinary order.
 *
 * <p>It asks no margin before a trigger, so that an accepted conditional order may still be refused by the engine
 * later. It learns of prices, positions and of the orders that it placed by being told; it has no clock.
 *
 * <p><b>Thread:</b> everything here is confined to the venue's thread. <b>Units:</b> prices in ticks and quantities in
 * lots of the contract; prices that are compared are in 1e-8 of the quote asset.
 */
package io.millrace.exchange.conditional;
