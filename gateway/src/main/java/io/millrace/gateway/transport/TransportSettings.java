package io.millrace.gateway.transport;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How sockets are opened and how much of a stream may stand in memory.
 *
 * @param trust whose certificates are accepted.
 * @param certificate PEM file for {@link Trust#CERTIFICATE}, else null.
 * @param isNativePreferred whether to use epoll where the machine has it.
 * @param initialBufferBytes receive buffer of a new connection, 16 KiB to {@code readAheadBytes}.
 * @param readAheadBytes how much of a connection may be read ahead while the engine takes nothing, 64 KiB to 64 MiB.
 * @param maxMessageBytes longest message accepted, 1 KiB to 64 MiB.
 * @param connectTimeout for the TCP connection, 100 ms to 60 s.
 * @param handshakeTimeout for TLS and the WebSocket upgrade together, 100 ms to 60 s.
 */
public record TransportSettings(
        Trust trust,
        Path certificate,
        boolean isNativePreferred,
        int initialBufferBytes,
        int readAheadBytes,
        int maxMessageBytes,
        Duration connectTimeout,
        Duration handshakeTimeout) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Checks the ranges. */
    public TransportSettings {
        Checks.range("transport.readAheadBytes", readAheadBytes, 64 * KIB, 64 * MIB);
        Checks.range("transport.initialBufferBytes", initialBufferBytes, 16 * KIB, readAheadBytes);
        Checks.range("transport.maxMessageBytes", maxMessageBytes, KIB, 64 * MIB);
        Checks.range("transport.connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Checks.range("transport.handshakeTimeout", handshakeTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        if (trust == Trust.CERTIFICATE && certificate == null) {
            throw new IllegalArgumentException(
                    "transport.trust=CERTIFICATE needs transport.certificate: name the PEM file of the certificate");
        }
    }

    /** Returns what a connection to the real venue uses. */
    public static TransportSettings defaults() {
        return new TransportSettings(
                Trust.SYSTEM, null, true, 128 * KIB, MIB, MIB, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /** Returns these settings with another trust and, where it needs one, a certificate file. */
    public TransportSettings withTrust(Trust newTrust, Path newCertificate) {
        return new TransportSettings(
                newTrust,
                newCertificate,
                isNativePreferred,
                initialBufferBytes,
                readAheadBytes,
                maxMessageBytes,
                connectTimeout,
                handshakeTimeout);
    }

    /** Returns these settings with other sizes of the receive buffer. */
    public TransportSettings withBuffers(int newInitialBytes, int newReadAheadBytes, int newMaxMessageBytes) {
        return new TransportSettings(
                trust,
                certificate,
                isNativePreferred,
                newInitialBytes,
                newReadAheadBytes,
                newMaxMessageBytes,
                connectTimeout,
                handshakeTimeout);
    }

    /** Returns these settings with native transport preferred or not. */
    public TransportSettings withNative(boolean isPreferred) {
        return new TransportSettings(
                trust,
                certificate,
                isPreferred,
                initialBufferBytes,
                readAheadBytes,
                maxMessageBytes,
                connectTimeout,
                handshakeTimeout);
    }

    /** Returns these settings with other time limits. */
    public TransportSettings withTimeouts(Duration newConnectTimeout, Duration newHandshakeTimeout) {
        return new TransportSettings(
                trust,
                certificate,
                isNativePreferred,
                initialBufferBytes,
                readAheadBytes,
                maxMessageBytes,
                newConnectTimeout,
                newHandshakeTimeout);
    }
}
