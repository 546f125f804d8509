package io.millrace.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stage alone, over the capture again and again, each time with a lost stream and a resync in between. */
@Tag("slow")
class BookAllocationTest {
    private static final int SLOTS = 64;
    private static final long ROUND_NS = 400_000_000_000L;

    private final List<Integer> offsets = new ArrayList<>();
    private final UnsafeBuffer recorded = new UnsafeBuffer(ByteBuffer.allocateDirect(32 << 20));
    private final UnsafeBuffer slots =
            new UnsafeBuffer(ByteBuffer.allocateDirect(SLOTS * BookEvents.DEFAULT_SLOT_LENGTH));
    private final BookStage stage = new BookStage(BookSettings.defaults());
    private final StageRegions regions = new StageRegions(SLOTS, stage.viewLength(), stage.commandsLength());
    private final SlotContext slot = new SlotContext(StageIds.BOOK, regions, regions);
    private int end;
    private long sequence;
    private int rounds;

    @Test
    void shouldAllocateNothingOverTheCaptureIncludingResyncs() throws Exception {
        record(Captures.table());
        int[] at = offsets.stream().mapToInt(Integer::intValue).toArray();
        AllocationWindows.assertNothing(at.length + " events of a book", () -> play(at, rounds++));
        BookReport report = stage.reports().get(0);
        assertEquals(6_547L * rounds, report.diffs().applied());
        assertTrue(report.sync().resyncs() >= rounds - 1, report.toString());
    }

    private void play(int[] at, int round) {
        for (int i = 0; i + 1 < at.length; i++) {
            int to = (int) (sequence & (SLOTS - 1)) * BookEvents.DEFAULT_SLOT_LENGTH;
            int length = at[i + 1] - at[i];
            slots.putBytes(to, recorded, at[i], length);
            EventHeader.ingressNs(slots, to, EventHeader.ingressNs(recorded, at[i]) + round * ROUND_NS);
            slot.moveTo(sequence, sequence, slots, to, length);
            stage.onEvent(slot);
            sequence++;
        }
        stage.stateHash();
    }

    private void record(InstrumentTable table) {
        BookEvents events = new BookEvents();
        MarketDecoder decoder = new MarketDecoder(table, BookEvents.DEFAULT_SLOT_LENGTH);
        UnsafeBuffer frame = new UnsafeBuffer(0, 0);
        offsets.add(0);
        InstrumentSpec spec = table.byId(0);
        List<Captures.Line> lines = Captures.read(Captures.BTC);
        events.ingressNs = lines.get(0).receivedNs();
        // Not the definition again and again: it carries the symbol, which is a new String each time.
        stage.onEvent(defined(spec));
        add(events.status(StreamState.LOST, StageHarness.DEPTH_BIT | StageHarness.TICKER_BIT, 0));
        for (Captures.Line line : lines) {
            events.ingressNs = line.receivedNs();
            if (line.isStream()) {
                frame.wrap(line.frame());
                int length = decoder.decode(frame, 0, line.frame().length, 1, line.receivedNs());
                for (int at = 0; at < length; at += EventHeader.length(decoder.encoded(), at)) {
                    add(decoder.encoded(), at, EventHeader.length(decoder.encoded(), at));
                }
            } else {
                JsonNode body = line.json();
                long[][] bids = Captures.levels(body.get("bids"), spec);
                long[][] asks = Captures.levels(body.get("asks"), spec);
                events.snapshot(0, body.get("lastUpdateId").asLong(), 0, bids, asks)
                        .forEach(this::add);
            }
        }
    }

    private SlotContext defined(InstrumentSpec spec) {
        byte[] message = Definitions.encode(spec);
        slots.putBytes(0, message);
        slot.moveTo(sequence, sequence, slots, 0, message.length);
        sequence++;
        return slot;
    }

    private void add(byte[] message) {
        add(new UnsafeBuffer(message), 0, message.length);
    }

    private void add(DirectBuffer source, int at, int length) {
        recorded.putBytes(end, source, at, length);
        end += length;
        offsets.add(end);
    }
}
