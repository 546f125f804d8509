package io.millrace.exchange.server;

/** Why the exchange ended a connection. */
public enum CutReason {
    /** The client did not read, and what waited for it became too much. */
    SLOW_READER,
    /** The client sent more messages than the limit. */
    FLOOD,
    /** The client's address connected more often than the limit. */
    TOO_MANY_CONNECTIONS,
    /** A request or a handshake was not complete in time. */
    SLOW_REQUEST,
    /** The client sent what is neither HTTP nor a frame of the protocol. */
    GARBAGE,
    /** Pings were not answered. */
    PONG_TIMEOUT,
    /** The connection reached its greatest age. */
    LIFETIME,
    /** A fault asked for it. */
    FAULT,
    /** The market itself failed. */
    FAILURE
}
