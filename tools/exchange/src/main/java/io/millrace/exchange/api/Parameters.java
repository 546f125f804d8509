package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a request, decoded, in the order sent, with getters that fail as the venue fails.
 *
 * <p>Query and body are both read; a name in both keeps the query's value, a name twice in one of them is an error.
 */
public final class Parameters {
    private static final Pattern DECIMAL = Pattern.compile("^([0-9]{1,20})(\\.[0-9]{1,20})?$");
    private static final Pattern INTEGER = Pattern.compile("^[0-9]{1,20}$");
    private static final int LONGEST_LONG = 18;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads query and form.
     *
     * @param query percent-encoded, without question mark.
     * @param body a form, percent-encoded.
     * @throws VenueException -1101 if a name is sent twice, -1100 if an encoding is broken.
     */
    public static Parameters parse(String query, String body) throws VenueException {
        Map<String, String> values = decode(query);
        Map<String, String> form = decode(body);
        form.forEach(values::putIfAbsent);
        return new Parameters(values);
    }

    /**
     * Returns parameters that are already decoded.
     *
     * @param values by name; null values count as not sent.
     */
    public static Parameters of(Map<String, String> values) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.values().removeIf(value -> value == null);
        return new Parameters(copy);
    }

    private static Map<String, String> decode(String form) throws VenueException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decodeText(equals < 0 ? pair : pair.substring(0, equals), "name");
            String value = equals < 0 ? "" : decodeText(pair.substring(equals + 1), name);
            if (values.putIfAbsent(name, value) != null) {
                throw ApiErrors.duplicateParameter(name);
            }
        }
        return values;
    }

    private static String decodeText(String text, String name) throws VenueException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiErrors.illegalCharacters(name, "percent-encoded UTF-8");
        }
    }

    /** Returns the names sent, in order. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Returns names and values, in order. */
    Map<String, String> values() {
        return values;
    }

    /**
     * Says whether a parameter was sent.
     *
     * @param name of the parameter.
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * Returns a parameter, or null if it was not sent.
     *
     * @param name of the parameter.
     * @throws VenueException -1105 if it was sent empty.
     */
    public String text(String name) throws VenueException {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw ApiErrors.emptyParameter(name);
        }
        return value;
    }

    /**
     * Returns a parameter that has to be there.
     *
     * @param name of the parameter.
     * @throws VenueException -1102 if it was not sent or is empty.
     */
    public String mandatory(String name) throws VenueException {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw ApiErrors.mandatory(name);
        }
        return value;
    }

    /**
     * Returns a decimal as it was sent, or null.
     *
     * @param name of the parameter.
     * @throws VenueException -1100 if it is not a decimal without sign.
     */
    public String decimal(String name) throws VenueException {
        String value = text(name);
        if (value != null && !DECIMAL.matcher(value).matches()) {
            throw ApiErrors.illegalCharacters(name, DECIMAL.pattern());
        }
        return value;
    }

    /**
     * Returns an integer, or a default if it was not sent.
     *
     * @param name of the parameter.
     * @param otherwise the default.
     * @throws VenueException -1100 if it is not digits only, or too many.
     */
    public long integer(String name, long otherwise) throws VenueException {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        if (!INTEGER.matcher(value).matches() || value.length() > LONGEST_LONG + 1) {
            throw ApiErrors.illegalCharacters(name, INTEGER.pattern());
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiErrors.illegalCharacters(name, INTEGER.pattern());
        }
    }

    /**
     * Returns an integer that has to be there.
     *
     * @param name of the parameter.
     * @throws VenueException -1102 if it was not sent, -1100 if it is no integer.
     */
    public long mandatoryInteger(String name) throws VenueException {
        mandatory(name);
        return integer(name, 0);
    }

    /**
     * Returns an integer within bounds, or a default if it was not sent.
     *
     * @param name of the parameter.
     * @param otherwise the default.
     * @param least lower bound.
     * @param most upper bound.
     * @throws VenueException -1130 if it is out of bounds, -1100 if it is no integer.
     */
    public long bounded(String name, long otherwise, long least, long most) throws VenueException {
        long value = integer(name, otherwise);
        if (value < least || value > most) {
            throw ApiErrors.invalidData(name);
        }
        return value;
    }

    /**
     * Returns a boolean, or a default if it was not sent.
     *
     * @param name of the parameter.
     * @param otherwise the default.
     * @throws VenueException -1130 if it is neither true nor false.
     */
    public boolean flag(String name, boolean otherwise) throws VenueException {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value) {
            case "true", "TRUE", "True" -> true;
            case "false", "FALSE", "False" -> false;
            default -> throw ApiErrors.invalidData(name);
        };
    }

    /**
     * Returns a boolean that has to be there.
     *
     * @param name of the parameter.
     * @throws VenueException -1102 if it was not sent, -1130 if it is neither true nor false.
     */
    public boolean mandatoryFlag(String name) throws VenueException {
        mandatory(name);
        return flag(name, false);
    }

    /** How a value that is none of an enumeration's is refused. */
    @FunctionalInterface
    public interface Refusal {
        /** Returns the venue's error. */
        VenueException get();
    }

    /**
     * Returns a constant by its name, or a default if it was not sent.
     *
     * @param name of the parameter.
     * @param type the enumeration.
     * @param otherwise the default.
     * @param refusal thrown for a value that is no constant's name.
     * @throws VenueException the refusal.
     */
    public <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise, Refusal refusal)
            throws VenueException {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw refusal.get();
    }
}
