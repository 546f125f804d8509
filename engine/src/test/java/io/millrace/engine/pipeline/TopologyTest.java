package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CheckpointDecoder;
import io.millrace.codecs.event.FaultVerdictDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    private static FakeBookStage book() {
        return new FakeBookStage(7, 2, sequence -> sequence % 211 == 17);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20240808, 987654321})
    void shouldGiveTheSameOutputsOnEveryTopology(long seed) {
        EventList events = EventList.random(seed, 5_000);
        EventList.Recorder single = Runs.run(Topology.SINGLE, Runs.context(book()), events);
        assertTrue(single.countOf(FetchSnapshotDecoder.TEMPLATE_ID) > 500, "seed " + seed);
        assertTrue(single.countOf(FaultVerdictDecoder.TEMPLATE_ID) > 10, "seed " + seed);
        assertTrue(single.countOf(CheckpointDecoder.TEMPLATE_ID) > 30, "seed " + seed);
        EventList.Recorder fused = Runs.run(Topology.FUSED, Runs.context(book()), events);
        assertEquals(-1, single.firstDifference(fused), "seed " + seed);
        EventList.Recorder pipelined = Runs.run(Topology.PIPELINED, Runs.context(book()), events);
        assertEquals(-1, single.firstDifference(pipelined), "seed " + seed);
    }

    @Test
    void shouldGiveTheSameOutputsWithoutJournalAndWithOtherBatchesAndRings() {
        EventList events = EventList.random(5, 3_000);
        EventList.Recorder expected = Runs.run(Topology.SINGLE, Runs.context(book()), events);
        EventList.Recorder unjournaled = Runs.run(
                Topology.SINGLE,
                Runs.context(book())
                        .isJournaled(false)
                        .batchLimit(1)
                        .ringSlots(64)
                        .sampleShift(0),
                events);
        assertEquals(-1, expected.firstDifference(unjournaled));
        EventList.Recorder largeRing =
                Runs.run(Topology.FUSED, Runs.context(book()).ringSlots(4096).batchLimit(1000), events);
        assertEquals(-1, expected.firstDifference(largeRing));
    }

    @Test
    void shouldDifferFromTheSwappedNeighbourOn() {
        EventList events = EventList.random(5, 1_000);
        EventList.Recorder expected = Runs.run(Topology.SINGLE, Runs.context(book()), events);
        byte[] event = events.events.get(500);
        events.events.set(500, events.events.get(501));
        events.events.set(501, event);
        EventList.Recorder swapped = Runs.run(Topology.SINGLE, Runs.context(book()), events);
        int difference = expected.firstDifference(swapped);
        assertTrue(difference >= 0);
        assertTrue(expected.sequences.get(difference) >= 500 && expected.sequences.get(difference) < 512 + 32);
    }

    @Test
    void shouldPickSingleUpToFourCores() {
        assertEquals(Topology.SINGLE, Topology.auto(1));
        assertEquals(Topology.SINGLE, Topology.auto(4));
        assertEquals(Topology.FUSED, Topology.auto(5));
        assertEquals(Topology.PIPELINED, Topology.auto(16));
    }
}
