package io.millrace.bench;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** One way of doing something; measured in forks, in turn with the others. */
interface BenchVariant {
    /** Returns the name that the figure has; where one fork makes several figures, what they begin with. */
    String name();

    /**
     * Runs one fork.
     *
     * @return what it measured.
     */
    List<BenchFigure.Sample> measure(BenchSettings settings) throws RunnerException, IOException, InterruptedException;
}
