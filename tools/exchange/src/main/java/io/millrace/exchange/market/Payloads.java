package io.millrace.exchange.market;

/**
 * How a market writes its payloads.
 *
 * @param out shared by everything that publishes on the market's thread.
 * @param isCurrent whether payloads carry the fields of 2026 ({@code st}, {@code ps}, {@code nq}, {@code ap}) and the streams
 *     of the whole market show both products.
 */
public record Payloads(JsonWriter out, boolean isCurrent) {}
