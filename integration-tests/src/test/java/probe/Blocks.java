package probe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A primitive that blocks for a known time, because something that it waits for comes that late. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Blocks {

    /** The expected kind of the report; several, separated by {@code /}, where more than one names it well. */
    String value();

    /** How long it blocks at least. */
    long millis() default Late.MILLIS;

    /** The api that the report must name, or empty. */
    String api() default "";

    /** A text that the detail of the report must contain, or empty. */
    String detail() default "";

    /** The first JDK that has it. */
    int from() default 17;
}
