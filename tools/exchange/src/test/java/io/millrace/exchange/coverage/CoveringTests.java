package io.millrace.exchange.coverage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds what the compiled test classes carry {@link Covers} for. */
final class CoveringTests {
    private static final String CLASS_FILE = ".class";
    private static final String BASE_PACKAGE = "io.millrace.exchange.";

    private final SortedMap<String, SortedSet<String>> testsByItem = new TreeMap<>();
    private final SortedSet<String> notTests = new TreeSet<>();

    private CoveringTests() {}

    /** Reads all classes of the directory that {@link Covers} was loaded from. */
    static CoveringTests ofThisModule() throws IOException, ClassNotFoundException, URISyntaxException {
        Path root = Path.of(
                Covers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(CLASS_FILE))
                    .map(name -> name.substring(0, name.length() - CLASS_FILE.length())
                            .replace('/', '.'))
                    .toList();
        }
        CoveringTests tests = new CoveringTests();
        for (String name : names) {
            // Not initialized: nothing of a test may run here.
            tests.add(Class.forName(name, false, Covers.class.getClassLoader()));
        }
        return tests;
    }

    /** Returns items as annotations name them, each with its tests, {@code Class} or {@code Class#method}. */
    SortedMap<String, SortedSet<String>> testsByItem() {
        return testsByItem;
    }

    /** Returns what carries the annotation without being a test, so that nothing would run. */
    SortedSet<String> notTests() {
        return notTests;
    }

    private void add(Class<?> type) {
        String typeName = nameOf(type);
        boolean hasTest = false;
        for (Method method : type.getDeclaredMethods()) {
            boolean isTest = AnnotationSupport.isAnnotated(method, Testable.class);
            hasTest |= isTest;
            add(method.getAnnotation(Covers.class), typeName + '#' + method.getName(), isTest);
        }
        add(type.getAnnotation(Covers.class), typeName, hasTest);
    }

    private void add(Covers covers, String name, boolean isTest) {
        if (covers == null) {
            return;
        }
        if (!isTest) {
            notTests.add(name);
            return;
        }
        for (String item : covers.value()) {
            testsByItem.computeIfAbsent(item, key -> new TreeSet<>()).add(name);
        }
    }

    private static String nameOf(Class<?> type) {
        String name = type.getName().replace('$', '.');
        return name.startsWith(BASE_PACKAGE) ? name.substring(BASE_PACKAGE.length()) : name;
    }
}
