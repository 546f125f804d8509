package io.millrace.app.trading;

import java.util.List;

/**
 * What reconciliation would find and do, without doing it. The names are those of {@code --json}. The same journal and the same
 * account give the same report: it has no times, and its lists are sorted.
 *
 * @param journal directory.
 * @param run number of the journal's last run.
 * @param lastRunEnded whether that run ended in order; if not, it crashed or is still running.
 * @param events of the journal.
 * @param venue host that was asked.
 * @param equal whether there is no difference.
 * @param differences found, each explained.
 * @param commands that would go to the venue, none of which was sent.
 * @param halted why no entries would be allowed behind it, "none" if they would.
 */
public record ReconcileReport(
        String journal,
        long run,
        boolean lastRunEnded,
        long events,
        String venue,
        boolean equal,
        List<Difference> differences,
        List<Command> commands,
        String halted) {

    /**
     * A difference.
     *
     * @param what differs.
     * @param symbol of the contract, "-" for a wallet.
     * @param subject the order's name, {@code #} and the venue's number for one without, the asset of a wallet, else "-".
     * @param journal what the journal says.
     * @param venue what the venue says.
     * @param action what would be done about it.
     * @param because what it means, and which key of the configuration decides.
     */
    public record Difference(
            String what, String symbol, String subject, String journal, String venue, String action, String because) {}

    /**
     * A command.
     *
     * @param what it does.
     * @param symbol of the contract.
     * @param subject order that it concerns.
     * @param text side, type, quantity and price where it has them, else empty.
     */
    public record Command(String what, String symbol, String subject, String text) {}
}
