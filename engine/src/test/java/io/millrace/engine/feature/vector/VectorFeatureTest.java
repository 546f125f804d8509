package io.millrace.engine.feature.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class VectorFeatureTest {
    private static final Path PAGE = Path.of("../docs/features.md");

    @Test
    void shouldBeThirtyEightOfDifferentNamesWhenListed() {
        Set<String> keys = new HashSet<>();
        VectorFeature.all().forEach(feature -> keys.add(feature.key()));
        assertEquals(FeatureVector.COUNT, keys.size());
    }

    @Test
    void shouldStandOnThePageWordForWordWhenDocumented() throws IOException {
        List<String> rows = new ArrayList<>();
        for (VectorFeature feature : VectorFeature.all()) {
            rows.add("| " + (feature.index() + 1) + " | `" + feature.key() + "` | " + feature.unit() + " | "
                    + feature.range() + " | " + feature.formula() + " | " + feature.missing() + " |");
        }
        List<String> page = Files.readAllLines(PAGE);
        int first = page.indexOf(rows.get(0));
        assertTrue(first > 0, "docs/features.md has no row " + rows.get(0));
        assertEquals(rows, page.subList(first, first + rows.size()), "docs/features.md is stale");
        String hash = String.format("`0x%016x`", VectorFeature.schemaHash());
        assertTrue(String.join("\n", page).contains(hash), "docs/features.md does not name the schema hash " + hash);
    }

    @Test
    void shouldBeMissingWhenNothingIsKnown() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[FeatureVector.LENGTH]);
        // Thursday 1970-01-01 06:00 UTC.
        new VectorWriter().write(6 * 3_600_000_000_000L, 7, null, null, buffer, 0);
        FeatureVector vector = new FeatureVector().wrap(buffer, 0);
        assertEquals(VectorFeature.schemaHash(), vector.schemaHash());
        assertEquals(7, vector.instrumentId());
        assertEquals(1, vector.get(VectorFeature.TIME_OF_DAY_SIN), 1e-6);
        assertEquals(0, vector.get(VectorFeature.TIME_OF_DAY_COS), 1e-6);
        assertEquals(Math.sin(2 * Math.PI * 3.25 / 7), vector.get(VectorFeature.TIME_OF_WEEK_SIN), 1e-6);
        assertEquals(Math.cos(2 * Math.PI * 3.25 / 7), vector.get(VectorFeature.TIME_OF_WEEK_COS), 1e-6);
        for (int i = 4; i < FeatureVector.COUNT; i++) {
            assertTrue(Float.isNaN(vector.get(i)), "feature " + i);
        }
    }
}
