package io.millrace.app.replay;

/**
 * What a recording came to. The names are those of {@code --json}.
 *
 * @param seconds that it ran.
 * @param journal directory.
 * @param runEpoch number of the run on its journal.
 * @param events recorded by this run.
 * @param instruments defined.
 * @param booksLive books in sync at the end.
 * @param gaps in the chains of diffs.
 * @param errors frames that could not be read.
 * @param halted why no entries were allowed at the end, "none" normally.
 */
public record RecordingReport(
        double seconds,
        String journal,
        long runEpoch,
        long events,
        int instruments,
        int booksLive,
        long gaps,
        long errors,
        String halted) {}
