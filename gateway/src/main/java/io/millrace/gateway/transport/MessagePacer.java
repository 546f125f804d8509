package io.millrace.gateway.transport;

/**
 * How many messages one connection may still send: at most {@code limit} in any {@code windowNs}. The venue counts every
 * frame that it receives, pongs too, and disconnects whoever sends more.
 *
 * <p><b>Thread:</b> confined to the loop's thread.
 */
public final class MessagePacer {
    private final long[] sentNs;
    private final long windowNs;
    private int next;
    private long count;

    /**
     * Makes a pacer that has sent nothing.
     *
     * @param limit most messages in a window, 1 or more.
     * @param windowNs length of the window.
     */
    public MessagePacer(int limit, long windowNs) {
        this.sentNs = new long[limit];
        this.windowNs = windowNs;
    }

    /**
     * Counts a message if it may be sent.
     *
     * @param nowNs monotonic time.
     * @param reserve how many further messages must stay possible for those that matter more.
     * @return whether to send it.
     */
    public boolean tryAcquire(long nowNs, int reserve) {
        if (available(nowNs) <= reserve) {
            return false;
        }
        sentNs[next] = nowNs;
        next = next + 1 == sentNs.length ? 0 : next + 1;
        count++;
        return true;
    }

    /**
     * Returns how many messages may be sent now.
     *
     * @param nowNs monotonic time.
     */
    public int available(long nowNs) {
        int used = 0;
        long recorded = Math.min(count, sentNs.length);
        for (int i = 1; i <= recorded; i++) {
            int index = next - i < 0 ? next - i + sentNs.length : next - i;
            if (nowNs - sentNs[index] >= windowNs) {
                break;
            }
            used++;
        }
        return sentNs.length - used;
    }

    /** Returns how many messages were sent in all. */
    public long sent() {
        return count;
    }
}
