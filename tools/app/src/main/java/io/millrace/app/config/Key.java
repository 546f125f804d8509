package io.millrace.app.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the configuration: what it means, its default and its limits. The loader checks values by it and the
 * reference in {@code docs/configuration.md} is written from it, so the three cannot differ.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** Returns what the key means, one or two sentences. */
    String value();

    /**
     * Returns the default as YAML; empty for a section, which has the defaults of its keys, for a list of sections, which has
     * none, and for a key of a listed section that must be given. {@code null} leaves a key open where its type allows it.
     */
    String byDefault() default "";

    /** Returns the unit, empty for none. */
    String unit() default "";

    /** Returns the smallest number allowed. */
    long min() default Long.MIN_VALUE;

    /** Returns the largest number allowed. */
    long max() default Long.MAX_VALUE;

    /** Returns whether the number must be a power of two. */
    boolean powerOfTwo() default false;

    /** Returns of what the number must be a multiple. */
    long multipleOf() default 1;

    /** Returns the texts allowed (of each element, for a list); empty for any. */
    String[] oneOf() default {};

    /** Returns whether a text may be empty, for "none". */
    boolean mayBeEmpty() default false;

    /** Returns schemes allowed in a URI; empty for any. */
    String[] schemes() default {};

    /** Returns what to do about a value outside the limits, beyond naming them; empty for nothing to add. */
    String cure() default "";
}
