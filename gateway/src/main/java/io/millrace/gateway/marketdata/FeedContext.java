package io.millrace.gateway.marketdata;

import io.millrace.gateway.transport.WebSocketContext;

/**
 * What all market connections share.
 *
 * @param sockets loop, resolver, TLS, clock and random source.
 * @param settings of the streams.
 * @param publisher takes their frames.
 * @param events takes what happens to them.
 * @param pacer spreads their attempts to connect.
 * @param ids numbers their sockets.
 */
record FeedContext(
        WebSocketContext sockets,
        StreamSettings settings,
        MarketPublisher publisher,
        ControlEvents events,
        ConnectPacer pacer,
        ConnectionIds ids) {

    /** Numbers of sockets: 1 to 65535, then again from 1; 0 stands for none. */
    static final class ConnectionIds {
        private static final int MAX = 0xFFFF;
        private int last;

        int next() {
            last = last == MAX ? 1 : last + 1;
            return last;
        }
    }

    long nowNs() {
        return sockets.clock().monotonicNs();
    }
}
