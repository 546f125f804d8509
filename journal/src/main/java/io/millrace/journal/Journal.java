package io.millrace.journal;

import io.millrace.codecs.event.DiskLevel;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.journal.segment.DiskSpace;
import io.millrace.journal.segment.JournalException;
import io.millrace.journal.segment.QueueSettings;
import io.millrace.journal.segment.QueueTail;
import io.millrace.journal.segment.RecordWriter;
import io.millrace.journal.segment.RollCycleNames;
import io.millrace.journal.segment.TailRepair;
import io.millrace.journal.segment.TornTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * A journal that is open for appending: the queues {@code inputs} (every event) and {@code outputs} (every command, verdict,
 * digest and checkpoint) in one directory, locked for this process.
 *
 * <p><b>Threads:</b> {@link #inputAppender()} belongs to the agent that journals, {@link #outputAppender()} to egress; they
 * may be different threads. {@link #close()} after both have stopped.
 */
public final class Journal implements AutoCloseable {
    /** Name of the directory of the queue of inputs. */
    public static final String INPUTS = "inputs";
    /** Name of the directory of the queue of outputs. */
    public static final String OUTPUTS = "outputs";

    /** Each look costs the thread that shares the core a moment; half of what is prepared ahead is left for the time between two. */
    private static final int PREPARE_INTERVAL_MS = 5;

    private final Path directory;
    private final ProcessLock lock;
    private final JournalDescriptor descriptor;
    private final List<TornTail> repairs;
    private final QueueAppender inputs;
    private final QueueAppender outputs;
    private final boolean isNew;
    private final DiskSpace space;
    private final Thread preparer;
    private volatile boolean isClosing;
    private volatile RuntimeException preparationFault;

    private Journal(Path directory, JournalSettings settings, ProcessLock lock, LongSupplier clockMs) {
        this.directory = directory;
        this.lock = lock;
        this.isNew = !Files.exists(directory.resolve(JournalDescriptor.FILE_NAME));
        this.descriptor = isNew ? JournalDescriptor.create(settings) : describe(settings);
        descriptor.write(directory);
        QueueTail inputTail = TailRepair.repair(directory.resolve(INPUTS));
        QueueTail outputTail = TailRepair.repair(directory.resolve(OUTPUTS));
        OutputOrder.require(directory, inputTail.lastSequence(), outputTail.lastSequence());
        this.repairs = new ArrayList<>();
        addRepair(inputTail);
        addRepair(outputTail);
        this.space = new DiskSpace(
                directory,
                new DiskSpace.Limits(
                        settings.prepareAheadBytes(),
                        settings.lowWatermarkBytes(),
                        settings.criticalWatermarkBytes(),
                        settings.reserveBytes()));
        QueueAppender openedInputs = null;
        QueueAppender openedOutputs = null;
        try {
            openedInputs = openQueue(INPUTS, settings, inputTail, clockMs);
            openedOutputs = openQueue(OUTPUTS, settings, outputTail, clockMs);
        } finally {
            if (openedOutputs == null) {
                if (openedInputs != null) {
                    openedInputs.writer().close();
                }
                space.trim();
            }
        }
        this.inputs = openedInputs;
        this.outputs = openedOutputs;
        space.watch();
        this.preparer = new Thread(this::prepare, "journal-prepare");
        preparer.setDaemon(true);
        preparer.start();
    }

    private QueueAppender openQueue(String name, JournalSettings settings, QueueTail tail, LongSupplier clockMs) {
        Path queue = directory.resolve(name);
        QueueSettings queueSettings =
                new QueueSettings(RollCycleNames.of(descriptor.rollCycle()), settings.blockSizeBytes());
        RecordWriter writer = new RecordWriter(queue, queueSettings, tail, space.add(queue), clockMs);
        return new QueueAppender(writer, name.equals(INPUTS), settings.sync(), tail.lastSequence());
    }

    private void prepare() {
        IdleStrategy idle = new SleepingMillisIdleStrategy(PREPARE_INTERVAL_MS);
        try {
            while (!isClosing) {
                idle.idle(space.doWork());
            }
        } catch (RuntimeException e) {
            // Writers still allocate for themselves; it is only slower.
            preparationFault = e;
        }
    }

    private JournalDescriptor describe(JournalSettings settings) {
        JournalDescriptor found = JournalDescriptor.read(directory);
        if (!found.rollCycle().equals(settings.rollCycle())) {
            throw new JournalException("journal directory=" + directory + " was made with rollCycle="
                    + found.rollCycle() + ", the settings say " + settings.rollCycle()
                    + ": keep the former or use another directory");
        }
        return found.withSchemaVersion(MessageHeaderDecoder.SCHEMA_VERSION);
    }

    private void addRepair(QueueTail tail) {
        if (tail.repaired() != null) {
            repairs.add(tail.repaired());
        }
    }

    /**
     * Opens a journal, making it if the directory has none: takes the lock, checks versions, finds the ends of both queues
     * and clears what a crash left behind them.
     *
     * @param directory of the journal.
     * @param settings how to write.
     * @return the open journal.
     * @throws JournalException if another process holds it, a newer build wrote it, records are damaged, or outputs are
     *     ahead of inputs.
     */
    public static Journal open(Path directory, JournalSettings settings) {
        return open(directory, settings, System::currentTimeMillis);
    }

    /**
     * Opens a journal whose segments are named by another clock.
     *
     * @param directory of the journal.
     * @param settings how to write.
     * @param clockMs epoch milliseconds; asked once per batch.
     * @return the open journal.
     */
    public static Journal open(Path directory, JournalSettings settings, LongSupplier clockMs) {
        try {
            Files.createDirectories(directory.resolve(INPUTS));
            Files.createDirectories(directory.resolve(OUTPUTS));
        } catch (IOException e) {
            throw new JournalException(
                    "cannot make journal directory=" + directory + ": check that it is writable and not full", e);
        }
        ProcessLock lock = ProcessLock.acquire(
                directory,
                "journal",
                "journal directory=" + directory,
                "stop that process, or use another directory; one process per journal");
        boolean isOpen = false;
        try {
            Journal journal = new Journal(directory, settings, lock, clockMs);
            isOpen = true;
            return journal;
        } finally {
            if (!isOpen) {
                lock.close();
            }
        }
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /** Returns what {@code journal.properties} says. */
    public JournalDescriptor descriptor() {
        return descriptor;
    }

    /** Returns whether this opening made the journal. */
    public boolean isNew() {
        return isNew;
    }

    /** Returns whether the last process that had it open did not close it. */
    public boolean isAfterCrash() {
        return lock.isAfterCrash();
    }

    /** Returns what a crash had left behind the last records and was cleared on opening; empty after an orderly end. */
    public List<TornTail> repairs() {
        return List.copyOf(repairs);
    }

    /** Returns the sequence of the last input, -1 if there is none. Thread: the inputs' appender's, or when it stands. */
    public long lastInputSequence() {
        return inputs.lastSequence();
    }

    /** Returns the index of the last output, -1 if there is none. Thread: the outputs' appender's, or when it stands. */
    public long lastOutputIndex() {
        return outputs.writer().nextIndex() - 1;
    }

    /** Returns the sequence that caused the last output, -1 if there is none. Thread as {@link #lastOutputIndex()}. */
    public long lastOutputSequence() {
        return outputs.lastSequence();
    }

    /**
     * Returns what appends events: message by message, synced by policy when the batch ends. Sequences must go on without a
     * hole from {@link #lastInputSequence()}.
     */
    public OutletHandler inputAppender() {
        return inputs;
    }

    /** Returns what appends outputs, each with the sequence that caused it; sequences never go back. */
    public OutletHandler outputAppender() {
        return outputs;
    }

    /** Returns how much room the file system has for the journal; any thread. */
    public DiskLevel diskLevel() {
        return DiskLevel.get((short) space.level());
    }

    /** Returns the free bytes of the file system when last looked at, at most 20 ms ago; any thread. */
    public long freeBytes() {
        return space.freeBytes();
    }

    /** Returns the bytes of the reserve that are left; any thread. */
    public long reserveLeftBytes() {
        return space.reserveLeftBytes();
    }

    /** Returns whether the beginnings of the next segments of both queues are allocated; any thread. */
    public boolean isNextSegmentReady() {
        return space.isNextSegmentReady();
    }

    /** Returns why the preparation of segments ended early, null as long as it runs: appending is slower then. */
    public RuntimeException preparationFault() {
        return preparationFault;
    }

    QueueAppender inputQueue() {
        return inputs;
    }

    /** Syncs both queues, closes them and gives up the lock. Both appenders must have stopped. */
    @Override
    public void close() {
        if (isClosing) {
            return;
        }
        stopPreparing();
        try {
            inputs.writer().sync();
            outputs.writer().sync();
        } finally {
            space.release();
            inputs.writer().close();
            outputs.writer().close();
            space.trim();
            lock.close();
        }
    }

    private void stopPreparing() {
        isClosing = true;
        boolean isInterrupted = false;
        while (preparer.isAlive()) {
            try {
                preparer.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
