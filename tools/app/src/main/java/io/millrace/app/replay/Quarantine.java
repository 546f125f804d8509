package io.millrace.app.replay;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.JournalConfiguration;
import io.millrace.app.runtime.LiveRun;
import io.millrace.app.runtime.Taps;
import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.event.FaultVerdictDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Adds an operator's decision to leave an event out to a journal, in a short run of its own without a venue. */
public final class Quarantine {
    private final Config config;
    private final String build;
    private final Progress progress;

    /**
     * Makes it.
     *
     * @param config threads and disk; what outputs depend on comes from the journal.
     * @param build that runs, for the journal.
     * @param progress told how far the recovery is.
     */
    public Quarantine(Config config, String build, Progress progress) {
        this.config = config;
        this.build = build;
        this.progress = progress;
    }

    /**
     * What was decided.
     *
     * @param stages that will not see the event.
     * @param halted why no entries are allowed now, "none" if they are.
     */
    public record Result(List<String> stages, String halted) {}

    /**
     * Adds the decision.
     *
     * @param directory of the journal.
     * @param sequence the event.
     * @param stage name of the stage, null for every stage that threw at the event.
     * @param reason for the record.
     * @throws CommandFailure if no such stage threw there: to leave out an event that was applied would change what every
     *     later output was made from.
     */
    public Result apply(Path directory, long sequence, String stage, String reason) {
        Set<Integer> stages = new TreeSet<>(faultedStages(directory, sequence));
        if (stage != null) {
            stages.removeIf(id -> !StageIds.name(id).equals(stage));
        }
        if (stages.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    (stage == null ? "no stage" : "stage " + stage) + " threw at sequence " + sequence + " of "
                            + directory + ": see the FaultVerdict lines of 'millrace replay " + directory
                            + " --print'");
        }
        Config recorded = JournalConfiguration.read(directory);
        Config continued = new Config(
                recorded.engine(),
                config.journal(),
                config.venue(),
                config.exchange(),
                recorded.trading(),
                config.telemetry());
        // Recovery must not show the event to the stage again: a build in which the fault is mended would not throw.
        QuarantineSet decided = QuarantineSet.NONE;
        for (int id : stages) {
            decided = decided.with(sequence, id);
        }
        LiveRun.Options options =
                new LiveRun.Options(UnaryOperator.identity(), (failed, at, error) -> {}, progress, decided, Taps.NONE);
        List<String> names = new ArrayList<>();
        try (LiveRun run = LiveRun.open(continued, directory, build, options)) {
            run.start(List.of(), (buffer, offset, length) -> Inlet.ACCEPTED);
            for (int id : stages) {
                run.quarantine(sequence, id, reason);
                names.add(StageIds.name(id));
            }
            run.stop(StopReason.OPERATOR);
            return new Result(names, HaltReasons.toText(run.haltReasons()));
        }
    }

    private static Set<Integer> faultedStages(Path directory, long sequence) {
        Set<Integer> stages = new TreeSet<>();
        FaultVerdictDecoder verdict = new FaultVerdictDecoder();
        MessageHeaderDecoder frame = new MessageHeaderDecoder();
        try (JournalReader outputs = JournalReader.outputs(directory).range(sequence, sequence)) {
            while (outputs.poll(
                            (cause, buffer, offset, length) -> {
                                if (EventHeader.templateId(buffer, offset) == FaultVerdictDecoder.TEMPLATE_ID) {
                                    verdict.wrapAndApplyHeader(buffer, offset, frame);
                                    stages.add((int) verdict.stage());
                                }
                            },
                            1)
                    > 0) {
                // Until the end of the event's outputs.
            }
        }
        return stages;
    }
}
