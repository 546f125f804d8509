package io.millrace.app.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code docs/configuration.md} from the {@link Key}s. */
public final class ConfigReference {
    private static final String INTRODUCTION = """
            # Configuration

            One YAML file, given with `--config FILE`. A key that is not there has its default; an unknown key or a value
            outside its limits is refused with a line that names it. `tools/millrace config` prints what is in force.

            This page is written from the code: `tools/millrace config --reference > docs/configuration.md`.
            """;

    private ConfigReference() {}

    /** Returns the page as Markdown. */
    public static String markdown() {
        return markdown(Config.class, INTRODUCTION);
    }

    /**
     * Returns a page for any record whose components have a {@link Key}.
     *
     * @param root the record.
     * @param introduction what the page begins with.
     */
    public static String markdown(Class<? extends Record> root, String introduction) {
        StringBuilder page = new StringBuilder(introduction);
        section(page, root, "", null);
        return page.toString();
    }

    private static void section(StringBuilder page, Class<?> section, String path, String about) {
        List<RecordComponent> leaves = new ArrayList<>();
        List<RecordComponent> sections = new ArrayList<>();
        for (RecordComponent component : section.getRecordComponents()) {
            boolean isSection = component.getType().isRecord() || ConfigCheck.elementRecord(component) != null;
            (isSection ? sections : leaves).add(component);
        }
        if (about != null) {
            page.append("\n## ").append(path).append("\n\n").append(about).append('\n');
        }
        if (!leaves.isEmpty()) {
            page.append("\n| key | default | unit | limits | meaning |\n|---|---|---|---|---|\n");
            for (RecordComponent leaf : leaves) {
                Key key = leaf.getAnnotation(Key.class);
                page.append("| `")
                        .append(path)
                        .append(path.isEmpty() ? "" : ".")
                        .append(leaf.getName());
                page.append("` | ").append(key.byDefault().isEmpty() ? "must be given" : "`" + key.byDefault() + "`");
                page.append(" | ").append(key.unit());
                page.append(" | ").append(limits(key, leaf.getType()));
                page.append(" | ").append(key.value()).append(" |\n");
            }
        }
        for (RecordComponent child : sections) {
            Class<?> element = ConfigCheck.elementRecord(child);
            String name = child.getName() + (element == null ? "" : "[]");
            section(
                    page,
                    element == null ? child.getType() : element,
                    path.isEmpty() ? name : path + "." + name,
                    child.getAnnotation(Key.class).value());
        }
    }

    private static String limits(Key key, Class<?> type) {
        List<String> limits = new ArrayList<>();
        if (key.min() != Long.MIN_VALUE || key.max() != Long.MAX_VALUE) {
            limits.add(key.min() + " to " + key.max());
        }
        if (key.powerOfTwo()) {
            limits.add("power of two");
        }
        if (key.multipleOf() != 1) {
            limits.add("multiple of " + key.multipleOf());
        }
        if (key.oneOf().length > 0) {
            limits.add((type == List.class ? "any of `" : "`") + String.join("`, `", key.oneOf()) + "`");
        }
        if (key.schemes().length > 0) {
            limits.add("`" + String.join("://`, `", key.schemes()) + "://`");
        }
        if (type == boolean.class) {
            limits.add("`true`, `false`");
        }
        return String.join("; ", limits);
    }
}
