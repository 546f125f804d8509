package io.millrace.exchange.trading;

import io.millrace.exchange.matching.LatencyModel;
import io.millrace.exchange.matching.LatencyModels;
import java.util.function.Supplier;

/**
 * How long the line between a client and the venue is, each way with a model of its own; every line gets models of its own, so that
 * clients do not share draws.
 *
 * @param requests makes the model of what a client sends.
 * @param answers makes the model of what requests are answered with.
 * @param streams makes the model of market data and private events.
 */
public record LineSettings(
        Supplier<LatencyModel> requests, Supplier<LatencyModel> answers, Supplier<LatencyModel> streams) {
    /** No time at all. */
    public static final LineSettings NONE =
            new LineSettings(() -> LatencyModel.NONE, () -> LatencyModel.NONE, () -> LatencyModel.NONE);

    /**
     * Returns a line in process on which nothing overtakes.
     *
     * @param venue at its end.
     */
    public ClientLine lineTo(TradingVenue venue) {
        return new ClientLine(
                venue,
                LatencyModels.inOrder(requests.get()),
                LatencyModels.inOrder(answers.get()),
                LatencyModels.inOrder(streams.get()));
    }
}
