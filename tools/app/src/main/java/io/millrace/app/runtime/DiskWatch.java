package io.millrace.app.runtime;

import io.millrace.codecs.event.DiskLevel;
import io.millrace.codecs.port.Inlet;
import io.millrace.journal.Journal;

/**
 * Tells the engine when the journal's disk gets short, by an event each time the level changes: the engine knows the disk,
 * as everything else, only through events.
 *
 * <p><b>Thread:</b> {@link #look} on one; the answers may be read by any.
 */
final class DiskWatch {
    private final Journal journal;
    private final Inlet control;
    private final SystemEvents events;
    private DiskLevel told = DiskLevel.AMPLE;
    private volatile boolean isCritical;
    private volatile RuntimeException fault;

    DiskWatch(Journal journal, Inlet control, SystemEvents events) {
        this.journal = journal;
        this.control = control;
        this.events = events;
    }

    /** Looks at the disk; an event that finds the ring full is offered again next time. */
    void look() {
        fault = journal.preparationFault();
        DiskLevel level = journal.diskLevel();
        if (level != told) {
            int length = events.diskStatus(journal.freeBytes(), level);
            if (control.offer(events.buffer(), 0, length) > 0) {
                told = level;
            }
        }
        isCritical = level == DiskLevel.CRITICAL;
    }

    boolean isCritical() {
        return isCritical;
    }

    /** Returns why no disk space could be prepared, null if it could. */
    RuntimeException fault() {
        return fault;
    }
}
