package io.millrace.app.cli;

import io.millrace.app.config.Config;
import io.millrace.app.demo.DemoExchange;
import io.millrace.app.scenario.Scenario;
import io.millrace.app.scenario.ScenarioReference;
import io.millrace.app.scenario.ScenarioView;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Json;
import io.millrace.exchange.SimulatedExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/** {@code exchange}: the simulated exchange alone. */
@Command(
        name = "exchange",
        description = "Runs the simulated exchange alone, on loopback, and prints its addresses for a configuration.",
        footer = {
            "",
            "Examples:",
            "  millrace exchange --symbols 20 > venue.yaml &",
            "  millrace record --config venue.yaml --seconds 10",
            "  millrace exchange --scenario docs/examples/scenario.yaml",
            "                                                accounts, faults and latencies as the file says"
        })
final class ExchangeCommand implements Callable<Integer> {
    @ParentCommand
    MillraceCommand parent;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "Run what a scenario file describes (docs/scenario-reference.md).")
    Path scenario;

    @Option(names = "--reference", description = "Print the reference of scenario files as Markdown.")
    boolean reference;

    @Option(names = "--symbols", paramLabel = "N", description = "Symbols of the market (exchange.symbols).")
    Integer symbols;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the market (exchange.seed).")
    Long seed;

    @Option(names = "--port", paramLabel = "N", description = "Port of REST (exchange.port); 0 takes a free one.")
    Integer port;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long; without it until Ctrl-C.",
            defaultValue = "0")
    int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = parent.spec.commandLine().getOut();
        if (reference) {
            out.print(ScenarioReference.markdown());
            return ExitCodes.OK;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        return Interrupts.during(
                stopped::countDown, () -> scenario == null ? runConfigured(out, stopped) : runScenario(out, stopped));
    }

    /** The market of the configuration; prints the addresses as a configuration. */
    private int runConfigured(PrintWriter out, CountDownLatch stopped) throws IOException, InterruptedException {
        Config config = Overrides.on(parent.options.load())
                .set("exchange.symbols", symbols)
                .set("exchange.seed", seed)
                .set("exchange.port", port)
                .config();
        try (SimulatedExchange exchange = SimulatedExchange.start(DemoExchange.settings(config.exchange()))) {
            Map<String, Object> venue = new LinkedHashMap<>();
            venue.put("restUri", exchange.restUri().toString());
            venue.put("publicUri", exchange.publicUri().toString());
            venue.put("marketUri", exchange.marketUri().toString());
            if (parent.options.json) {
                out.println(Json.line(Map.of("venue", venue)));
            } else {
                out.println("venue:");
                venue.forEach((key, value) -> out.println("  " + key + ": " + value));
                out.println("  trustAllCertificates: " + config.exchange().tls());
                out.println("  symbols: []");
            }
            return await(out, stopped);
        }
    }

    private int runScenario(PrintWriter out, CountDownLatch stopped) throws IOException, InterruptedException {
        if (symbols != null) {
            throw new ParameterException(
                    parent.spec.commandLine(), "--symbols does not go with --scenario, write market.synthetic.symbols");
        }
        Scenario described = Scenario.load(scenario).with(seed, port);
        try (SimulatedExchange exchange = described.start()) {
            ScenarioView view = new ScenarioView(described, exchange);
            if (parent.options.json) {
                out.println(Json.line(view.tree()));
            } else {
                view.print(out);
            }
            return await(out, stopped);
        }
    }

    private int await(PrintWriter out, CountDownLatch stopped) throws InterruptedException {
        out.flush();
        boolean isOver = stopped.await(seconds == 0 ? Long.MAX_VALUE : seconds, TimeUnit.SECONDS);
        return isOver || seconds > 0 ? ExitCodes.OK : ExitCodes.FAULT;
    }
}
