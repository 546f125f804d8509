package io.millrace.bench.exchange;

import io.millrace.exchange.market.StreamKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the simulated exchange; run it on a machine that does nothing else. */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures the simulated exchange: its market and the venue in process on one core, and its server with"
                        + " one client.",
        footer = {
            "",
            "Example: tools/millrace bench exchange --seconds 10",
            "Exit codes: 0 measured, 1 failed, 2 usage."
        })
public final class ExchangeBench implements Callable<Integer> {
    @Option(names = "--symbols", description = "contracts of the synthetic market, 1 to 2,048")
    private int symbols = 648;

    @Option(names = "--seconds", description = "seconds that are measured, of the market's time or the machine's")
    private int seconds = 10;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (symbols < 1 || symbols > 2048 || seconds < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--symbols " + symbols + " or --seconds " + seconds
                            + " is out of range, choose 1 to 2,048 and at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d contracts; in process: of one core's time; over loopback: of the clock's%n", symbols);
        print(out, MarketThroughput.measure("market, what traders take", symbols, seconds, ExchangeBench::isUsual));
        print(out, MarketThroughput.measure("market, all streams", symbols, seconds, kind -> true));
        print(out, VenueThroughput.measure(symbols, seconds));
        print(out, LoopbackThroughput.synthetic(symbols, seconds));
        print(out, LoopbackThroughput.bareCopy(seconds));
        return 0;
    }

    private static void print(PrintWriter out, ExchangeFigure figure) {
        out.println(figure);
        out.flush();
    }

    /** Diffs, touch, trades, mark prices, minute bars, liquidations and day statistics, without slower copies. */
    private static boolean isUsual(StreamKind kind) {
        return kind.index() <= StreamKind.TICKER_24H.index() && PayloadCounter.isNews(kind);
    }
}
