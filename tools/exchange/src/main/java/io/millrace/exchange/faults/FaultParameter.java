package io.millrace.exchange.faults;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A parameter that a kind of fault has beside its target and timing.
 *
 * @param name as scripts write it.
 * @param type of its value.
 * @param usual value where none is given.
 * @param least smallest number, for types that are numbers.
 * @param most largest number, for types that are numbers.
 * @param choices words that a {@link Type#WORD} may be, empty for any.
 * @param meaning one line for the manual.
 */
public record FaultParameter(
        String name, Type type, String usual, double least, double most, List<String> choices, String meaning) {
    private static final double NO_LIMIT = Long.MAX_VALUE;

    /** What a value may be. */
    public enum Type {
        /** A duration, {@code 250}, {@code 250ms}, {@code 2s}, {@code 5m} or {@code 1h}; kept in milliseconds. */
        DURATION,
        /** A whole number. */
        INTEGER,
        /** A decimal number. */
        DECIMAL,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A word, or any text. */
        WORD
    }

    /** Copies the choices. */
    public FaultParameter {
        choices = List.copyOf(choices);
    }

    static FaultParameter duration(String name, String usual, String meaning) {
        return new FaultParameter(name, Type.DURATION, usual, 0, NO_LIMIT, List.of(), meaning);
    }

    static FaultParameter integer(String name, long usual, long least, long most, String meaning) {
        return new FaultParameter(name, Type.INTEGER, String.valueOf(usual), least, most, List.of(), meaning);
    }

    static FaultParameter decimal(String name, String usual, double least, double most, String meaning) {
        return new FaultParameter(name, Type.DECIMAL, usual, least, most, List.of(), meaning);
    }

    static FaultParameter flag(String name, String meaning) {
        return new FaultParameter(name, Type.FLAG, "false", 0, 0, List.of(), meaning);
    }

    static FaultParameter word(String name, String usual, String meaning, String... choices) {
        return new FaultParameter(name, Type.WORD, usual, 0, 0, List.of(choices), meaning);
    }

    /**
     * Returns a value as faults keep it: durations in milliseconds, words among the choices as those are written.
     *
     * @param kind whose parameter it is, for the message.
     * @param value as given.
     * @throws IllegalArgumentException if it is none of the type or out of range.
     */
    String checked(FaultKind kind, String value) {
        return switch (type) {
            case DURATION -> ranged(kind, String.valueOf(durationMs(name, value)));
            case INTEGER, DECIMAL -> ranged(kind, value);
            case FLAG -> oneOf(kind, value, List.of("true", "false"));
            case WORD -> choices.isEmpty() ? value : oneOf(kind, value, choices);
        };
    }

    private String ranged(FaultKind kind, String value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
            if (type == Type.INTEGER) {
                number.longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "fault " + kind + " with " + name + "=" + value + ": write "
                            + (type == Type.INTEGER ? "a whole number" : "a number"),
                    e);
        }
        if (number.doubleValue() < least || number.doubleValue() > most) {
            throw new IllegalArgumentException("fault " + kind + " with " + name + "=" + value + " is outside "
                    + plain(least) + " to " + plain(most));
        }
        return number.toPlainString();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private String oneOf(FaultKind kind, String value, List<String> words) {
        return words.stream()
                .filter(word -> word.equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "fault " + kind + " with " + name + "=" + value + ": choose one of " + words));
    }

    /**
     * Reads a duration.
     *
     * @param name of what is read, for the message.
     * @param text a number of milliseconds, or a number with {@code ms}, {@code s}, {@code m} or {@code h}.
     * @return milliseconds, 0 or more.
     * @throws IllegalArgumentException if it is none.
     */
    public static long durationMs(String name, String text) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < trimmed.length()
                && (Character.isDigit(trimmed.charAt(digits)) || trimmed.charAt(digits) == '.')) {
            digits++;
        }
        long unitMs = switch (trimmed.substring(digits).trim()) {
            case "", "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 0;
        };
        try {
            if (unitMs > 0) {
                return new BigDecimal(trimmed.substring(0, digits))
                        .multiply(BigDecimal.valueOf(unitMs))
                        .longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(notADuration(name, text), e);
        }
        throw new IllegalArgumentException(notADuration(name, text));
    }

    private static String notADuration(String name, String text) {
        return name + "=" + text + " is no duration, write whole milliseconds as 250, 250ms, 2s, 5m or 1h";
    }
}
