package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no indicator is forgotten: what is compiled is in the catalogue, which all properties go through, and in the docs. */
class CatalogueTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void shouldHoldEveryIndicatorThatThereIs() throws IOException, URISyntaxException {
        Set<String> listed = Catalogue.all().stream()
                .map(entry -> entry.make().get().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(compiled(), listed);
        assertTrue(listed.size() > 40, listed.toString());
    }

    @Test
    void shouldNameEveryIndicatorInTheDocs() throws IOException, URISyntaxException {
        String pages = Files.readString(DOCS.resolve("indicators.md")) + Files.readString(DOCS.resolve("features.md"));
        for (String name : compiled()) {
            assertTrue(pages.contains("`" + name + "`"), "docs/indicators.md does not name " + name);
        }
    }

    /** The classes of the engine that are indicators and can be made. */
    private static Set<String> compiled() throws IOException, URISyntaxException {
        Path root = Path.of(Indicator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && name.startsWith("io"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .map(CatalogueTest::load)
                    .filter(type -> Indicator.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CatalogueTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " was compiled but cannot be loaded", e);
        }
    }
}
