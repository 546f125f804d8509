package io.millrace.bench.startup;

import io.millrace.app.config.ConfigLoader;
import io.millrace.app.demo.DemoExchange;
import io.millrace.exchange.SimulatedExchange;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a process that follows the book of one contract of the simulated exchange in this process, and takes the time until it says that the book is
 * synced. The product runs with the options that its launcher gives it, an archive of its classes from a run before among them, and
 * writes its journal; the peer with a JVM's own options.
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
        if (!variant.equals(OURS)) {
            return start(List.of(), XChangeStart.class, exchange);
        }
        List<String> options =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        options.addAll(List.of("-Xms512m", "-Xmx512m"));
        Path directory = Files.createTempDirectory("millrace-archive");
        Path archive = directory.resolve("classes.jsa");
        try {
            start(with(options, "-XX:ArchiveClassesAtExit=" + archive), EngineStart.class, exchange);
            return start(with(options, "-XX:SharedArchiveFile=" + archive), EngineStart.class, exchange);
        } finally {
            Files.deleteIfExists(archive);
            Files.delete(directory);
        }
    }

    private static List<String> with(List<String> options, String another) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(another, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        return all;
    }

    /** Returns the time until the process said that it is synced, when it has ended by itself. */
    private static long start(List<String> options, Class<?> main, SimulatedExchange exchange)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(
                exchange.restUri().toString(),
                exchange.publicUri().toString(),
                exchange.marketUri().toString()));
        long startNs = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long syncedNs = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(SYNCED)) {
                    syncedNs = System.nanoTime();
                }
            }
            process.waitFor();
        } finally {
            process.destroy();
        }
        if (syncedNs == 0) {
            throw new IOException(main.getSimpleName() + " ended without a book, see its messages above");
        }
        return syncedNs - startNs;
    }
}
