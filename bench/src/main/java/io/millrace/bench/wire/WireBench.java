package io.millrace.bench.wire;

import io.millrace.bench.goal.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the wire-to-wire measurement: the echo, and the engine without and with journals, in turn. */
@Command(
        name = "wire",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures from a frame on the wire to the order that answers it, beside a bare echo.",
        footer = {
            "",
            "Example: tools/millrace bench wire --capture captures/usdm-btcusdt-20240808.jsonl.gz --rounds 5",
            "Exit codes: 0 all gates hold, 1 a gate does not hold, 2 usage."
        })
public final class WireBench implements Callable<Integer> {
    private static final int CALM_SECONDS = 3;

    @Mixin
    private Options options = new Options();

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "write the histogram of each fork, in HdrHistogram's log format")
    private Path hlog;

    @Spec
    private CommandSpec spec;

    /** What can be chosen; the defaults are what the goals are held against. */
    public static final class Options {
        @Option(names = "--capture", paramLabel = "FILE", description = "recorded frames; without it they are made up")
        private Path capture;

        @Option(names = "--rounds", description = "forks of each way, in turn")
        private int rounds = 3;

        @Option(names = "--rate", description = "frames a second, 0 as they were recorded")
        private int rate = WireSettings.STANDARD_RATE;

        @Option(names = "--frames", description = "frames that are measured in a fork")
        private int frames = 100_000;

        @Option(names = "--warmup", description = "frames before them, and more until nothing is compiled any more")
        private int warmUp = 300_000;

        @Option(names = "--warmup-rate", description = "frames a second of the warm-up")
        private int warmUpRate = WireSettings.STANDARD_RATE;

        @Option(names = "--every", description = "each so many-th ticker is answered")
        private int every = 10;

        @Option(names = "--topology", description = "single, fused or pipelined")
        private String topology = "single";

        @Option(names = "--idle", description = "spin, yield or backoff")
        private String idle = "spin";

        @Option(names = "--tls", description = "TLS on the hot sockets")
        private boolean isSecure;

        @Option(
                names = "--ways",
                split = ",",
                description =
                        "of echo, relay, off, on: the echo, an echo on two connections, the engine without and with"
                                + " journals")
        private List<String> ways = List.of("echo", "off", "on");

        @Option(
                names = "--jdk",
                paramLabel = "HOME",
                description = "JDK of the measured processes; by default this one's")
        private Path jdk;

        @Option(
                names = "--jvm",
                paramLabel = "OPTION",
                description = "further option of their JVMs, a garbage collector for example; may be repeated")
        private List<String> jvmOptions = List.of();

        private WireSuite measure(PrintWriter progress) throws IOException, InterruptedException {
            WireTape tape = capture == null ? WireTape.synthetic(warmUp, 1) : WireTape.load(capture);
            WireSuite suite = new WireSuite(ways.stream().map(this::settings).toList(), tape, progress);
            suite.run(rounds);
            return suite;
        }

        private WireSettings settings(String way) {
            if (!List.of("echo", "relay", "off", "on").contains(way)) {
                throw new IllegalArgumentException("--ways has '" + way + "', use some of echo, relay, off, on");
            }
            WireSettings.Subject subject = switch (way) {
                case "echo" -> WireSettings.Subject.ECHO;
                case "relay" -> WireSettings.Subject.RELAY;
                default -> WireSettings.Subject.ENGINE;
            };
            List<String> jvm =
                    new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
            jvm.removeIf(option -> option.startsWith("-agentlib") || option.startsWith("-javaagent"));
            jvm.addAll(jvmOptions);
            String java = jdk == null
                    ? SubjectProcess.ownJava()
                    : jdk.resolve("bin").resolve("java").toString();
            return new WireSettings(
                    subject,
                    topology,
                    idle,
                    way.equals("on"),
                    isSecure,
                    new WireSettings.Pace(rate, warmUp, warmUpRate, CALM_SECONDS, frames),
                    every,
                    WireSettings.Cores.auto(),
                    new WireSettings.Jvm(java, jvm));
        }
    }

    /**
     * Measures as the options say.
     *
     * @param progress told of each fork.
     * @param log of the histograms, null for none.
     */
    public WireSuite measure(PrintWriter progress, Path log) throws IOException, InterruptedException {
        WireSuite suite = options.measure(progress);
        if (log != null) {
            suite.writeLog(log);
        }
        return suite;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine line = spec.commandLine();
        WireSuite suite;
        try {
            suite = measure(line.getErr(), hlog);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(line, e.getMessage(), e);
        }
        suite.print(line.getOut());
        return suite.goals().stream().noneMatch(goal -> goal.verdict() == Verdict.MISSED) ? 0 : 1;
    }
}
