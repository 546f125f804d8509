package io.millrace.codecs.binance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged frames never escape as an exception, never hang, and are never misread: what the decoder still reads, Jackson and
 * BigDecimal read alike. The long form runs with {@code -Dlong}, for {@code -Dmillrace.fuzz.seconds} (300 by default) from
 * {@code -Dmillrace.fuzz.seed}.
 */
class MarketDecoderFuzzTest {
    private static final long SEED = Long.getLong("millrace.fuzz.seed", 20261121);
    private static final int SHORT_ROUNDS = 150_000;

    private final DecoderRig rig = new DecoderRig();

    @Test
    void shouldNeverMisreadDamagedFrames() {
        fuzz(samples(), SHORT_ROUNDS, Long.MAX_VALUE, SEED);
    }

    @Test
    @Tag("slow")
    void shouldNeverMisreadDamagedRecordedFrames() {
        fuzz(recorded(), SHORT_ROUNDS, Long.MAX_VALUE, SEED);
    }

    @Test
    @Tag("long")
    void shouldNeverMisreadDamagedFramesForLong() {
        List<byte[]> seeds = recorded();
        long endNs = System.nanoTime() + Long.getLong("millrace.fuzz.seconds", 300) * 1_000_000_000L;
        long seed = SEED;
        while (System.nanoTime() < endNs) {
            fuzz(seeds, SHORT_ROUNDS, endNs, seed++);
        }
    }

    private void fuzz(List<byte[]> seeds, int rounds, long endNs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FrameMutator mutator = new FrameMutator(random.nextLong());
        for (int round = 0; round < rounds && System.nanoTime() < endNs; round++) {
            byte[] frame = seeds.get(random.nextInt(seeds.size()));
            byte[] damaged = mutator.mutate(frame, seeds.get(random.nextInt(seeds.size())));
            try {
                rig.check(damaged);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + " round " + round + " frame " + FrameMutator.text(damaged), e);
            }
        }
    }

    private static List<byte[]> samples() {
        List<byte[]> frames = new ArrayList<>();
        for (String frame : Frames.all()) {
            frames.add(frame.getBytes(StandardCharsets.UTF_8));
            frames.add(Frames.combined("btcusdt@any", frame).getBytes(StandardCharsets.UTF_8));
            frames.add(("[" + frame + "," + frame + "]").getBytes(StandardCharsets.UTF_8));
        }
        return frames;
    }

    /** Every type of both sessions, long frames cut out so that a round stays short. */
    private static List<byte[]> recorded() {
        List<byte[]> frames = samples();
        for (String file : List.of(CaptureFile.ALTS, CaptureFile.BTC)) {
            for (CaptureFile.Line line : CaptureFile.read(file, 3000)) {
                if (line.frame().length < 2000) {
                    frames.add(line.frame());
                }
            }
        }
        return frames;
    }
}
