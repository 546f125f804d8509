package io.millrace.exchange.trading;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.LatencyModel;
import io.millrace.exchange.trade.VenueException;
import java.util.Arrays;

/**
 * The line between a client in process and the venue: requests, their answers and market data are under way for as long as the
 * latency models say, in the venue's own time. Each way has a model of its own; {@link
 * io.millrace.exchange.matching.LatencyModels#inOrder} keeps a way in order, as a connection does.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class ClientLine {
    /**
     * What a client asks of the venue.
     *
     * @param <T> what it is answered with.
     */
    @FunctionalInterface
    public interface Request<T> {
        /**
         * Asks, when the request has arrived.
         *
         * @param venue to ask.
         * @return the answer.
         * @throws VenueException if the venue refuses.
         */
        T ask(TradingVenue venue) throws VenueException;
    }

    /**
     * Hears the answer, when it has arrived.
     *
     * @param <T> what the request is answered with.
     */
    @FunctionalInterface
    public interface Answer<T> {
        /**
         * Hears it.
         *
         * @param result null if the venue refused.
         * @param refusal null unless it did.
         */
        void hear(T result, VenueException refusal);
    }

    private final TradingVenue venue;
    private final LatencyModel toVenue;
    private final LatencyModel toClient;
    private final LatencyModel feed;

    /**
     * Makes a line.
     *
     * @param venue at its end.
     * @param toVenue of requests.
     * @param toClient of answers.
     * @param feed of market data.
     */
    public ClientLine(TradingVenue venue, LatencyModel toVenue, LatencyModel toClient, LatencyModel feed) {
        this.venue = venue;
        this.toVenue = toVenue;
        this.toClient = toClient;
        this.feed = feed;
    }

    /**
     * Sends a request now.
     *
     * @param request asked when it arrives.
     * @param answer told when the answer is back.
     * @param <T> what it is answered with.
     */
    public <T> void send(Request<T> request, Answer<T> answer) {
        after(toVenue, () -> {
            try {
                T result = request.ask(venue);
                after(toClient, () -> answer.hear(result, null));
            } catch (VenueException refusal) {
                after(toClient, () -> answer.hear(null, refusal));
            }
        });
    }

    /**
     * Returns a sink that passes market data on when it has arrived; give it to {@link TradingVenue#publishTo}.
     *
     * @param client takes the payloads, each in an array of its own.
     */
    public FrameSink feed(FrameSink client) {
        return new FrameSink() {
            @Override
            public boolean isWanted(int symbol, StreamKind kind) {
                return client.isWanted(symbol, kind);
            }

            @Override
            public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
                byte[] copy = Arrays.copyOf(payload, length);
                after(feed, () -> client.onFrame(symbol, kind, copy, length));
            }
        };
    }

    private void after(LatencyModel latency, Runnable arrival) {
        long nowNs = venue.clock().epochNs();
        venue.schedule(nowNs + latency.latencyNs(nowNs), arrival);
    }
}
