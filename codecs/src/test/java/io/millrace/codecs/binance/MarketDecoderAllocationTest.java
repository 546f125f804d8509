package io.millrace.codecs.binance;

import io.millrace.codecs.testing.AllocationWindows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MarketDecoderAllocationTest {
    @Test
    @Tag("slow")
    void shouldAllocateNothingOverARecordedSession() throws Exception {
        List<byte[]> frames = new ArrayList<>();
        for (CaptureFile.Line line : CaptureFile.read(CaptureFile.BTC)) {
            frames.add(line.frame());
        }
        assertAllocatesNothing(frames, 1);
    }

    @Test
    void shouldAllocateNothingForAnyTypeOrError() throws Exception {
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
        assertAllocatesNothing(frames, 100);
    }

    private static void add(List<byte[]> frames, String frame) {
        frames.add(frame.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertAllocatesNothing(List<byte[]> frames, int rounds) throws Exception {
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
        AllocationWindows.assertNothing("decoding " + rounds + " x " + ends.length + " frames", () -> {
            for (int i = 0; i < rounds; i++) {
                decodeAll(decoder, src, ends);
            }
        });
    }

    private static void decodeAll(MarketDecoder decoder, UnsafeBuffer src, int[] ends) {
        int start = 0;
        for (int end : ends) {
            decoder.decode(src, start, end - start, 1, 1);
            start = end;
        }
    }
}
