package io.millrace.app.trading;

/**
 * What a run has been. The names are those of {@code --json}.
 *
 * @param seconds that it ran.
 * @param mode of trading.
 * @param journal directory.
 * @param run its number on the journal.
 * @param events on the ring.
 * @param booksLive books in sync at the end.
 * @param commandsSent requests about orders and the account that left.
 * @param commandsAnswered of them, answered by an order.
 * @param commandsFailed refused by the venue, or come to nothing for certain.
 * @param commandsUnknown of which nobody knew at first what became.
 * @param commandsRefused not sent: limits, a ban, a link that was down, or too old.
 * @param sessionsLost connections for orders that were lost.
 * @param weightPerMinute request weight of the last minute.
 * @param halted why no entries were allowed at the end, "none" if they were.
 */
public record RunReport(
        double seconds,
        String mode,
        String journal,
        long run,
        long events,
        int booksLive,
        long commandsSent,
        long commandsAnswered,
        long commandsFailed,
        long commandsUnknown,
        long commandsRefused,
        long sessionsLost,
        int weightPerMinute,
        String halted) {}
