package io.millrace.exchange.marketdata;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.venue.SymbolSpec;

/** What the answers' rows have in common: fields as the venue writes them, prices and quantities as texts. */
final class Rows {
    private static final int E8 = 8;

    private Rows() {}

    /** Writes a field name with what belongs before and behind it; the comma unless it is the object's first. */
    private static void name(JsonWriter out, String name) {
        if (out.bytes()[out.length() - 1] != '{') {
            out.raw(',');
        }
        out.raw('"').raw(name).raw("\":");
    }

    static void text(JsonWriter out, String name, String value) {
        name(out, name);
        out.raw('"').raw(JsonWriter.ascii(value)).raw('"');
    }

    static void number(JsonWriter out, String name, long value) {
        name(out, name);
        out.number(value);
    }

    static void flag(JsonWriter out, String name, boolean value) {
        name(out, name);
        out.raw(value ? "true" : "false");
    }

    static void e8(JsonWriter out, String name, long valueE8) {
        decimal(out, name, valueE8, E8);
    }

    static void decimal(JsonWriter out, String name, long unscaled, int decimals) {
        name(out, name);
        out.raw('"').decimal(unscaled, decimals).raw('"');
    }

    static void price(JsonWriter out, String name, SymbolSpec spec, long ticks) {
        decimal(out, name, ticks * spec.priceFactor(), spec.priceDecimals());
    }

    static void qty(JsonWriter out, String name, SymbolSpec spec, long lots) {
        decimal(out, name, lots * spec.qtyFactor(), spec.qtyDecimals());
    }

    static void turnover(JsonWriter out, String name, SymbolSpec spec, long units) {
        decimal(out, name, units * spec.priceFactor() * spec.qtyFactor(), spec.priceDecimals() + spec.qtyDecimals());
    }

    /** Writes a comma unless this is the first of an array's elements. */
    static void next(JsonWriter out) {
        if (out.bytes()[out.length() - 1] != '[') {
            out.raw(',');
        }
    }
}
