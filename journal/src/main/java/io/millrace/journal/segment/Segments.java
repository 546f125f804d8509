package io.millrace.journal.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The segment files of one queue. Their names are times, so order by name is order by time. */
public final class Segments {
    /** Suffix of a segment file. */
    public static final String SUFFIX = ".cq4";

    private Segments() {}

    /**
     * Lists the segments.
     *
     * @param queue directory of the queue.
     * @return its segment files, oldest first; empty if the directory does not exist.
     */
    public static List<Path> list(Path queue) {
        if (!Files.isDirectory(queue)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(queue)) {
            List<Path> segments = new ArrayList<>();
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .forEach(segments::add);
            return segments;
        } catch (IOException e) {
            throw new JournalException("cannot list directory=" + queue + ": check that it is readable", e);
        }
    }
}
