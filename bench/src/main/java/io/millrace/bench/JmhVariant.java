package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A method of a JMH benchmark; a sample for each combination of its parameters, the median over the fork's iterations.
 *
 * @param benchmark class; in single-shot mode its own annotations say how often.
 * @param name of the method.
 * @param messages that one invocation takes.
 */
record JmhVariant(Class<?> benchmark, String name, int messages) implements BenchVariant {
    private static final int MEDIAN = 50;

    @Override
    public List<BenchFigure.Sample> measure(BenchSettings settings) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\." + name + "$")
                .forks(1)
                .jvmArgsAppend(settings.forkOptions().toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        BenchmarkMode mode = benchmark.getAnnotation(BenchmarkMode.class);
        if (mode.value()[0] != Mode.SingleShotTime) {
            options.warmupIterations(settings.warmup())
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(settings.iterations())
                    .measurementTime(TimeValue.seconds(1));
        }
        List<BenchFigure.Sample> samples = new ArrayList<>();
        for (RunResult result : new Runner(options.build()).run()) {
            samples.add(sample(result));
        }
        return samples;
    }

    private BenchFigure.Sample sample(RunResult result) {
        StringBuilder label = new StringBuilder(name);
        for (String parameter : result.getParams().getParamsKeys()) {
            label.append(' ').append(result.getParams().getParam(parameter));
        }
        double bytes = 0;
        for (String key : result.getSecondaryResults().keySet()) {
            if (key.endsWith("gc.alloc.rate.norm")) {
                bytes = result.getSecondaryResults().get(key).getScore();
            }
        }
        double ns = result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
        return new BenchFigure.Sample(label.toString(), ns / messages, bytes / messages);
    }
}
