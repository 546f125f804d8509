/**
 * The venue's formats: market streams as JSON to encoded events and back to text where the venue wants text, REST bodies to
 * values and events.
 *
 * <p>{@link io.millrace.codecs.binance.MarketDecoder} is the way in for stream frames. It tries a template of the frame
 * (keys in the order the venue sends them, every key byte compared) and, where anything differs, reads the frame again with
 * {@code GeneralDecoder}, which takes fields in any order and says what is wrong and where.
 *
 * <p><b>Thread:</b> every object here is confined to one thread. <b>Allocation:</b> the stream decoder and {@code
 * DecimalText} allocate in constructors only; the REST readers ({@code ExchangeInfoReader}, {@code SnapshotReader}) are cold
 * and use Jackson. <b>Units:</b> prices in ticks, quantities in lots, venue times in epoch milliseconds.
 */
package io.millrace.codecs.binance;
