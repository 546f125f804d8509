package io.millrace.bench.startup;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.demo.DemoExchange;
import io.millrace.exchange.SimulatedExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a process that follows the book of one contract of the simulated exchange in this process, and takes the time until it says that the book is
 * synced. The product runs with the options that its launcher gives it and writes its journal; the peer with a JVM's own options.
 */
public final class StartupBench {
    /** The product, engine and journal included. */
    public static final String OURS = "startup engine";
    /** XChange. */
    public static final String PEER = "startup xchange";
    /** Both, in the order of a round. */
    public static final List<String> VARIANTS = List.of(OURS, PEER);

    /** What the started process prints when the first book is synced. */
    static final String SYNCED = "synced";

    private StartupBench() {}

    /**
     * Measures one variant and prints the sample.
     *
     * @param args the variant.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        var market = ConfigLoader.parse("exchange:\n  symbols: 1\n", "bench").exchange();
        try (SimulatedExchange exchange = SimulatedExchange.start(DemoExchange.settings(market))) {
            System.out.println("sample " + args[0] + " " + measureNs(args[0], exchange));
        }
    }

    private static long measureNs(String variant, SimulatedExchange exchange) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Class<?> main = XChangeStart.class;
        if (variant.equals(OURS)) {
            main = EngineStart.class;
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-Xms512m", "-Xmx512m"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(
                exchange.restUri().toString(),
                exchange.publicUri().toString(),
                exchange.marketUri().toString()));
        long startNs = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(SYNCED)) {
                    return System.nanoTime() - startNs;
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        throw new IOException(variant + " ended without a book, see its messages above");
    }
}
