package io.millrace.gateway.marketdata;

import java.util.List;

/**
 * The streams of one connection.
 *
 * @param index of the shard, from 0, over both routes.
 * @param route of all its streams.
 * @param streams in the order in which they are subscribed.
 */
public record Shard(int index, Route route, List<StreamRef> streams) {
    /** Copies the list. */
    public Shard {
        streams = List.copyOf(streams);
    }
}
