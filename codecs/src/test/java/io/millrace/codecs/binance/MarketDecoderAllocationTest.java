package io.millrace.codecs.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MarketDecoderAllocationTest {
    private static final int WARM_UP_ROUNDS = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    @Tag("slow")
    void shouldAllocateNothingOverARecordedSession() {
        List<byte[]> frames = new ArrayList<>();
        for (CaptureFile.Line line : CaptureFile.read(CaptureFile.BTC)) {
            frames.add(line.frame());
        }
        assertAllocatesNothing(frames, WARM_UP_ROUNDS);
    }

    @Test
    void shouldAllocateNothingForAnyTypeOrError() {
        List<byte[]> frames = new ArrayList<>();
        for (String frame : Frames.all()) {
            add(frames, frame);
            add(frames, Frames.combined("btcusdt@any", frame));
            add(frames, frame.replace(",\"", ", \""));
            add(frames, frame.substring(0, frame.length() - 2));
            add(frames, frame.replace("BTCUSDT", "SUSHIUSDT"));
            add(frames, frame.replace("BTCUSDT", "ALONGSYMBOLOFMANYLETTERSUSDT"));
            add(frames, frame.replace("BTCUSDT", "NOBODYUSDT"));
        }
        add(frames, "[" + Frames.MARK_PRICE + "," + Frames.MARK_PRICE + "]");
        add(frames, "{\"result\":null,\"id\":1}");
        assertAllocatesNothing(frames, 2000);
    }

    private static void add(List<byte[]> frames, String frame) {
        frames.add(frame.getBytes(StandardCharsets.UTF_8));
    }

    private void assertAllocatesNothing(List<byte[]> frames, int warmUpRounds) {
        int total = frames.stream().mapToInt(frame -> frame.length).sum();
        UnsafeBuffer src = new UnsafeBuffer(ByteBuffer.allocateDirect(total));
        int[] ends = new int[frames.size()];
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            src.putBytes(at, frames.get(i));
            at += frames.get(i).length;
            ends[i] = at;
        }
        MarketDecoder decoder = new MarketDecoder(Instruments.table(), 1024);
        for (int i = 0; i < warmUpRounds; i++) {
            decodeAll(decoder, src, ends);
        }
        assertEquals(0, decodeAll(decoder, src, ends), "bytes allocated for " + ends.length + " frames");
    }

    /** Returns the bytes allocated while all frames were decoded. */
    private long decodeAll(MarketDecoder decoder, UnsafeBuffer src, int[] ends) {
        long threadId = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(threadId); // the first call may allocate
        long before = threads.getThreadAllocatedBytes(threadId);
        int start = 0;
        for (int end : ends) {
            decoder.decode(src, start, end - start, 1, 1);
            start = end;
        }
        return threads.getThreadAllocatedBytes(threadId) - before;
    }
}
