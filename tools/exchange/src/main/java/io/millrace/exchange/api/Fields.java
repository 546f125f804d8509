package io.millrace.exchange.api;

import io.millrace.exchange.market.JsonWriter;

/** Writes one JSON object field by field. */
final class Fields {
    private final JsonWriter out;
    private char separator = '{';

    Fields(JsonWriter out) {
        this.out = out;
    }

    private JsonWriter name(String name) {
        out.raw(separator).raw('"').raw(name).raw("\":");
        separator = ',';
        return out;
    }

    Fields text(String name, String value) {
        name(name).quoted(value);
        return this;
    }

    Fields number(String name, long value) {
        name(name).number(value);
        return this;
    }

    /** Writes a number from its decimal text, or null from {@code "null"}. */
    Fields number(String name, String decimal) {
        name(name).raw(decimal);
        return this;
    }

    Fields flag(String name, boolean value) {
        name(name).raw(value ? "true" : "false");
        return this;
    }

    /** Writes a name; its value follows from elsewhere. */
    JsonWriter begin(String name) {
        return name(name);
    }

    void end() {
        if (separator == '{') {
            out.raw('{');
        }
        out.raw('}');
    }
}
