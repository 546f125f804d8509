package io.millrace.codecs.port;

/**
 * Where a follower of the ring takes what has come. Each outlet keeps its own position and gates the ring: a slot is not
 * used again before every outlet has passed it.
 *
 * <p><b>Thread:</b> one thread polls an outlet.
 */
public interface Outlet {
    /**
     * Hands over what has arrived, in order, without waiting.
     *
     * <p>The position moves past the batch only after {@link OutletHandler#onBatchEnd(long)} has returned, so what the
     * handler does there (a sync, say) is done before anything that waits for this outlet goes on. If the handler throws,
     * the position stays in front of the message it threw at.
     *
     * @param handler receives each message.
     * @param limit the most messages to hand over, at least 1.
     * @return the number of messages handed over, 0 if there were none.
     */
    int poll(OutletHandler handler, int limit);
}
