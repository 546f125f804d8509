package io.millrace.bench.footprint;

import io.millrace.bench.goal.GoalFigure;
import io.millrace.bench.goal.GoalResult;
import io.millrace.bench.goal.Goals;
import io.millrace.bench.goal.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures goal 17: loads the whole market in a JVM of its own and says how much memory that takes. */
@Command(
        name = "footprint",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures the memory of an engine with 648 instruments, in a JVM of its own.",
        footer = {"", "Exit codes: 0 the gate holds, 1 it does not, 2 usage."})
public final class FootprintBench implements Callable<Integer> {
    @Option(names = "--heap", paramLabel = "MIB", description = "largest heap of that JVM in MiB")
    private int heapMib = 352;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Memory memory = measure(heapMib);
        GoalResult result = memory.toGoalResult();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%d MiB resident, %d MiB of heap in use after a collection, %,d events, -Xmx%dm%n%n%s%n%s%n",
                memory.residentMib(),
                memory.heapMib(),
                memory.events(),
                heapMib,
                GoalResult.tableHead(),
                result.tableLine());
        out.flush();
        return result.verdict() == Verdict.MISSED ? 1 : 0;
    }

    /**
     * What the loaded engine takes.
     *
     * @param residentMib memory of the process, in MiB.
     * @param heapMib of it heap in use, in MiB.
     * @param events that loaded it.
     */
    public record Memory(long residentMib, long heapMib, long events) {
        /** Returns how that stands to goal 17. */
        public GoalResult toGoalResult() {
            return GoalResult.ofValue(Goals.row(17), new GoalFigure("resident", residentMib, "MiB"));
        }
    }

    /**
     * Loads the market in a JVM of its own.
     *
     * @param heapMib largest heap of that JVM, in MiB.
     * @throws IOException if the JVM does not start, or says nothing that can be read.
     * @throws InterruptedException if the caller is interrupted while it waits.
     */
    public static Memory measure(int heapMib) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // Own options first: of two heap sizes the last one counts.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-XX:-AlwaysPreTouch", "-XX:+UseSerialGC", "-Xms64m", "-Xmn24m", "-Xmx" + heapMib + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Footprint.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        int exit = process.waitFor();
        String[] words = text.substring(text.lastIndexOf('\n') + 1).split(" ", -1);
        if (exit != 0 || words.length != 3) {
            throw new IOException("the JVM that was measured ended with " + exit + " and said '" + text
                    + "': give it more by --heap, or see its errors above");
        }
        return new Memory(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
