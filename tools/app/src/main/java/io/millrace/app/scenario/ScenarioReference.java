package io.millrace.app.scenario;

import io.millrace.app.config.ConfigReference;

/** Writes {@code docs/scenario-reference.md} from the keys. */
public final class ScenarioReference {
    private static final String INTRODUCTION = """
            # Scenario files

            A YAML file that describes a simulated exchange: `tools/millrace exchange --scenario FILE` runs it ([the guide](\
            exchange-for-other-bots.md)), `Scenario.load(file).open()` opens it in process in virtual time. A key that is not there
            has its default; an unknown key or a value outside its limits is refused with a line that names it. `name[]` is a list
            of sections. Where the default is `null` the market's own rule stays.

            This page is written from the code: `tools/millrace exchange --reference > docs/scenario-reference.md`.
            """;

    private ScenarioReference() {}

    /** Returns the page as Markdown. */
    public static String markdown() {
        return ConfigReference.markdown(ScenarioKeys.class, INTRODUCTION);
    }
}
