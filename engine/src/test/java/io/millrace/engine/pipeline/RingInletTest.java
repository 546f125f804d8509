package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.Counters;
import io.millrace.engine.status.StageStamps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RingInletTest {
    private final Counters counters = new Counters();
    private final Ring ring = new Ring(64, 512);
    private final com.lmax.disruptor.Sequence gate = new com.lmax.disruptor.Sequence();
    private final StageStamps stamps = new StageStamps(ring.slots(), 0, false, () -> 1);
    private final RingInlet market = RingInlet.market(ring, counters, stamps);
    private final RingInlet control = RingInlet.control(ring, counters, stamps);
    private final MutableDirectBuffer buffer = Events.buffer();

    RingInletTest() {
        ring.gateOn(gate);
    }

    private int tickers(int count) {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += Events.ticker(buffer, length, 0, i, i);
        }
        return length;
    }

    @Test
    void shouldRefuseMarketDataAtThreeQuartersAndControlWhenFull() {
        for (int i = 0; i < 48; i++) {
            assertEquals(Inlet.ACCEPTED, market.offer(buffer, 0, tickers(1)), "offer " + i);
        }
        assertEquals(Inlet.BACK_PRESSURED, market.offer(buffer, 0, tickers(1)));
        for (int i = 0; i < 16; i++) {
            assertEquals(Inlet.ACCEPTED, control.offer(buffer, 0, tickers(1)), "offer " + i);
        }
        assertEquals(Inlet.BACK_PRESSURED, control.offer(buffer, 0, tickers(1)));
        assertEquals(1, counters.get(CounterIds.MARKET_OFFERS_REFUSED));
        assertEquals(1, counters.get(CounterIds.CONTROL_OFFERS_REFUSED));
        gate.set(16);
        assertEquals(Inlet.BACK_PRESSURED, market.offer(buffer, 0, tickers(2)));
        assertEquals(Inlet.ACCEPTED, market.offer(buffer, 0, tickers(1)));
        assertEquals(Inlet.BACK_PRESSURED, market.offer(buffer, 0, tickers(1)));
    }

    @Test
    void shouldTakeAllChunksOrNone() {
        assertEquals(Inlet.ACCEPTED, market.offer(buffer, 0, tickers(40)));
        assertEquals(Inlet.BACK_PRESSURED, market.offer(buffer, 0, tickers(9)));
        assertEquals(39, ring.cursor());
        assertEquals(Inlet.ACCEPTED, market.offer(buffer, 0, tickers(8)));
    }

    @Test
    void shouldSayTooLongWhenTheRangeCanNeverFit() {
        assertEquals(Inlet.TOO_LONG, market.offer(buffer, 0, tickers(49)));
        assertEquals(Inlet.ACCEPTED, control.offer(buffer, 0, tickers(64)));
        assertEquals(Inlet.TOO_LONG, control.offer(buffer, 0, tickers(65)));
        assertEquals(Inlet.TOO_LONG, control.offer(buffer, 0, Events.diff(buffer, 0, EventFlags.WHOLE, 1, 30)));
        assertEquals(3, counters.get(CounterIds.OFFERS_TOO_LONG));
    }

    @Test
    void shouldRefuseWhatIsNotWholeMessages() {
        int length = tickers(2);
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, 0));
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, length - 1));
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, length + 1));
        EventHeader.length(buffer, 0, 47);
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, length));
        EventHeader.length(buffer, 0, -8);
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, length));
        EventHeader.length(buffer, 0, Integer.MAX_VALUE);
        assertEquals(Inlet.MALFORMED, market.offer(buffer, 0, length));
        assertEquals(-1, ring.cursor());
        assertEquals(6, counters.get(CounterIds.OFFERS_MALFORMED));
    }

    @Test
    void shouldSayClosedWhenClosed() {
        ring.close();
        assertEquals(Inlet.CLOSED, market.offer(buffer, 0, tickers(1)));
        assertEquals(Inlet.CLOSED, control.offer(buffer, 0, tickers(1)));
    }

    @Test
    void shouldKeepChunksTogetherUnderSeveralProducers() throws InterruptedException {
        int producers = 4;
        int updates = 10_000;
        CountDownLatch done = new CountDownLatch(producers);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread thread = new Thread(() -> {
                produce(producer, updates);
                done.countDown();
            });
            threads.add(thread);
            thread.start();
        }
        long[] lastIds = new long[producers];
        long next = 0;
        int chunk = 0;
        long id = -1;
        while (done.getCount() > 0 || next <= ring.cursor()) {
            long available = ring.highestPublished(next, next + 100);
            for (; next <= available; next++) {
                int offset = ring.offsetOf(next);
                long first = new UnsafeBuffer(ring.buffer()).getLong(offset + EventHeader.BODY_OFFSET);
                int flags = EventHeader.flags(ring.buffer(), offset);
                assertEquals(DepthDiffDecoder.TEMPLATE_ID, EventHeader.templateId(ring.buffer(), offset));
                assertEquals(chunk == 0, EventFlags.isFirst(flags));
                if (chunk > 0) {
                    assertEquals(id, first);
                }
                id = first;
                chunk = EventFlags.isLast(flags) ? 0 : chunk + 1;
                if (chunk == 0) {
                    int producer = (int) (id / 1_000_000);
                    assertEquals(lastIds[producer] + 1, id % 1_000_000);
                    lastIds[producer]++;
                }
            }
            gate.set(next - 1);
            Thread.onSpinWait();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (long last : lastIds) {
            assertEquals(updates, last);
        }
    }

    @Test
    void shouldKeepAQuarterFreeWhenSeveralProducersRaceForTheLastSlots() throws Exception {
        int producers = 4;
        int rounds = 1_000;
        CyclicBarrier barrier = new CyclicBarrier(producers + 1);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread thread = new Thread(() -> race(producer, rounds, barrier));
            threads.add(thread);
            thread.start();
        }
        for (int round = 0; round < rounds; round++) {
            barrier.await(60, TimeUnit.SECONDS);
            barrier.await(60, TimeUnit.SECONDS);
            long free = ring.freeSlots();
            assertTrue(free >= 16 && free < 16 + 12, "round " + round + ": " + free + " slots free");
            gate.set(ring.cursor());
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void race(int producer, int rounds, CyclicBarrier barrier) {
        MutableDirectBuffer own = Events.buffer();
        try {
            for (int round = 0; round < rounds; round++) {
                int length = 0;
                for (int c = 0; c < 1 + (round + producer * 3) % 12; c++) {
                    length += Events.diff(own, length, EventFlags.WHOLE, 1, 1);
                }
                barrier.await(60, TimeUnit.SECONDS);
                int refused = 0;
                while (refused < 5) {
                    refused += market.offer(own, 0, length) < 0 ? 1 : 0;
                }
                barrier.await(60, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void produce(int producer, int updates) {
        MutableDirectBuffer own = Events.buffer();
        for (int i = 1; i <= updates; i++) {
            int chunks = 1 + (i + producer) % 12;
            int length = 0;
            for (int c = 0; c < chunks; c++) {
                int flags = (c == 0 ? EventFlags.FIRST : 0) | (c == chunks - 1 ? EventFlags.LAST : 0);
                length += Events.diff(own, length, flags, producer * 1_000_000L + i, 1);
            }
            while (market.offer(own, 0, length) < 0) {
                Thread.onSpinWait();
            }
        }
    }
}
