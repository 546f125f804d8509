package io.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own that measures and prints {@code sample NAME NANOSECONDS} on standard output, one line for each figure; for what is no loop over a
 * method: two threads, a queue's waiting time, a start.
 *
 * @param main class of the program.
 * @param name its first argument.
 */
record ProcessVariant(Class<?> main, String name) implements BenchVariant {
    private static final String MARK = "sample ";

    @Override
    public List<BenchFigure.Sample> measure(BenchSettings settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(settings.forkOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), name));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<BenchFigure.Sample> samples = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(MARK)) {
                    int space = line.lastIndexOf(' ');
                    double ns = Double.parseDouble(line.substring(space + 1));
                    samples.add(new BenchFigure.Sample(line.substring(MARK.length(), space), ns, 0));
                }
            }
        }
        int exit = process.waitFor();
        if (exit != 0 || samples.isEmpty()) {
            throw new IOException(main.getSimpleName() + " " + name + " ended with exit code " + exit + " and "
                    + samples.size() + " figures, see its messages above");
        }
        return samples;
    }
}
