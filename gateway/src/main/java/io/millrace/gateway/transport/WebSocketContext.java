package io.millrace.gateway.transport;

import io.millrace.gateway.clock.IngressClock;
import java.util.random.RandomGenerator;

/**
 * What all connections of one agent share.
 *
 * @param loop that drives them.
 * @param resolver of their hosts.
 * @param tls for {@code wss}.
 * @param settings of the transport.
 * @param clock that stamps what they read.
 * @param random for masks and keys.
 */
public record WebSocketContext(
        FeedLoop loop,
        HostResolver resolver,
        Tls tls,
        TransportSettings settings,
        IngressClock clock,
        RandomGenerator random) {}
