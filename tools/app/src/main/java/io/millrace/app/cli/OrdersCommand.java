package io.millrace.app.cli;

import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.app.terminal.TextTable;
import io.millrace.app.trading.AccountPicture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code orders}: orders as a journal tells them. */
@Command(
        name = "orders",
        description = {
            "Shows the orders that a journal tells of, also that of a running engine: it is replayed, and nothing is sent "
                    + "anywhere. Finished orders are forgotten after a while, in the engine too."
        },
        footer = {"", "Examples:", "  millrace orders data/journal", "  millrace orders data/journal --all --json"})
final class OrdersCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    Path directory;

    @Option(names = "--all", description = "Finished orders too, as far as they are remembered.")
    boolean all;

    @Override
    public Integer call() {
        PrintWriter out = parent.spec.commandLine().getOut();
        AccountPicture picture = AccountPicture.of(directory, parent.options.load(), parent.progress());
        List<AccountPicture.Order> orders =
                picture.orders().stream().filter(order -> all || order.isOpen()).toList();
        if (parent.options.json) {
            out.println(Json.line(orders));
            return ExitCodes.OK;
        }
        TextTable table = new TextTable(
                "order", "symbol", "side", "type", "state", "price", "trigger", "quantity", "filled", "average", "fee");
        for (AccountPicture.Order order : orders) {
            table.row(
                    order.id(),
                    order.symbol(),
                    order.side(),
                    order.type(),
                    order.state(),
                    dash(order.price()),
                    dash(order.trigger()),
                    order.qty(),
                    order.filled(),
                    dash(order.averagePrice()),
                    dash(order.fee()));
        }
        out.print(table);
        out.printf(
                Locale.ROOT,
                "%d %sorders after %,d events, run %d, entries halted: %s%n",
                orders.size(),
                all ? "" : "open ",
                picture.events(),
                picture.run(),
                picture.halted());
        return ExitCodes.OK;
    }

    static String dash(String text) {
        return text == null ? "-" : text;
    }
}
