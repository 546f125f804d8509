package io.millrace.bench.exchange;

/**
 * What one measurement of the exchange came to.
 *
 * @param name what was measured.
 * @param eventsPerSecond order-flow events of the market in a second, 0 where they are not counted.
 * @param framesPerSecond payloads in a second.
 * @param bytesPerSecond bytes of payloads, or of the socket, in a second.
 */
record ExchangeFigure(String name, double eventsPerSecond, double framesPerSecond, double bytesPerSecond) {
    @Override
    public String toString() {
        String events = eventsPerSecond == 0 ? "" : String.format("%,.0f market events/s, ", eventsPerSecond);
        String frames = framesPerSecond == 0 ? "" : String.format("%,.0f payloads/s, ", framesPerSecond);
        return name + ": " + events + frames + String.format("%,.0f MB/s", bytesPerSecond / 1e6);
    }
}
