package io.millrace.exchange.server;

/**
 * What the doors bear from one address and from one connection before anybody has been understood.
 *
 * @param connectionsPer5Minutes attempts of an address to connect to the stream port in five minutes, at least 1; more are reset.
 * @param requestMs milliseconds in which an HTTP request or a handshake has to be complete, at least 10.
 * @param queuedBytes bytes that may wait for all slow readers together, at least 65,536; beyond, whoever has most waiting is cut.
 */
public record DoorLimits(int connectionsPer5Minutes, long requestMs, long queuedBytes) {
    private static final long MIN_REQUEST_MS = 10;
    private static final long MIN_QUEUED_BYTES = 65_536;

    /**
     * 300 attempts in five minutes, which the venue documents for spot and is assumed here; ten seconds for a request; 256 MiB
     * for all slow readers.
     */
    public static final DoorLimits VENUE = new DoorLimits(300, 10_000, 256L * 1024 * 1024);

    /** Checks the ranges. */
    public DoorLimits {
        atLeast("connectionsPer5Minutes", connectionsPer5Minutes, 1);
        atLeast("requestMs", requestMs, MIN_REQUEST_MS);
        atLeast("queuedBytes", queuedBytes, MIN_QUEUED_BYTES);
    }

    /** Returns the limits with another number of attempts to connect. */
    public DoorLimits withConnectionsPer5Minutes(int value) {
        return new DoorLimits(value, requestMs, queuedBytes);
    }

    /** Returns the limits with another time for a request, in milliseconds. */
    public DoorLimits withRequestMs(long value) {
        return new DoorLimits(connectionsPer5Minutes, value, queuedBytes);
    }

    /** Returns the limits with another bound on what waits for all slow readers, in bytes. */
    public DoorLimits withQueuedBytes(long value) {
        return new DoorLimits(connectionsPer5Minutes, requestMs, value);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "exchange door limit " + name + "=" + value + " is below " + least + ", choose at least that");
        }
    }
}
