package io.millrace.app.cli;

import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import io.millrace.app.trading.AccountPicture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code positions}: positions and wallets as a journal tells them. */
@Command(
        name = "positions",
        description = {
            "Shows the positions and wallets that a journal tells of, also that of a running engine, beside what the venue "
                    + "said last: it is replayed, and nothing is sent anywhere."
        },
        footer = {
            "",
            "Exit code 1 if a position or a wallet differs from what the venue said last.",
            "",
            "Examples:",
            "  millrace positions data/journal",
            "  millrace positions data/journal --json"
        })
final class PositionsCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    Path directory;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        AccountPicture picture = AccountPicture.of(directory, parent.options.load(), parent.progress());
        boolean isEqual = picture.positions().stream()
                        .allMatch(position -> position.qty().equals(position.venueQty()))
                && picture.wallets().stream().allMatch(wallet -> wallet.ours().equals(wallet.venue()));
        if (parent.options.json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("positions", picture.positions());
            tree.put("wallets", picture.wallets());
            tree.put("counts", picture.counts());
            tree.put("halted", picture.halted());
            tree.put("equal", isEqual);
            out.println(Json.line(tree));
            return isEqual ? ExitCodes.OK : ExitCodes.NEGATIVE;
        }
        TextTable positions =
                new TextTable("symbol", "quantity", "venue says", "entry", "protected", "realized", "fills");
        for (AccountPicture.Position position : picture.positions()) {
            positions.row(
                    position.symbol(),
                    position.qty(),
                    position.venueQty(),
                    OrdersCommand.dash(position.entryPrice()),
                    position.protectedQty(),
                    position.realized(),
                    position.fills());
        }
        TextTable wallets = new TextTable("asset", "wallet", "venue says");
        picture.wallets().forEach(wallet -> wallets.row(wallet.asset(), wallet.ours(), wallet.venue()));
        out.print(positions);
        out.println();
        out.print(wallets);
        out.printf(
                Locale.ROOT,
                "%n%s after %,d events, run %d, entries halted: %s%n",
                isEqual ? "the venue said the same" : "the venue said something else",
                picture.events(),
                picture.run(),
                picture.halted());
        return isEqual ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
}
