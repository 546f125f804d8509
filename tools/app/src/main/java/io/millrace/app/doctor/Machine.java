package io.millrace.app.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the checks may read.
 *
 * @param root below which {@code proc} and {@code sys} stand.
 * @param jdkFeature feature version of the running JDK.
 * @param jdkName vendor and version, for the reader.
 * @param jvmArguments the JVM was started with.
 */
public record Machine(Path root, int jdkFeature, String jdkName, List<String> jvmArguments) {
    /** Returns this machine. */
    public static Machine local() {
        return new Machine(
                Path.of("/"),
                Runtime.version().feature(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /** Returns the text of a file below the root, stripped, or nothing if it cannot be read. */
    Optional<String> text(String path) {
        try {
            return Optional.of(
                    Files.readString(root.resolve(path), StandardCharsets.UTF_8).strip());
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    /** Returns the sorted names in a directory below the root, none if it cannot be read. */
    List<String> names(String directory) {
        try (Stream<Path> files = Files.list(root.resolve(directory))) {
            return List.copyOf(new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList()));
        } catch (IOException | SecurityException e) {
            return List.of();
        }
    }

    /** Returns whether a process of that name runs. */
    boolean isRunning(String command) {
        return names("proc").stream()
                .filter(name -> !name.isEmpty() && Character.isDigit(name.charAt(0)))
                .anyMatch(name ->
                        text("proc/" + name + "/comm").filter(command::equals).isPresent());
    }

    /** Returns the usable bytes of the file system that a path (or the nearest parent that exists) is on. */
    Optional<Long> usableBytes(Path path) {
        Path existing = path.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            FileStore store = Files.getFileStore(existing);
            return Optional.of(store.getUsableSpace());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
