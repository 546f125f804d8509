package io.millrace.bench.hop;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;

/** The floor: a Disruptor with one producer, one poller and an event of one number. */
final class BareHop implements Hop {
    private static final int SLOTS = 2048;

    /** The event. */
    private static final class Event {
        private long sentNs;
    }

    private final RingBuffer<Event> ring =
            RingBuffer.createSingleProducer(Event::new, SLOTS, new BusySpinWaitStrategy());
    private final EventPoller<Event> poller = ring.newPoller();
    private final EventPoller.Handler<Event> handler = this::onEvent;
    private Receiver receiver;

    BareHop() {
        ring.addGatingSequences(poller.getSequence());
    }

    private boolean onEvent(Event event, long sequence, boolean isEndOfBatch) {
        receiver.onEvent(event.sentNs);
        return true;
    }

    @Override
    public void publish(long nowNs) {
        long sequence = ring.next();
        ring.get(sequence).sentNs = nowNs;
        ring.publish(sequence);
    }

    @Override
    public int poll(Receiver to) {
        receiver = to;
        try {
            return poller.poll(handler) == EventPoller.PollState.PROCESSING ? 1 : 0;
        } catch (Exception e) {
            throw new IllegalStateException("the handler failed in a benchmark", e);
        }
    }
}
