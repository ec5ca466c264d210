package probe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a primitive that blocks for a known time, because its peer acts with that delay. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Blocks {

    /** The expected kind of the report. Several kinds are separated by {@code /} if each of them is right. */
    String value();

    /** The shortest time for which it blocks. */
    long millis() default Late.MILLIS;

    /** The API that the report must name, or empty. */
    String api() default "";

    /** A text that the detail of the report must contain, or empty. */
    String detail() default "";

    /** The first JDK that has the primitive. */
    int from() default 17;
}
