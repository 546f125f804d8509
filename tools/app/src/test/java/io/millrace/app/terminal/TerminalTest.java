package io.millrace.app.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void shouldStaySilentWhenDoneWithinASecond() {
        AtomicLong clockNs = new AtomicLong();
        StringWriter err = new StringWriter();
        Progress progress = new Progress(new PrintWriter(err), false, clockNs::get);

        clockNs.set(999_999_999L);
        progress.show("half");
        progress.end();

        assertEquals("", err.toString());
    }

    @Test
    void shouldShowOneLineASecondWhenItTakesLonger() {
        AtomicLong clockNs = new AtomicLong();
        StringWriter err = new StringWriter();
        Progress progress = new Progress(new PrintWriter(err), false, clockNs::get);

        clockNs.set(1_000_000_000L);
        progress.show("one");
        progress.show("one again");
        clockNs.set(2_000_000_000L);
        progress.show("two");

        assertEquals("one\ntwo\n", err.toString().replace("\r", ""));
    }

    @Test
    void shouldAlignColumns() {
        TextTable table = new TextTable("symbol", "diffs").row("BTCUSDT", 6547);

        assertEquals("symbol   diffs\nBTCUSDT  6,547\n", table.toString().replace("\r", ""));
    }
}
