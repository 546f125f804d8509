package io.millrace.gateway.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.message.EventHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SeenEventsTest {
    private static final int LENGTH = EventHeader.BODY_OFFSET + 13;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[LENGTH]);

    private UnsafeBuffer event(long value) {
        EventHeader.length(event, 0, LENGTH);
        event.putLong(EventHeader.BODY_OFFSET + 5, value);
        return event;
    }

    @Test
    void shouldLookAtEverythingButWhenAndOverWhichConnectionItCame() {
        SeenEvents seen = new SeenEvents(16);
        assertTrue(seen.isNew(event(1), 0, LENGTH));
        EventHeader.ingressNs(event, 0, 99);
        EventHeader.connectionId(event, 0, 7);
        assertFalse(seen.isNew(event, 0, LENGTH));
        EventHeader.gridVersion(event, 0, 2);
        assertTrue(seen.isNew(event, 0, LENGTH));
        EventHeader.instrumentId(event, 0, 5);
        assertTrue(seen.isNew(event, 0, LENGTH));
        EventHeader.eventTimeMs(event, 0, 5);
        assertTrue(seen.isNew(event, 0, LENGTH));
        EventHeader.transactTimeMs(event, 0, 5);
        assertTrue(seen.isNew(event, 0, LENGTH));
        event.putByte(LENGTH - 1, (byte) 3);
        assertTrue(seen.isNew(event, 0, LENGTH));
        seen.clear();
        assertTrue(seen.isNew(event, 0, LENGTH));
    }

    @Test
    void shouldForgetTheOldestFirstWhateverComes() {
        int capacity = 64;
        SeenEvents seen = new SeenEvents(capacity);
        Deque<Long> remembered = new ArrayDeque<>();
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            long value = random.nextInt(160);
            boolean isNew = !remembered.contains(value);
            assertEquals(isNew, seen.isNew(event(value), 0, LENGTH), "seed " + seed + " round " + i);
            if (isNew) {
                remembered.add(value);
                if (remembered.size() > capacity) {
                    remembered.remove();
                }
            }
        }
    }
}
