package io.millrace.app.demo;

import io.millrace.app.config.Config;
import java.nio.file.Path;

/**
 * What a demonstration is to do.
 *
 * @param config of the engine; the venue's addresses are put in by the demonstration.
 * @param seconds to run; with a capture at most, 0 for until it ends.
 * @param capture to play instead of the synthetic market, null for none.
 * @param speed of the capture: 1 as recorded, 0 as fast as the engine reads.
 * @param journal directory of the journal, null for a fresh temporary one that is removed at the end.
 * @param isReplayed whether the journal is replayed in a JVM of its own at the end.
 */
public record DemoSettings(Config config, int seconds, Path capture, double speed, Path journal, boolean isReplayed) {}
