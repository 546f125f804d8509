package io.millrace.gateway.control;

import io.millrace.codecs.port.Inlet;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What goes to the control inlet, in order, none lost: when the ring is full, events wait here and are offered again at
 * every turn. While any waits, no market data may pass it, so that a stream's status keeps its place among its data.
 */
public final class ControlOutbox {
    private static final class Waiting {
        final byte[] event;
        final Runnable onAccepted;

        Waiting(byte[] event, Runnable onAccepted) {
            this.event = event;
            this.onAccepted = onAccepted;
        }
    }

    private final Inlet inlet;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(0, 0);
    private boolean isClosed;

    /**
     * Makes an empty outbox.
     *
     * @param inlet to offer to.
     */
    public ControlOutbox(Inlet inlet) {
        this.inlet = inlet;
    }

    /**
     * Offers one event, or keeps a copy of it to offer later.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it.
     */
    public void publish(DirectBuffer buffer, int offset, int length) {
        publish(buffer, offset, length, null);
    }

    /**
     * Offers one event, or keeps a copy of it to offer later.
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it.
     * @param onAccepted run at the point in the order of events where it was taken; null for nothing.
     */
    public void publish(DirectBuffer buffer, int offset, int length, Runnable onAccepted) {
        if (waiting.isEmpty() && isTaken(buffer, offset, length)) {
            if (onAccepted != null) {
                onAccepted.run();
            }
            return;
        }
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        waiting.add(new Waiting(copy, onAccepted));
    }

    /**
     * Offers an event that loses its meaning when it waits (a clock tick).
     *
     * @param buffer holds it.
     * @param offset of it.
     * @param length of it.
     * @return whether it was taken; if not, nothing is kept.
     */
    public boolean tryPublish(DirectBuffer buffer, int offset, int length) {
        return waiting.isEmpty() && isTaken(buffer, offset, length);
    }

    /** Offers again what waits; returns how many events were taken. */
    public int poll() {
        int taken = 0;
        while (!waiting.isEmpty()) {
            Waiting head = waiting.peek();
            scratch.wrap(head.event);
            if (!isTaken(scratch, 0, head.event.length)) {
                break;
            }
            waiting.remove();
            taken++;
            if (head.onAccepted != null) {
                head.onAccepted.run();
            }
        }
        return taken;
    }

    /** Returns whether nothing waits. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns how many events wait. */
    public int size() {
        return waiting.size();
    }

    private boolean isTaken(DirectBuffer buffer, int offset, int length) {
        if (isClosed) {
            return true;
        }
        int result = inlet.offer(buffer, offset, length);
        if (result > 0) {
            return true;
        }
        if (result == Inlet.BACK_PRESSURED) {
            return false;
        }
        if (result == Inlet.CLOSED) {
            // The engine is gone: nobody is left who could miss an event.
            isClosed = true;
            return true;
        }
        throw new IllegalStateException("the control inlet refused an event of " + length + " bytes with code " + result
                + ": its slots are shorter than the gateway's slotLength setting says");
    }
}
