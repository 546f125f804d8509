package io.millrace.exchange.server;

import java.util.List;
import java.util.Map;

/**
 * A stream connection as it was when asked for.
 *
 * @param id of the connection, 1 for the first; what faults are aimed with.
 * @param door by which it came in.
 * @param streams names it subscribed, delivered here or not.
 * @param framesSent market payloads sent to it, by event type.
 * @param queuedBytes bytes that it has not taken yet.
 */
public record ConnectionInfo(int id, Door door, List<String> streams, Map<String, Long> framesSent, long queuedBytes) {}
