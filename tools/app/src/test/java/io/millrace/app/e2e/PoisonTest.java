package io.millrace.app.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.cli.Cli;
import io.millrace.app.config.ConfigLoader;
import io.millrace.app.runtime.Replay;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.journal.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PoisonTest {
    private static final long FIRST_POISON_SEQUENCE = 400;

    @TempDir
    Path directory;

    /** The ordinary book stage, but it throws, half way through, at the first ticker from some sequence on. */
    private static final class FaultyStage implements Stage {
        private final Stage stage;
        private long poisonSequence;

        private FaultyStage(Stage stage, long poisonSequence) {
            this.stage = stage;
            this.poisonSequence = poisonSequence;
        }

        @Override
        public int id() {
            return stage.id();
        }

        @Override
        public int viewLength() {
            return stage.viewLength();
        }

        @Override
        public int commandsLength() {
            return stage.commandsLength();
        }

        @Override
        public void onEvent(SlotContext slot) {
            stage.onEvent(slot);
            boolean isFirst = poisonSequence < 0
                    && slot.sequence() >= FIRST_POISON_SEQUENCE
                    && slot.templateId() == BookTickerDecoder.TEMPLATE_ID;
            if (isFirst || poisonSequence == slot.sequence()) {
                poisonSequence = slot.sequence();
                throw new IllegalStateException("poison at " + poisonSequence);
            }
        }

        @Override
        public void onSkip(SlotContext slot) {
            stage.onSkip(slot);
        }

        @Override
        public long stateHash() {
            return stage.stateHash();
        }
    }

    @Test
    void shouldHaltThenReplayThenGoOnOnceThePoisonIsQuarantined() throws IOException {
        Path journal = directory.resolve("journal");
        FaultyStage[] faulty = new FaultyStage[1];
        UnaryOperator<Stage> withFault = stage -> faulty[0] = new FaultyStage(stage, -1);

        int reasons = TestRuns.record(journal, 1500, withFault);
        long poison = faulty[0].poisonSequence;
        assertEquals(HaltReasons.FAULT, reasons);
        assertNotEquals(-1, poison);

        UnaryOperator<Stage> withSameFault = stage -> new FaultyStage(stage, poison);
        assertTrue(replay(journal, withSameFault).identical(), "the faulty build replays its own fault");
        Comparison mended = replay(journal, UnaryOperator.identity());
        assertFalse(mended.identical(), "a mended build does what was not recorded");
        assertEquals(
                poison,
                mended.firstDifference().sequence(),
                mended.firstDifference().toString());

        assertEquals(
                2, cli("quarantine", journal.toString(), "--sequence", "" + (poison + 1), "--reason", "wrong one"));
        assertEquals(0, cli("quarantine", journal.toString(), "--sequence", "" + poison, "--reason", "mended"));

        assertTrue(replay(journal, UnaryOperator.identity()).identical());
        assertTrue(replay(journal, withSameFault).identical());
        assertEquals(0, cli("replay", journal.toString()));
        assertEquals(0, TestRuns.record(journal, 500, UnaryOperator.identity()), "the halt is over");
        assertEquals(0, cli("replay", journal.toString(), "--topology", "pipelined"));
    }

    private static Comparison replay(Path journal, UnaryOperator<Stage> bookStage) {
        return new Replay(journal, ConfigLoader.defaults(), bookStage).run(Long.MAX_VALUE, TestRuns.silent());
    }

    private static int cli(String... arguments) {
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
        System.out.print(err);
        return exitCode;
    }
}
