package io.millrace.gateway.marketdata;

/**
 * One stream of one instrument.
 *
 * @param instrumentId of the instrument.
 * @param stream index, see {@code Streams}.
 * @param name as the venue has it, for example {@code btcusdt@depth@100ms}.
 */
public record StreamRef(int instrumentId, int stream, String name) {}
