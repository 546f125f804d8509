package io.millrace.gateway.transport;

/** Why a WebSocket connection ended. */
public enum CloseReason {
    /** The TCP connection could not be made, or the host has no address. */
    CONNECT_FAILED,
    /** TLS or the upgrade took too long. */
    HANDSHAKE_TIMEOUT,
    /** The server answered the upgrade with something else than the switch of protocols. */
    REFUSED,
    /** TLS failed. */
    TLS_FAILED,
    /** The server sent a close frame. */
    CLOSED_BY_SERVER,
    /** The TCP connection ended or broke without a close frame. */
    CONNECTION_LOST,
    /** The server violated the WebSocket protocol. */
    PROTOCOL_VIOLATION,
    /** The server sent a message above the limit. */
    MESSAGE_TOO_LONG,
    /** The server sent a binary message. */
    UNSUPPORTED_DATA,
    /** Not one byte came for longer than the watchdog allows. */
    SILENCE,
    /** Subscriptions were refused or not answered. */
    SUBSCRIPTION_FAILED,
    /** This side closed it on purpose. */
    LOCAL
}
