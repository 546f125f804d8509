package io.millrace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in front of the JVM: what it says when something is missing. It never gets as far as building here. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../millrace").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private record Run(int exitCode, String err) {}

    @Test
    void shouldSayThatJavaHomeIsWrong() throws Exception {
        Run run = run(Map.of("JAVA_HOME", "/no/such/jdk"));

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("JAVA_HOME=/no/such/jdk has no bin/java"), run.err());
    }

    @Test
    void shouldSayThatTheJdkIsTooOld() throws Exception {
        Run run = run(Map.of("JAVA_HOME", jdk("11.0.2", true).toString()));

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("is version 11.0.2: install a JDK 17 or later"), run.err());
    }

    @Test
    void shouldSayThatThereIsNoJava() throws Exception {
        Run run = run(Map.of("JAVA_HOME", "", "PATH", toolsWithout().toString()));

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("no java found: install a JDK 17"), run.err());
    }

    @Test
    void shouldSayThatAJreCannotBuild() throws Exception {
        Run run = runUnbuilt(Map.of("JAVA_HOME", jdk("17.0.1", false).toString()));

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("is a JRE, building needs a JDK"), run.err());
    }

    @Test
    void shouldSayThatMavenIsMissing() throws Exception {
        Run run = runUnbuilt(Map.of(
                "JAVA_HOME",
                jdk("25.0.1", true).toString(),
                "PATH",
                toolsWithout().toString()));

        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("no mvn found: install Maven 3.8"), run.err());
    }

    /** Runs a copy in a tree where nothing is built, through a symbolic link and from another directory. */
    private Run runUnbuilt(Map<String, String> environment) throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tree/tools"));
        Files.createDirectories(tools.resolve("app/src/main/launcher"));
        Files.copy(LAUNCHER, tools.resolve("millrace"), StandardCopyOption.COPY_ATTRIBUTES);
        Path link = Files.createSymbolicLink(directory.resolve("mr"), Path.of("tree/tools/millrace"));
        return run(link, environment);
    }

    private Run run(Map<String, String> environment) throws Exception {
        return run(LAUNCHER, environment);
    }

    private Run run(Path launcher, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", launcher.toString(), "--version");
        builder.directory(directory.toFile());
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), err);
    }

    private Path jdk(String version, boolean hasCompiler) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
        script(bin.resolve("java"), "");
        if (hasCompiler) {
            script(bin.resolve("javac"), "");
        }
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        return directory.resolve("jdk");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Returns a directory for the PATH with what the launcher uses and neither java nor Maven. */
    private Path toolsWithout() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : List.of("dirname", "readlink", "sed", "head", "find", "mkdir", "flock")) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path original = Path.of(place, tool);
                if (Files.exists(original)) {
                    script(bin.resolve(tool), "exec " + original + " \"$@\"");
                }
            }
        }
        return bin;
    }
}
