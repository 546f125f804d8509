/**
 * Prices that are made and not traded: index, mark price, premium and funding rate of a symbol, in integers at 1e-8, so that the
 * stream that publishes them and the margin that is computed from them have the same digits.
 */
package io.millrace.exchange.pricing;
