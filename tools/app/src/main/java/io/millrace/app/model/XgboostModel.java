package io.millrace.app.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.engine.model.Link;
import io.millrace.engine.model.TreeEnsemble;
import io.millrace.engine.model.TreeEnsembleBuilder;
import java.io.IOException;

/**
 * Reads the model files of XGBoost 3, JSON or UBJSON: tree boosters with one output. Everything is checked; a file that is damaged, or holds what
 * is not supported, is refused.
 */
public final class XgboostModel {
    /** Bytes of a file at most. */
    public static final int BYTES_MAX = 64 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode learner;
    private final Link link;

    private XgboostModel(JsonNode learner) {
        this.learner = learner;
        this.link = linkOf(text(at(learner, "objective"), "name"));
    }

    /**
     * Reads a model.
     *
     * @param file all of its bytes.
     * @return the ensemble; its features are the model's, in the model's order.
     * @throws IllegalArgumentException if the file is refused: says the value, the limit, and what to do.
     */
    public static TreeEnsemble read(byte[] file) {
        if (file.length > BYTES_MAX) {
            throw new IllegalArgumentException("model file of " + file.length + " bytes, at most " + BYTES_MAX
                    + " are read: train a smaller model");
        }
        if (file.length < 2 || file[0] != '{') {
            throw new IllegalArgumentException("model file of " + file.length
                    + " bytes is neither JSON nor UBJSON: save it with save_model(\"name.json\") or (\"name.ubj\")");
        }
        JsonNode root = isText(file[1]) ? parse(file) : UbjReader.read(file);
        return new XgboostModel(at(root, "learner")).ensemble();
    }

    /** The first key of UBJSON begins with the type of its length, that of JSON with a quote. */
    private static boolean isText(byte second) {
        return second == '"' || second == ' ' || second == '\n' || second == '\r' || second == '\t';
    }

    private static JsonNode parse(byte[] file) {
        try {
            return JSON.readTree(file);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "model file is no JSON: " + e.getOriginalMessage() + ", save the model anew", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("model file is no JSON: " + e.getMessage() + ", save the model anew", e);
        }
    }

    private TreeEnsemble ensemble() {
        JsonNode booster = at(learner, "gradient_booster");
        require("booster", text(booster, "name"), "gbtree");
        JsonNode parameters = at(learner, "learner_model_param");
        int outputs = Math.max(
                integer(parameters, "num_class"), parameters.has("num_target") ? integer(parameters, "num_target") : 1);
        if (outputs > 1) {
            throw refused("has " + outputs + " outputs, 1 is supported: train one model for each");
        }
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(
                integer(parameters, "num_feature"), baseMargin(text(parameters, "base_score")), link);
        JsonNode trees = array(at(booster, "model"), "trees");
        for (int i = 0; i < trees.size(); i++) {
            addTree(builder, trees.get(i));
        }
        return builder.build();
    }

    private static void addTree(TreeEnsembleBuilder builder, JsonNode tree) {
        JsonNode types = tree.path("split_type");
        for (int i = 0; i < types.size(); i++) {
            require("split type", Integer.toString(types.get(i).asInt()), "0");
        }
        builder.addTree(
                integers(tree, "left_children"),
                integers(tree, "right_children"),
                integers(tree, "split_indices"),
                floats(tree, "split_conditions"),
                booleans(tree, "default_left"));
    }

    private static Link linkOf(String objective) {
        return switch (objective) {
            case "reg:squarederror", "reg:absoluteerror", "reg:pseudohubererror", "binary:logitraw" -> Link.IDENTITY;
            case "reg:logistic", "binary:logistic" -> Link.LOGISTIC;
            case "count:poisson", "reg:gamma", "reg:tweedie" -> Link.EXPONENTIAL;
            default ->
                throw refused("has the objective " + objective
                        + "; supported are reg:squarederror, reg:absoluteerror, reg:pseudohubererror, reg:logistic,"
                        + " reg:gamma, reg:tweedie, binary:logistic, binary:logitraw and count:poisson: train it with"
                        + " one of them");
        };
    }

    /** The file holds the base in units of the score; "5E-1" up to XGBoost 3.0, "[5E-1]" later. */
    private float baseMargin(String text) {
        String number = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        float base;
        try {
            base = Float.parseFloat(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "model file has the base_score " + text + ", one number is expected: save the model anew", e);
        }
        return switch (link) {
            case IDENTITY -> base;
            case LOGISTIC -> (float) -StrictMath.log(1.0f / base - 1.0f);
            case EXPONENTIAL -> (float) StrictMath.log(base);
        };
    }

    private static int[] integers(JsonNode parent, String name) {
        JsonNode array = array(parent, name);
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                throw refused("has " + brief(value) + " in " + name + ", an integer is expected: save the model anew");
            }
            values[i] = value.intValue();
        }
        return values;
    }

    private static float[] floats(JsonNode parent, String name) {
        JsonNode array = array(parent, name);
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isNumber()) {
                throw refused("has " + brief(value) + " in " + name + ", a number is expected: save the model anew");
            }
            values[i] = value.floatValue();
        }
        return values;
    }

    private static boolean[] booleans(JsonNode parent, String name) {
        JsonNode array = array(parent, name);
        boolean[] values = new boolean[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.get(i);
            if (!value.isBoolean() && !value.isIntegralNumber()) {
                throw refused("has " + brief(value) + " in " + name + ", 0 or 1 is expected: save the model anew");
            }
            values[i] = value.asBoolean();
        }
        return values;
    }

    private static JsonNode array(JsonNode parent, String name) {
        JsonNode array = at(parent, name);
        if (!array.isArray()) {
            throw refused("has " + brief(array) + " as " + name + ", a list is expected: save the model anew");
        }
        return array;
    }

    private static int integer(JsonNode parent, String name) {
        String text = text(parent, name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "model file has " + text + " as " + name + ", an integer is expected: save the model anew", e);
        }
    }

    private static String text(JsonNode parent, String name) {
        JsonNode value = at(parent, name);
        if (value.isContainerNode()) {
            throw refused("has " + brief(value) + " as " + name + ", one value is expected: save the model anew");
        }
        return value.asText();
    }

    private static JsonNode at(JsonNode parent, String name) {
        JsonNode value = parent.get(name);
        if (value == null) {
            throw refused("has no " + name + ": save it with save_model of XGBoost 3");
        }
        return value;
    }

    private static void require(String what, String value, String supported) {
        if (!value.equals(supported)) {
            throw refused("has the " + what + " " + value + ", supported is " + supported + ": train it with that");
        }
    }

    private static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("model file " + what);
    }
}
