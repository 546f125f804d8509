package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.Main;
import io.millrace.app.cli.Cli;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.journal.ProcessLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second engine on a journal or an account refuses to start, and a dead one is in nobody's way. */
@Tag("slow")
class TwoEnginesTest {
    private static final long LIMIT_S = 120;

    @TempDir
    Path directory;

    @Test
    void shouldRefuseWhenAnotherProcessHasTheJournalOrTheAccount() throws Exception {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        try (VenueAccount venue = new VenueAccount(100, directory)) {
            String text = venue.config(first);
            Path config = write("first.yaml", text);
            Path sameAccount = write("account.yaml", text.replace(first.toString(), second.toString()));
            Path locks = directory.resolve("locks");
            Path sameJournal = write("journal.yaml", text.replace(locks.toString(), locks + "2"));
            Process holder = ChildRun.java(Main.class.getName(), "run", "--config", config.toString())
                    .redirectOutput(directory.resolve("holder.txt").toFile())
                    .start();
            try {
                await(holder, first.resolve("journal.owner"));
                String pid = "pid=" + holder.pid();

                refused(sameAccount, "the account of the trading key at " + authority(venue) + " is in use by " + pid);
                assertFalse(Files.exists(second), "nothing was begun");
                refused(sameJournal, "journal directory=" + first + " is in use by " + pid);
            } finally {
                holder.destroyForcibly().onExit().join();
            }

            // Whoever comes next finds both free, though nobody gave them up.
            ProcessLock.acquire(first, "journal", "journal", "").close();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(locks, "*.lock")) {
                for (Path lock : found) {
                    String name = lock.getFileName().toString().replace(".lock", "");
                    ProcessLock.acquire(lock.getParent(), name, "account", "").close();
                }
            }
        }
    }

    private static String authority(VenueAccount venue) {
        return venue.exchange.restUri().getAuthority();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void await(Process holder, Path file) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        // Of the file's two states, there and written, the second is meant.
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(
                    holder.isAlive() && System.nanoTime() - deadlineNs < 0,
                    () -> "the first engine did not start: " + directory.resolve("holder.txt"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void refused(Path config, String beginning) {
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err), "run", "--config", config.toString());
        String text = err.toString();
        assertEquals(ExitCodes.ENVIRONMENT, exitCode, text);
        assertTrue(text.startsWith("millrace: " + beginning + ": stop that process"), text);
        assertEquals(1, text.lines().count(), text);
    }
}
