package io.millrace.codecs.port;

/**
 * Where the gateway says when it did what with an order command: for measuring only. Nothing of it is an event, and nothing
 * comes back.
 *
 * <p><b>Thread:</b> the one that offers commands to the gateway, which is the gateway's own agent's too. <b>Allocation:</b>
 * implementations allocate nothing in steady state.
 */
@FunctionalInterface
public interface CommandStamps {
    /** Nobody measures. */
    CommandStamps NONE = (commandId, takenNs, encodedNs, writtenNs, answeredNs) -> {};

    /**
     * A command is over for the gateway: answered, lost, or never sent. Times are ingress time in nanoseconds, 0 where the
     * command did not get that far.
     *
     * @param commandId the command.
     * @param takenNs when the gateway took it up.
     * @param encodedNs when its request stood ready, signed where the request itself is signed.
     * @param writtenNs when the socket had it.
     * @param answeredNs when the frame that answers it was read.
     */
    void done(long commandId, long takenNs, long encodedNs, long writtenNs, long answeredNs);
}
