package io.millrace.engine.pipeline;

import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Events in memory, handed over like a journal's. */
final class EventList implements Outlet {
    final List<byte[]> events = new ArrayList<>();
    private final MutableDirectBuffer scratch = Events.buffer();
    private int position;

    static EventList random(long seed, int count) {
        Random random = new Random(seed);
        EventList list = new EventList();
        list.add(Events.runStarted(list.scratch, 0, 1, -1));
        long ingressNs = 1_000;
        long id = 0;
        while (list.events.size() < count) {
            ingressNs += random.nextInt(2_000) - 200;
            id++;
            int kind = random.nextInt(100);
            if (kind < 60) {
                list.add(Events.ticker(list.scratch, 0, random.nextInt(20), id, ingressNs));
            } else if (kind < 80) {
                list.add(Events.diff(list.scratch, 0, EventFlags.WHOLE, id, random.nextInt(20)));
            } else if (kind < 85) {
                list.addChunks(id, 2 + random.nextInt(6));
            } else if (kind < 98) {
                list.add(Events.tick(list.scratch, 0, id, ingressNs));
            } else if (kind < 99) {
                list.addOperator(
                        random.nextBoolean() ? OperatorAction.HALT_ENTRIES : OperatorAction.RESUME_ENTRIES, -1, 255);
            } else if (random.nextInt(10) == 0) {
                list.add(Events.runStopped(list.scratch, 0, 1));
                list.add(Events.runStarted(list.scratch, 0, 2, list.events.size() - 1));
            }
        }
        list.add(Events.runStopped(list.scratch, 0, 2));
        return list;
    }

    void add(int length) {
        byte[] bytes = new byte[length];
        scratch.getBytes(0, bytes);
        events.add(bytes);
    }

    void addTicker(long ingressNs) {
        add(Events.ticker(scratch, 0, 3, events.size(), ingressNs));
    }

    void addOperator(OperatorAction action, long targetSequence, int stage) {
        add(Events.operator(scratch, 0, action, targetSequence, stage));
    }

    private void addChunks(long id, int chunks) {
        for (int i = 0; i < chunks; i++) {
            int flags = (i == 0 ? EventFlags.FIRST : 0) | (i == chunks - 1 ? EventFlags.LAST : 0);
            add(Events.diff(scratch, 0, flags, id, 20));
        }
    }

    void rewind() {
        position = 0;
    }

    @Override
    public int poll(OutletHandler handler, int limit) {
        int end = Math.min(events.size(), position + limit);
        int count = end - position;
        for (; position < end; position++) {
            byte[] bytes = events.get(position);
            handler.onMessage(position, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return count;
    }

    /** Records what an outlet hands over: sequence and bytes of each message. */
    static final class Recorder implements OutletHandler {
        final List<Long> sequences = new ArrayList<>();
        final List<byte[]> messages = new ArrayList<>();

        @Override
        public synchronized void onMessage(long sequence, org.agrona.DirectBuffer buffer, int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            sequences.add(sequence);
            messages.add(bytes);
        }

        synchronized int size() {
            return messages.size();
        }

        int countOf(int templateId) {
            int count = 0;
            for (byte[] message : messages) {
                if (io.millrace.codecs.message.EventHeader.templateId(new UnsafeBuffer(message), 0) == templateId) {
                    count++;
                }
            }
            return count;
        }

        /** Returns -1 if both hold the same, else the index of the first difference. */
        int firstDifference(Recorder other) {
            int common = Math.min(messages.size(), other.messages.size());
            for (int i = 0; i < common; i++) {
                if (!sequences.get(i).equals(other.sequences.get(i))
                        || !Arrays.equals(messages.get(i), other.messages.get(i))) {
                    return i;
                }
            }
            return messages.size() == other.messages.size() ? -1 : common;
        }
    }
}
