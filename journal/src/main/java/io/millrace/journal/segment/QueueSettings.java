package io.millrace.journal.segment;

import net.openhft.chronicle.queue.RollCycle;

/**
 * What a writer needs to know of a queue.
 *
 * @param rollCycle how much time goes into a segment.
 * @param blockSizeBytes bytes mapped at a time.
 */
public record QueueSettings(RollCycle rollCycle, int blockSizeBytes) {}
