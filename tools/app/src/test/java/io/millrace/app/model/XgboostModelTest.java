package io.millrace.app.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.engine.model.Link;
import io.millrace.engine.model.TreeEnsemble;
import io.millrace.engine.model.TreeScorer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made up in the library's format; that the format is right is tested against the library itself, beside the benchmarks. */
class XgboostModelTest {
    private static final String MODEL = """
        {"learner": {
          "gradient_booster": {"name": "gbtree", "model": {"trees": [{
            "left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_indices": [1, 0, 0],
            "split_conditions": [5E-1, -1.25E0, 2E0], "default_left": [1, 0, 0], "split_type": [0, 0, 0]}]}},
          "learner_model_param": {"base_score": "2.5E-1", "num_class": "0", "num_feature": "2", "num_target": "1"},
          "objective": {"name": "reg:squarederror"}},
         "version": [3, 0, 4]}\
        """;

    private static TreeEnsemble read(String json) {
        return XgboostModel.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadTheSameModelFromBothFormats() throws IOException {
        for (TreeEnsemble ensemble : new TreeEnsemble[] {read(MODEL), XgboostModel.read(ubj(MODEL))}) {
            TreeScorer scorer = new TreeScorer(ensemble);
            assertEquals(Link.IDENTITY, ensemble.link());
            assertEquals(2, ensemble.features());
            assertEquals(-1, scorer.score(new float[] {0, 0.25f}));
            assertEquals(2.25f, scorer.score(new float[] {0, 0.5f}));
            assertEquals(-1, scorer.score(new float[] {0, Float.NaN}));
        }
    }

    @Test
    void shouldTakeTheBaseFromAListOfOne() {
        assertEquals(0.25f, read(MODEL.replace("\"2.5E-1\"", "\"[2.5E-1]\"")).baseMargin());
    }

    @Test
    void shouldTakeTheBaseThroughTheLink() {
        TreeEnsemble logistic = read(MODEL.replace("reg:squarederror", "binary:logistic"));
        assertEquals((float) -StrictMath.log(3), logistic.baseMargin());
        assertEquals(Link.LOGISTIC, logistic.link());
        assertEquals(
                (float) StrictMath.log(0.25),
                read(MODEL.replace("reg:squarederror", "count:poisson")).baseMargin());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"gbtree\" | \"gblinear\" | booster gblinear, supported is gbtree",
                "\"gbtree\" | \"dart\" | booster dart",
                "reg:squarederror | rank:ndcg | objective rank:ndcg",
                "\"num_class\": \"0\" | \"num_class\": \"3\" | 3 outputs",
                "\"num_feature\": \"2\" | \"num_feature\": \"1\" | feature 1, there are 0 to 0",
                "\"num_feature\": \"2\" | \"num_feature\": \"x\" | x as num_feature",
                "\"2.5E-1\" | \"[1,2]\" | base_score [1,2]",
                "\"2.5E-1\" | \"NaN\" | base margin NaN",
                "\"split_type\": [0, 0, 0] | \"split_type\": [1, 0, 0] | split type 1",
                "[1, -1, -1], \"right | [0, -1, -1], \"right | two ways",
                "[1, -1, -1], \"right | [1.5, -1, -1], \"right | 1.5 in left_children",
                "[1, -1, -1], \"right | 7, \"right | 7 as left_children",
                "[5E-1, | [\"a\", | \"a\" in split_conditions",
                "\"default_left\": [1 | \"default_left\": [null | null in default_left",
                "\"objective\" | \"subjective\" | no objective",
                "{\"learner\" | {\"pupil\" | no learner",
                "{\"learner\" | {\"learner\"\" | is no JSON",
            })
    void shouldRefuseWhatIsDamagedOrNotSupported(String what, String by, String words) {
        String damaged = MODEL.replace(what, by);
        assertTrue(!damaged.equals(MODEL), "nothing was replaced");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> read(damaged));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void shouldRefuseWhatIsNoModel() {
        assertThrows(IllegalArgumentException.class, () -> XgboostModel.read(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> read("binf"));
        assertThrows(IllegalArgumentException.class, () -> read("{}"));
        assertThrows(IllegalArgumentException.class, () -> read("{\"learner\": 1}"));
        assertThrows(IllegalArgumentException.class, () -> XgboostModel.read(new byte[XgboostModel.BYTES_MAX + 1]));
    }

    @Test
    void shouldRefuseOrReadWhateverIsInTheFile() throws IOException {
        long seed = new SplittableRandom().nextLong();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (byte[] whole : new byte[][] {ubj(MODEL), MODEL.getBytes(StandardCharsets.UTF_8)}) {
            for (int round = 0; round < 5_000; round++) {
                byte[] damaged = whole.clone();
                for (int change = random.nextInt(1, 4); change > 0; change--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
                try {
                    assertNotNull(XgboostModel.read(Arrays.copyOf(damaged, length)));
                } catch (IllegalArgumentException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 0, "nothing was refused");
    }

    /** Writes as the library does: lengths and integers of eight bytes, typed arrays with a count. */
    private static byte[] ubj(String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(new JsonMapper().readTree(json), new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void write(JsonNode node, DataOutputStream out) throws IOException {
        if (node.isObject()) {
            out.writeByte('{');
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                writeText(field.getKey(), out);
                write(field.getValue(), out);
            }
            out.writeByte('}');
        } else if (node.isArray()) {
            writeArray(node, out);
        } else if (node.isTextual()) {
            out.writeByte('S');
            writeText(node.asText(), out);
        } else {
            out.writeByte('L');
            out.writeLong(node.asLong());
        }
    }

    private static void writeArray(JsonNode array, DataOutputStream out) throws IOException {
        out.writeByte('[');
        boolean isFloat = array.get(0).isDouble();
        if (array.get(0).isNumber()) {
            out.writeBytes(isFloat ? "$d#L" : "$l#L");
            out.writeLong(array.size());
            for (JsonNode element : array) {
                if (isFloat) {
                    out.writeFloat(element.floatValue());
                } else {
                    out.writeInt(element.intValue());
                }
            }
            return;
        }
        for (JsonNode element : array) {
            write(element, out);
        }
        out.writeByte(']');
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('L');
        out.writeLong(bytes.length);
        out.write(bytes);
    }
}
