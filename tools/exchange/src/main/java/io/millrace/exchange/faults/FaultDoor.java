package io.millrace.exchange.faults;

/** The ways into the exchange. */
public enum FaultDoor {
    /** Requests by HTTP. */
    REST,
    /** Requests of the WebSocket API. */
    WS_API,
    /** Streams of the market, whatever their route. */
    STREAMS,
    /** Private streams. */
    PRIVATE
}
