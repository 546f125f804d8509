package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.message.EventHeader;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.tool.JournalEditor;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputComparatorTest {
    @TempDir
    Path temp;

    private final TestMessages messages = new TestMessages(2);

    private Path journal() {
        return temp.resolve("journal");
    }

    @Test
    void shouldFindAReplayOfSeveralRunsIdentical() {
        for (int run = 0; run < 3; run++) {
            FakeEngine.run(journal(), messages, 500 + run * 7, 0);
        }
        Comparison comparison = FakeEngine.replay(journal());
        assertNull(comparison.firstDifference());
        assertTrue(comparison.identical());
        assertEquals(500 + 507 + 514 + 6, comparison.events());
        assertEquals(0, comparison.missingAtCrash());
        assertEquals(comparison.stateHash(), FakeEngine.replay(journal()).stateHash());
        JournalScan scan = JournalScanner.scan(journal());
        assertEquals(3, scan.runs().size());
        assertEquals(4, scan.nextRunEpoch());
        assertTrue(scan.runs().get(2).isComplete());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9})
    void shouldPermitAndListWhatACrashedRunCouldNotAppend(int lost) {
        FakeEngine.run(journal(), messages, 300, 0);
        FakeEngine.run(journal(), messages, 300, lost);
        Comparison crashed = FakeEngine.replay(journal());
        assertNull(crashed.firstDifference());
        assertEquals(lost, crashed.regeneratedUnsent().size());
        FakeEngine.run(journal(), messages, 300, 0);
        Comparison later = FakeEngine.replay(journal());
        assertNull(later.firstDifference());
        assertEquals(crashed.regeneratedUnsent(), later.regeneratedUnsent());
        Comparison.UnsentCommand command = later.regeneratedUnsent().get(0);
        assertEquals(command.sequence() * 64, command.commandId());
    }

    @Test
    void shouldReportOutputsThatAnOrderlyRunLacks() {
        FakeEngine.run(journal(), messages, 300, 0);
        Path copy = new JournalEditor(journal()).dropLastOutputs(2).writeTo(temp.resolve("copy"));
        Comparison comparison = FakeEngine.replay(copy);
        assertFalse(comparison.identical());
        assertEquals("none", comparison.firstDifference().expected());
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 31, 32, 63, 100, 255, 299})
    void shouldNameTheSequenceOfAChangedEvent(long sequence) {
        FakeEngine.run(journal(), messages, 300, 0);
        JournalEditor editor = new JournalEditor(journal());
        Path swapped = editor.swapInputs(sequence).writeTo(temp.resolve("swapped"));
        assertNamed(sequence, FakeEngine.replay(swapped));
        Path omitted = new JournalEditor(journal()).omitInput(sequence, true).writeTo(temp.resolve("omitted"));
        assertNamed(sequence, FakeEngine.replay(omitted));
    }

    private static void assertNamed(long sequence, Comparison comparison) {
        assertNotNull(comparison.firstDifference());
        assertEquals(sequence, comparison.firstDifference().sequence(), comparison.firstDifference()::toString);
    }

    @Test
    void shouldNameTheHoleWhenAnEventIsLeftOutUnrenumbered() {
        FakeEngine.run(journal(), messages, 300, 0);
        Path copy = new JournalEditor(journal()).omitInput(100, false).writeTo(temp.resolve("copy"));
        JournalException e = assertThrows(JournalException.class, () -> FakeEngine.replay(copy));
        assertTrue(e.getMessage().contains("expected index=100 but found 101"), e.getMessage());
    }

    @Test
    void shouldNameTheSequenceOfEveryFlippedOutputByte() {
        FakeEngine.run(journal(), messages, 100, 0);
        int count = new JournalEditor(journal()).outputCount();
        for (int index = 0; index < count; index++) {
            byte[] output = new JournalEditor(journal()).output(index);
            UnsafeBuffer buffer = new UnsafeBuffer(output);
            for (int offset = EventHeader.BODY_OFFSET; offset < output.length; offset += 61) {
                Path copy = new JournalEditor(journal())
                        .flipOutputByte(index, offset)
                        .writeTo(temp.resolve("copy-" + index + "-" + offset));
                Comparison comparison = FakeEngine.replay(copy);
                assertFalse(comparison.identical());
                assertEquals(index, comparison.firstDifference().outputIndex());
                if (EventHeader.templateId(buffer, 0) == 80 && offset >= EventHeader.BODY_OFFSET + 16) {
                    long first = buffer.getLong(EventHeader.BODY_OFFSET);
                    assertEquals(
                            first + (offset - EventHeader.BODY_OFFSET - 16) / 8,
                            comparison.firstDifference().sequence());
                }
            }
        }
    }

    @Test
    void shouldRefuseAnOutputWhoseChecksumIsWrong() {
        FakeEngine.run(journal(), messages, 300, 0);
        long position = JournalEditor.damage(journal().resolve(Journal.OUTPUTS), 20, 50);
        JournalException e = assertThrows(JournalException.class, () -> FakeEngine.replay(journal()));
        assertTrue(e.getMessage().contains("position=" + position + " index=20 behind sequence="), e.getMessage());
    }
}
