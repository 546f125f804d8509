package io.millrace.app.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a command line in a JVM of its own, started with this JVM's options and class path. */
final class ChildJvm {
    private ChildJvm() {}

    /**
     * What came of it.
     *
     * @param exitCode of the process.
     * @param out what it printed on standard output.
     */
    record Result(int exitCode, String out) {}

    /**
     * Runs and waits. Standard error goes to this process's.
     *
     * @param arguments of the command line.
     */
    static Result run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // An agent of the parent's (a debugger, a test runner) belongs to the parent.
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
                command.add(option);
            }
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.millrace.app.Main");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }
}
