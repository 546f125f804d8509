package io.millrace.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.app.config.Config;
import io.millrace.app.config.ConfigLoader;

/** Options that stand for keys of the configuration: put in their place and checked like them. */
final class Overrides {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode tree;

    private Overrides(ObjectNode tree) {
        this.tree = tree;
    }

    static Overrides on(Config config) {
        return new Overrides(YAML.valueToTree(config));
    }

    /**
     * Sets a key.
     *
     * @param path of the key, with dots.
     * @param value null to leave it.
     */
    Overrides set(String path, Object value) {
        if (value != null) {
            int dot = path.lastIndexOf('.');
            ObjectNode section = tree;
            for (String name : path.substring(0, dot).split("\\.", -1)) {
                section = (ObjectNode) section.get(name);
            }
            section.set(path.substring(dot + 1), YAML.valueToTree(value));
        }
        return this;
    }

    /** Returns the configuration; a value outside its limits is refused as in a file. */
    Config config() {
        return ConfigLoader.parse(tree.toString(), "command line");
    }
}
